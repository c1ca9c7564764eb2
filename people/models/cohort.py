from django.db import models
from django.utils import timezone

from people.models.organisation import Organisation
from people.models.user import User


class Cohort(models.Model):
    """A class, a team or a leadership group. One organisation owns it; members may come from others."""

    class Kind(models.TextChoices):
        CLASS = "class", "Klas"
        TEAM = "team", "Team"
        PROGRAMME = "programme", "Leergroep"

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="cohorts")
    name = models.CharField("naam", max_length=80)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    closed_at = models.DateTimeField("gestopt op", null=True, blank=True)
    sign_in_since = models.DateTimeField("inloggen staat open sinds", null=True, blank=True, editable=False)
    sign_in_until = models.DateTimeField("inloggen staat open tot", null=True, blank=True, editable=False)
    sign_in_stopped = models.BooleanField("inloggen ging vanzelf dicht", default=False, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_cohort_per_name")]
        verbose_name = "groep"
        verbose_name_plural = "groepen"

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"

    @property
    def shows_people(self) -> bool:
        """True where leads see per learner how far they are: a class of a school. At an employer nothing is
        shown per person without an agreement with its works council (design, section 1)."""
        return self.kind == self.Kind.CLASS and self.organisation.kind == Organisation.Kind.SCHOOL

    @property
    def takes_nicknames(self) -> bool:
        """True for a team: nobody may learn who is in it, so there is no list and who comes in types a nickname."""
        return self.kind == self.Kind.TEAM

    @property
    def lets_sign_in(self) -> bool:
        """True where who leads it can open signing in: by the list of a class, or by nickname in a team."""
        return self.shows_people or self.takes_nicknames

    @property
    def sign_in_is_open(self) -> bool:
        """True while who leads it lets those who have its code come in with pictures."""
        until = self.sign_in_until
        return self.lets_sign_in and self.closed_at is None and until is not None and until > timezone.now()


class CohortMember(models.Model):
    """Someone in a cohort, to learn or to lead it. Leaving takes the row away, and with it what leads see.

    `by_lead`: who leads it wrote them on a list. `came_in`: a phone came in as them, once; when is not kept.
    """

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="cohort_places")
    leads = models.BooleanField("leidt de groep", default=False)
    joined_at = models.DateTimeField("doet mee sinds", default=timezone.now)
    by_lead = models.BooleanField("op de lijst gezet", default=False, editable=False)
    came_in = models.BooleanField("kwam binnen op een telefoon", default=False, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="one_place_per_cohort")]

    def __str__(self) -> str:
        return f"{self.user} in {self.cohort}"


class JoinCode(models.Model):
    """What lets people into a cohort until it expires. A code is never used twice, so that an old one says whose
    it was."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="join_codes")
    code = models.CharField(max_length=24, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.code

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now() and self.cohort.closed_at is None
