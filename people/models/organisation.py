from django.db import models

from people.models.user import User


class Organisation(models.Model):
    """A school, an employer or a region: what limits who may see whom.

    A firm that its owner registered may have the name of another: nobody can find out about it or come into it by
    its name (docs/decisions/0022-firms-of-one-name.md). All others have a name of their own.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        EMPLOYER = "employer", "Werkgever"
        REGION = "region", "Regio"

    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    by_owner = models.BooleanField("aangemeld door de ondernemer", default=False, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(by_owner=False), name="one_organisation_per_name"
            )
        ]
        verbose_name = "organisatie"

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What someone is in an organisation (docs/reference/roles.md)."""

    LEARNER = "learner", "Leerling of medewerker"
    TEACHER = "teacher", "Docent"
    HR_LEAD = "hr_lead", "HR"
    TEAM_LEAD = "team_lead", "Teamleider"
    FACILITATOR = "facilitator", "Begeleider"
    AUTHOR = "author", "Auteur"
    REVIEWER = "reviewer", "Meelezer"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    OWNER = "owner", "Ondernemer"
    ADMINISTRATOR = "administrator", "Beheerder"


class Membership(models.Model):
    """A person's role in an organisation; one person can belong to a school and an employer."""

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField("rol", max_length=16, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} bij {self.organisation}"
