"""Which edition of all lessons this is: a name that changes with everything a lesson's page shows.

A page that was made once can be given again while this name stands. Why: docs/decisions/0051-a-lesson-made-once.md.
"""

import uuid
from typing import Any

from django.db import models
from django.db.models import QuerySet, Subquery
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


def edition_name() -> Subquery:
    """The name of the edition, as a column of another query; None before anything was ever saved."""
    found: QuerySet[LessonsEdition, Any] = LessonsEdition.objects.filter(pk=1).values("name")
    return Subquery(found)


def _changed(raw: bool = False, **_: Any) -> None:
    if not raw:
        renew_edition()


def connect(lesson: type[models.Model]) -> None:
    """Every model of which a lesson's page shows a row, the lesson itself included."""
    for model in (lesson, Fact, GlossaryTerm, WordForm, Picture, Rendition, H5PPackage, H5PVersion):
        for signal in (post_save, post_delete):
            signal.connect(_changed, sender=model, dispatch_uid=f"modules.edition.{model.__name__}.{id(signal)}")
