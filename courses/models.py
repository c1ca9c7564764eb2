from typing import Any

from django.db import models
from django.db.models import Q

from modules.choices import Level, Trade
from modules.fields import ChoicesField
from people.models import Organisation


class Group(models.TextChoices):
    """For whom a path is: how the list of routes is divided."""

    TRADE = "vak", "Voor jouw vak"
    SCHOOL = "mbo", "Voor het mbo"
    LEADS = "leiding", "Voor leidinggevenden"
    OWNERS = "bedrijf", "Voor ondernemers"
    ALL = "iedereen", "Voor iedereen"


class CoursePath(models.Model):
    """Lessons in an order (on screen: een route).

    Without an organisation it is ready for everybody, and what its file says (docs/reference/curriculum-files.md).
    With one it is that organisation's own; `origin` is then the path it was copied from.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="paths")
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    slug = models.SlugField(max_length=64)
    title = models.CharField("titel", max_length=120)
    title_makkelijk = models.CharField("titel Makkelijk", max_length=120)
    intro = models.TextField("inleiding")
    intro_makkelijk = models.TextField("inleiding Makkelijk")
    trade = models.CharField("vak", max_length=20, choices=Trade, blank=True)
    levels: Any = ChoicesField(verbose_name="voor wie", options=Level)
    pictogram = models.CharField("pictogram", max_length=20, default="book")
    easy_first = models.BooleanField("eerst Makkelijk", default=False)
    archived = models.BooleanField("niet meer aangeboden", default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slug"], condition=Q(organisation=None), name="one_ready_path_per_slug"),
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_path_per_organisation_and_slug"),
        ]
        verbose_name = "route"
        verbose_name_plural = "routes"

    def __str__(self) -> str:
        return self.title

    @property
    def title_twin(self) -> dict[str, str]:
        """The title in both variants."""
        return {"standaard": self.title, "makkelijk": self.title_makkelijk}

    @property
    def intro_twin(self) -> dict[str, str]:
        """What the path is about, in both variants."""
        return {"standaard": self.intro, "makkelijk": self.intro_makkelijk}

    @property
    def group(self) -> Group:
        """Where it stands in the list."""
        if self.trade:
            return Group.TRADE
        if Level.OWNERS in self.levels:
            return Group.OWNERS
        if Level.WORKERS in self.levels:
            return Group.ALL
        return Group.LEADS if Level.LEADS in self.levels else Group.SCHOOL

    @property
    def codes(self) -> list[str]:
        """The codes of all its lessons, in order."""
        return [lesson.module for lesson in self.lessons.all()]

    @property
    def required_codes(self) -> list[str]:
        """The codes of the lessons that belong to it, without the extra ones."""
        return [lesson.module for lesson in self.lessons.all() if lesson.required]


class PathLesson(models.Model):
    """One lesson of a path, by its code: it may be one that is planned and not there yet."""

    path = models.ForeignKey(CoursePath, models.CASCADE, related_name="lessons")
    place = models.PositiveSmallIntegerField("plek")
    module = models.CharField("les", max_length=40)
    required = models.BooleanField("hoort erbij", default=True)
    note = models.TextField("bij deze les", blank=True)
    note_makkelijk = models.TextField("bij deze les Makkelijk", blank=True)

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
    def note_twin(self) -> dict[str, str]:
        """What is said beside the lesson, in both variants; empty for nothing."""
        return {"standaard": self.note, "makkelijk": self.note_makkelijk}
