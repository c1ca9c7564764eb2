"""The life of a path of an organisation: begun, copied, shared, put away."""

from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from courses.models import CoursePath, PathLesson, PathPage, Sharing
from courses.services.building import audit
from modules.choices import Level
from people.models import Organisation, User

TAIL = 12  # so that the address of a path cannot be guessed, and never means another one


@transaction.atomic
def start_path(
    *,
    organisation: Organisation,
    title: str,
    actor: User,
    origin: CoursePath | None = None,
    key: UUID | None = None,
) -> CoursePath:
    """A new path of this organisation: a copy of `origin` with everything on it, or an empty one.

    `key` was made with the form, so that the same form sent twice makes one. The caller made sure that the actor may
    build here, and may see the origin.
    """
    slug = _slug(title, key or uuid4())
    if made := CoursePath.objects.filter(organisation=organisation, slug=slug, made_by=actor).first():
        return made
    path = CoursePath(
        organisation=organisation,
        origin=origin,
        slug=slug,
        title=title,
        made_by=actor,
        changed_by=actor,
        changed_at=timezone.now(),
    )
    if origin is None:
        path.levels = [Level.WORKERS.value] if organisation.kind == Organisation.Kind.EMPLOYER else []
        path.pictogram = "route"
    else:
        for name in ("intro", "intro_makkelijk", "trade", "levels", "pictogram", "easy_first", "pace"):
            setattr(path, name, getattr(origin, name))
        if title == origin.title:
            path.title_makkelijk = origin.title_makkelijk
    path.save()
    if origin is not None:
        _copy_items(origin, path)
    audit(path, actor, "start_path")
    return path


def copy_path(*, path: CoursePath, organisation: Organisation, actor: User, key: UUID | None = None) -> CoursePath:
    """The same once more, of who copies and shared with nobody."""
    ending = " (kopie)"
    title = path.title.removesuffix(ending)[: 120 - len(ending)]
    return start_path(organisation=organisation, title=title + ending, actor=actor, origin=path, key=key)


def _copy_items(source: CoursePath, path: CoursePath) -> None:
    lessons = list(source.lessons.all())
    for lesson in lessons:
        lesson.pk, lesson.path = None, path
    PathLesson.objects.bulk_create(lessons)
    same = source.organisation_id == path.organisation_id
    for page in source.pages.exclude(place=None):
        copy = PathPage(path=path)
        for name in ("place", "kind", "title", "text", "text_makkelijk", "link", "minutes", "note", "note_makkelijk"):
            setattr(copy, name, getattr(page, name))
        copy.required, copy.week, copy.on = page.required, page.week, page.on
        copy.file = page.file if same else None  # a file belongs to one organisation
        copy.save(force_insert=True)


def _slug(title: str, key: UUID) -> str:
    return f"{slugify(title)[:40].strip('-') or 'route'}-{key.hex[-TAIL:]}"


@transaction.atomic
def share_path(*, path: CoursePath, sharing: Sharing, actor: User) -> CoursePath:
    """Say what colleagues may do with it. The caller made sure that it is the actor's to say."""
    if CoursePath.objects.filter(pk=path.pk).exclude(sharing=sharing).update(sharing=sharing):
        path.sharing = sharing
        audit(path, actor, f"share_path_{sharing.value}")
    return path


@transaction.atomic
def archive_path(*, path: CoursePath, archived: bool, actor: User) -> CoursePath:
    """Put it away, or take it back. Who follows it keeps it, and nothing of it is lost."""
    if CoursePath.objects.filter(pk=path.pk, archived=not archived).update(archived=archived):
        path.archived = archived
        audit(path, actor, "archive_path" if archived else "take_back_path")
    return path
