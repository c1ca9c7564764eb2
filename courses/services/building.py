"""What a builder changes of a path, all at once."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from courses.draft import Draft, Item, draft_of
from courses.models import CoursePath, PathLesson, PathPage
from people.models import User
from people.services import record_audit


class ChangedMeanwhile(Exception):
    """Somebody else saved this path (or page) after who saves now opened it; nothing was written."""


@transaction.atomic
def save_draft(*, path: CoursePath, draft: Draft, version: int, actor: User) -> CoursePath:
    """Make a path what this draft says, if it still is the version that the draft began with.

    A draft that says what stands there already changes nothing, whatever its version: the same form may come twice.
    The caller made sure that the actor may change it and that the draft fits. Raises ChangedMeanwhile.
    """
    path = CoursePath.objects.select_for_update().get(pk=path.pk)
    before = draft_of(path)
    if draft == before:
        return path
    if path.version != version:
        raise ChangedMeanwhile
    if draft.title != path.title:
        path.title, path.title_makkelijk = draft.title, ""  # the easier title said the old one
    path.intro, path.intro_makkelijk, path.pace = draft.intro, draft.intro_makkelijk, draft.pace
    _write_items(path, draft)
    return touch(path, actor)


def touch(path: CoursePath, actor: User) -> CoursePath:
    """Say that it changed, and by whom. Part of a transaction that holds the row."""
    path.version += 1
    path.changed_by, path.changed_at = actor, timezone.now()
    path.save()
    return path


def _write_items(path: CoursePath, draft: Draft) -> None:
    lessons = {lesson.key: lesson for lesson in path.lessons.all()}
    pages = {page.key: page for page in path.pages.all()}
    path.lessons.all().delete()
    path.pages.update(place=None)
    on_it = list[PathLesson]()
    for place, item in enumerate(draft.items, 1):
        old = lessons.get(item.key) or pages.get(item.key)
        easier = old.note_makkelijk if old and old.note == item.note else ""
        if item.lesson:
            on_it.append(PathLesson(path=path, place=place, module=item.lesson, **_said(item), note_makkelijk=easier))
        else:
            PathPage.objects.filter(pk=UUID(item.page), path=path).update(
                place=place, taken_off_at=None, **_said(item), note_makkelijk=easier
            )
    PathLesson.objects.bulk_create(on_it)
    path.pages.filter(place=None, taken_off_at=None).update(taken_off_at=timezone.now())


def _said(item: Item) -> dict[str, object]:
    return {"required": item.required, "week": item.week, "on": item.on, "note": item.note}


def audit(path: CoursePath, actor: User, action: str) -> None:
    """A line in the audit trail about a path."""
    record_audit(
        actor=actor,
        action=action,
        subject=f"path {path.pk}",
        organisation=path.organisation_id,
        lessons=path.lessons.count(),
    )
