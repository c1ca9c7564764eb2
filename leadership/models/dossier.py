import uuid

from django.db import models

from leadership.models.register import AiSystem
from learning.models import Credential
from people.models import Organisation


class Dossier(models.Model):
    """What an organisation says of its article 4 dossier as a whole. Roles, never names of people."""

    organisation = models.OneToOneField(Organisation, models.CASCADE, related_name="dossier")
    owner = models.CharField("eigenaar", max_length=200, blank=True)
    discussed_with = models.CharField("besproken met", max_length=120, blank=True)
    discussed_on = models.DateField("besproken op", null=True, blank=True)
    review_by = models.DateField("herzien vóór", null=True, blank=True)

    def __str__(self) -> str:
        return f"dossier van {self.organisation}"


class Measure(models.TextChoices):
    """What a role is offered."""

    ROUTE = "route", "Een route"
    LESSON = "lesson", "Een of meer lessen"
    PROGRAMME = "programme", "Het programma voor leidinggevenden"
    OTHER = "other", "Iets anders"


class RoleGoal(models.Model):
    """A goal for one role: what it uses, what it should be able to do, what is offered for it and why that fits.

    The id was made with its form, so that the same form sent twice makes one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="role_goals")
    role = models.CharField("rol", max_length=120)
    systems = models.ManyToManyField(AiSystem, blank=True, related_name="goals")
    uses = models.CharField("andere AI", max_length=200, blank=True)
    goal = models.CharField("doel", max_length=300)
    kind = models.CharField("soort maatregel", max_length=10, choices=Measure, default=Measure.ROUTE)
    measure = models.CharField("maatregel", max_length=200)
    since = models.DateField("sinds")
    why = models.CharField("waarom past dit", max_length=300)

    class Meta:
        ordering = ["role", "since", "pk"]
        verbose_name = "doel per rol"
        verbose_name_plural = "doelen per rol"

    def __str__(self) -> str:
        return f"{self.role}: {self.measure}"


class Evaluation(models.Model):
    """A dated note: what works, what does not, and what comes next."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="evaluations")
    on = models.DateField("datum")
    works = models.TextField("wat werkt", max_length=1000, blank=True)
    fails = models.TextField("wat werkt niet", max_length=1000, blank=True)
    next = models.TextField("wat nu", max_length=1000, blank=True)

    class Meta:
        ordering = ["-on", "pk"]
        verbose_name = "terugblik"
        verbose_name_plural = "terugblikken"

    def __str__(self) -> str:
        return f"terugblik van {self.on}"


class DossierVersion(models.Model):
    """A dossier as it was recorded once: canonical JSON, from which its files are made. It never changes.

    `digest`: of what it says without its own number and date, to see whether something changed since.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="dossier_versions")
    number = models.PositiveIntegerField("versie")
    made_on = models.DateField("datum")
    content = models.TextField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["organisation", "number"], name="one_dossier_per_number")]

    def __str__(self) -> str:
        return f"{self.organisation}, versie {self.number}"


class DossierFile(models.Model):
    """A version as a file, made once by a task. Who asks for it later gets these bytes."""

    version = models.ForeignKey(DossierVersion, models.CASCADE, related_name="files")
    ending = models.CharField(max_length=4)
    content = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "ending"], name="one_file_per_ending")]

    def __str__(self) -> str:
        return f"{self.version} ({self.ending})"


class SharedProof(models.Model):
    """A credential of which a learner gave the address to their work. It is seen here only as long as they show it."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="shared_proofs")
    credential = models.ForeignKey(Credential, models.CASCADE, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "credential"], name="one_proof_per_credential")]

    def __str__(self) -> str:
        return f"bewijs bij {self.organisation}"
