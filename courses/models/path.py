from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from modules.choices import Level, Trade
from modules.fields import ChoicesField
from people.models import Organisation, User

if TYPE_CHECKING:
    from courses.models.items import PathLesson, PathPage


class Group(models.TextChoices):
    """For whom a path is: how the list of routes is divided."""

    TRADE = "vak", "Voor jouw vak"
    SCHOOL = "mbo", "Voor het mbo"
    LEADS = "leiding", "Voor leidinggevenden"
    OWNERS = "bedrijf", "Voor ondernemers"
    ALL = "iedereen", "Voor iedereen"


class Sharing(models.TextChoices):
    """What colleagues may do with a path of their organisation."""

    ALONE = "alone", "Alleen ik"
    SEE = "see", "Collega’s mogen kijken en kopiëren"
    EDIT = "edit", "Collega’s werken eraan mee"


class Pace(models.TextChoices):
    """Whether its lessons have a time."""

    FREE = "", "Zonder planning"
    WEEKS = "week", "Per week"
    DATES = "date", "Op een datum"


class CoursePath(models.Model):
    """Lessons and own pages in an order (on screen: een route).

    Without an organisation it is ready for everybody, and what its file says (docs/reference/curriculum-files.md).
    With one it is that organisation's own, made on its desk; `origin` is then the path it was copied from, and what
    stands in `title` and `intro` is for both variants where there is no easier text.
    `version` counts changes of what is on the path and in which order, so that of two who change it at once the
    second is told (docs/decisions/0038-the-path-builder.md).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, blank=True, related_name="paths")
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    slug = models.SlugField(max_length=64)
    title = models.CharField("titel", max_length=120)
    title_makkelijk = models.CharField("titel Makkelijk", max_length=120, blank=True)
    intro = models.TextField("inleiding", blank=True)
    intro_makkelijk = models.TextField("inleiding Makkelijk", blank=True)
    trade = models.CharField("vak", max_length=20, choices=Trade, blank=True)
    levels: Any = ChoicesField(verbose_name="voor wie", options=Level)
    pictogram = models.CharField("pictogram", max_length=20, default="book")
    easy_first = models.BooleanField("eerst Makkelijk", default=False)
    archived = models.BooleanField("niet meer aangeboden", default=False)
    made_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    sharing = models.CharField("delen", max_length=5, choices=Sharing, default=Sharing.ALONE)
    pace = models.CharField("planning", max_length=4, choices=Pace, default=Pace.FREE, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    changed_at = models.DateTimeField(null=True, blank=True)

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

    @property
    def owner(self) -> Organisation:
        """The organisation whose own path it is. Raises ValueError for one that is ready for everybody."""
        if self.organisation is None:
            raise ValueError("a ready path is of no organisation")
        return self.organisation

    @property
    def items(self) -> list["PathLesson | PathPage"]:
        """Lessons and own pages together, in order; a page that was taken off the path is not among them."""
        if self.organisation_id is None:
            return list(self.lessons.all())  # what is ready has no own pages
        pages = [page for page in self.pages.all() if page.place is not None]
        return sorted([*self.lessons.all(), *pages], key=lambda item: item.place or 0)

    def may_be_changed_by(self, user: User) -> bool:
        """Whether someone who may see it may change it. What nobody's is any more, is of all colleagues."""
        return self.sharing == Sharing.EDIT or self.is_of(user)

    def is_of(self, user: User) -> bool:
        """Whether this person decides who may see it and when it ends."""
        return self.made_by_id is None or self.made_by_id == user.pk
