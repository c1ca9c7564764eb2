from django.db import models

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

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_cohort_per_name")]
        verbose_name = "groep"
        verbose_name_plural = "groepen"

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"


class CohortMember(models.Model):
    """Someone in a cohort, to learn or to lead it."""

    cohort = models.ForeignKey(Cohort, models.CASCADE, related_name="members")
    user = models.ForeignKey(User, models.CASCADE, related_name="cohort_places")
    leads = models.BooleanField("leidt de groep", default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cohort", "user"], name="one_place_per_cohort")]

    def __str__(self) -> str:
        return f"{self.user} in {self.cohort}"
