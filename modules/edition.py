"""Which edition of all lessons this is: a name that changes with everything a lesson's page shows.

A page that was made once can be given again while this name stands. Why: docs/decisions/0051-a-lesson-made-once.md.
"""

import uuid
from typing import Any

from django.db import connection, models
from django.db.models.signals import post_delete, post_save

from language.models import Fact, GlossaryTerm, WordForm
from media.models import H5PPackage, H5PVersion, Picture, Rendition


class LessonsEdition(models.Model):
    """One row. The name is random and not a number, so that no name comes back, not even from a restored database."""

    name = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        verbose_name = "uitgave van alle lessen"
        verbose_name_plural = "uitgave van alle lessen"

    def __str__(self) -> str:
        return str(self.name)


def renew_edition() -> None:
    """From now on every lesson is made anew. For what changes rows of a lesson without their `save` or `delete`."""
    name = uuid.uuid4()
    if not LessonsEdition.objects.filter(pk=1).update(name=name):
        LessonsEdition.objects.bulk_create([LessonsEdition(pk=1, name=name)], ignore_conflicts=True)


# By hand: it is asked at every visit, and to build it anew would cost more than all the rest of a visit.
_LIVE = """
    SELECT lesson.page_ptr_id, page.live_revision_id, (SELECT name FROM modules_lessonsedition WHERE id = 1)
    FROM wagtailcore_page page JOIN modules_modulepage lesson ON lesson.page_ptr_id = page.id
    WHERE page.live AND page.slug = %s ORDER BY page.path LIMIT 1
"""


def live_lesson(slug: str) -> tuple[int, int | None, uuid.UUID] | None:
    """The lesson that is live at this address, its revision and the edition; None where there is none. One query."""
    with connection.cursor() as cursor:
        row = cursor.execute(_LIVE, [slug]).fetchone()
    if row is None:
        return None
    lesson, revision, edition = row
    if edition is None:  # nothing was ever saved
        renew_edition()
        return live_lesson(slug)
    return lesson, revision, edition if isinstance(edition, uuid.UUID) else uuid.UUID(edition)  # SQLite has no UUID


def _changed(raw: bool = False, **_: Any) -> None:
    if not raw:
        renew_edition()


def connect(lesson: type[models.Model]) -> None:
    """Every model of which a lesson's page shows a row, the lesson itself included."""
    for model in (lesson, Fact, GlossaryTerm, WordForm, Picture, Rendition, H5PPackage, H5PVersion):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"modules.edition.{model.__name__}.{id(signal)}")
