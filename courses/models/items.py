import uuid
from datetime import date, timedelta

from django.db import models
from django.utils.formats import date_format

from courses.models.path import CoursePath, Pace
from courses.models.upload import PathFile


class PathItem(models.Model):
    """What lessons and own pages of a path have alike. `week` counts from the begin of the path."""

    required = models.BooleanField("hoort erbij", default=True)
    week = models.PositiveSmallIntegerField("week", null=True, blank=True)
    on = models.DateField("datum", null=True, blank=True)
    note = models.TextField("bij deze les", blank=True)
    note_makkelijk = models.TextField("bij deze les Makkelijk", blank=True)

    class Meta:
        abstract = True

    @property
    def note_twin(self) -> dict[str, str]:
        """What is said beside it, in both variants; empty for nothing."""
        return {"standaard": self.note, "makkelijk": self.note_makkelijk}

    def day(self, pace: str, starts_on: date | None) -> date | None:
        """The day from which it is on, for who began with week 1 on `starts_on`; None where that is not known."""
        if pace == Pace.DATES:
            return self.on
        if pace == Pace.WEEKS and self.week and starts_on:
            return starts_on + timedelta(weeks=self.week - 1)
        return None

    def when(self, pace: str, starts_on: date | None = None) -> str:
        """Its time in words: 'Week 3', 'Week 3, vanaf 12 februari', 'Dinsdag 3 februari'; '' for none."""
        day = self.day(pace, starts_on)
        if pace == Pace.WEEKS and self.week:
            return f"Week {self.week}" + (f", vanaf {date_format(day, 'j F')}" if day else "")
        return str(date_format(day, "l j F")).capitalize() if day else ""


class PathLesson(PathItem):
    """One lesson of a path, by its code: it may be one that is planned and not there yet."""

    path = models.ForeignKey(CoursePath, models.CASCADE, related_name="lessons")
    place = models.PositiveSmallIntegerField("plek")
    module = models.CharField("les", max_length=40)

    class Meta:
        ordering = ["path", "place"]
        constraints = [
            models.UniqueConstraint(fields=["path", "module"], name="one_lesson_per_path"),
            models.UniqueConstraint(fields=["path", "place"], name="one_lesson_per_place"),
        ]
        verbose_name = "les in een route"
        verbose_name_plural = "lessen in een route"

    def __str__(self) -> str:
        return f"{self.place} {self.module}"

    @property
    def key(self) -> str:
        """What it is called in the form of the builder."""
        return f"les:{self.module}"


class PathPage(PathItem):
    """A short page or task of a teacher between the lessons. Its id was made before it was written, so that the same
    form sent twice makes one.

    `place` is empty once it was taken off the path: for a while it can come back, so that a colleague who was writing
    it loses nothing. What stands in it is plain text.
    """

    class Kind(models.TextChoices):
        PAGE = "page", "Blad om te lezen"
        TASK = "task", "Opdracht"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    path = models.ForeignKey(CoursePath, models.CASCADE, related_name="pages")
    place = models.PositiveSmallIntegerField("plek", null=True)
    kind = models.CharField("soort", max_length=4, choices=Kind, default=Kind.PAGE)
    title = models.CharField("titel", max_length=80)
    text = models.TextField("tekst", blank=True)
    text_makkelijk = models.TextField("tekst Makkelijk", blank=True)
    link = models.URLField("link", max_length=400, blank=True)
    minutes = models.PositiveSmallIntegerField("minuten", default=5)
    file = models.ForeignKey(PathFile, models.RESTRICT, null=True, blank=True, related_name="pages")
    version = models.PositiveIntegerField(default=1)
    taken_off_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["path", "place"]
        constraints = [models.UniqueConstraint(fields=["path", "place"], name="one_page_per_place")]
        verbose_name = "eigen blad"
        verbose_name_plural = "eigen bladen"

    def __str__(self) -> str:
        return self.title

    @property
    def key(self) -> str:
        return f"blad:{self.pk}"

    @property
    def text_twin(self) -> dict[str, str]:
        """What stands in it, in both variants."""
        return {"standaard": self.text, "makkelijk": self.text_makkelijk or self.text}

    @property
    def pictogram(self) -> str:
        return "hand" if self.kind == self.Kind.TASK else "doc"
