import uuid

from django.db import models
from django.utils import timezone

from people.models import Organisation


class Personal(models.TextChoices):
    """Whether a system knows something about people."""

    UNKNOWN = "", "Dat zoeken we nog uit"
    NONE = "none", "Geen gegevens van mensen"
    ORDINARY = "ordinary", "Gewone persoonsgegevens"
    SENSITIVE = "sensitive", "Bijzondere of gevoelige gegevens"


class OwnRole(models.TextChoices):
    """What the organisation itself is to a system (AI Act, article 3)."""

    UNKNOWN = "", "Dat zoeken we nog uit"
    DEPLOYER = "deployer", "Gebruiksverantwoordelijke: wij gebruiken het"
    PROVIDER = "provider", "Aanbieder: wij maken of verkopen het"


class Risk(models.TextChoices):
    """The classes of the AI Act, in plain words; what they mean: leadership/register/risk.py."""

    UNKNOWN = "", "Dat zoeken we nog uit"
    PROHIBITED = "prohibited", "Verboden"
    HIGH = "high", "Hoog risico"
    TRANSPARENCY = "transparency", "Transparantie"
    OTHER = "other", "Overig"


class State(models.TextChoices):
    """Whether a system is in use."""

    USED = "used", "In gebruik"
    TRIAL = "trial", "Proef"
    STOPPED = "stopped", "Gestopt"


class AiSystem(models.Model):
    """One AI system in the register of an organisation. It names roles and kinds of data, never a person.

    The id was made with its form, so that the same form sent twice makes one. `version` counts changes, so that of two
    who change it at once the second is told. `facts_seen`: per fact behind it what that said when somebody last looked.
    `told_about`: for which reasons to look again its keepers had a message (register.queries.Look.reasons).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="ai_systems")
    name = models.CharField("systeem", max_length=200)
    purpose = models.CharField("doel", max_length=400, blank=True)
    supplier = models.CharField("leverancier", max_length=120, blank=True)
    personal = models.CharField("gegevens van mensen", max_length=10, choices=Personal, blank=True)
    kinds = models.CharField("welke gegevens", max_length=400, blank=True)
    used_by = models.CharField("gebruikt door", max_length=200, blank=True)
    own_role = models.CharField("onze rol", max_length=10, choices=OwnRole, blank=True)
    risk = models.CharField("risicoklasse", max_length=14, choices=Risk, blank=True)
    measures = models.TextField("maatregelen", max_length=1500, blank=True)
    owner = models.CharField("eigenaar", max_length=200, blank=True)
    review_by = models.DateField("herzien vóór", null=True, blank=True)
    state = models.CharField("stand", max_length=8, choices=State, default=State.USED)
    version = models.PositiveIntegerField(default=1)
    reviewed_on = models.DateField(null=True)
    facts_seen = models.JSONField(default=dict)
    told_about = models.JSONField(default=list)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "name"], name="one_ai_system_per_name")]
        verbose_name = "AI-systeem"
        verbose_name_plural = "AI-systemen"

    def __str__(self) -> str:
        return self.name

    @property
    def risk_class(self) -> Risk:
        """Its class, with a name."""
        return Risk(self.risk)


class SystemChange(models.Model):
    """One line in the history of a system: what it was and what it became. Who did it stands in the audit trail."""

    class Kind(models.TextChoices):
        ADDED = "added", "Toegevoegd"
        CHANGED = "changed", "Gewijzigd"
        REVIEWED = "reviewed", "Opnieuw bekeken"

    system = models.ForeignKey(AiSystem, models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(max_length=8, choices=Kind)
    fields = models.JSONField(default=dict)
    """Per field a pair: what it was, what it became."""

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.system}: {self.get_kind_display()}"
