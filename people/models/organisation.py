from django.db import models

from people.models.user import User


class SizeClass(models.TextChoices):
    """How many people work there, in the classes of Statistics Netherlands (CBS)."""

    ONE = "1", "1 persoon"
    TO_9 = "2-9", "2 tot en met 9"
    TO_49 = "10-49", "10 tot en met 49"
    TO_249 = "50-249", "50 tot en met 249"
    MORE = "250+", "250 of meer"


class Province(models.TextChoices):
    """Where the work is."""

    GRONINGEN = "groningen", "Groningen"
    FRYSLAN = "fryslan", "Fryslân"
    DRENTHE = "drenthe", "Drenthe"
    OVERIJSSEL = "overijssel", "Overijssel"
    FLEVOLAND = "flevoland", "Flevoland"
    GELDERLAND = "gelderland", "Gelderland"
    UTRECHT = "utrecht", "Utrecht"
    NOORD_HOLLAND = "noord-holland", "Noord-Holland"
    ZUID_HOLLAND = "zuid-holland", "Zuid-Holland"
    ZEELAND = "zeeland", "Zeeland"
    NOORD_BRABANT = "noord-brabant", "Noord-Brabant"
    LIMBURG = "limburg", "Limburg"


class Organisation(models.Model):
    """A school, an employer or a region: what limits who may see whom.

    A firm that its owner registered may have the name of another: nobody can find out about it or come into it by
    its name (docs/decisions/0022-firms-of-one-name.md). All others have a name of their own.
    `in_monitor_since`: an employer chose to take part in the figures of the region; what was before is not in them.
    """

    class Kind(models.TextChoices):
        SCHOOL = "school", "School"
        EMPLOYER = "employer", "Werkgever"
        REGION = "region", "Regio"

    name = models.CharField("naam", max_length=120)
    kind = models.CharField("soort", max_length=10, choices=Kind)
    by_owner = models.BooleanField("aangemeld door de ondernemer", default=False, editable=False)
    sector = models.CharField("sector", max_length=20, blank=True, editable=False)  # a trade; modules knows which
    size = models.CharField("grootte", max_length=8, choices=SizeClass, blank=True, editable=False)
    province = models.CharField("provincie", max_length=14, choices=Province, blank=True, editable=False)
    in_monitor_since = models.DateTimeField(
        "doet mee met de regio-cijfers sinds", null=True, blank=True, editable=False
    )

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
    EDITOR = "editor", "Eindredacteur"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    OWNER = "owner", "Ondernemer"
    ADMINISTRATOR = "administrator", "Beheerder"


class Membership(models.Model):
    """A person's role in an organisation; one person can belong to a school and an employer.

    `changed_by`: who gives or takes it just now, for the audit trail (people/signals.py).
    """

    changed_by: "User | None" = None

    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="memberships")
    role = models.CharField("rol", max_length=16, choices=Role)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role")]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} bij {self.organisation}"
