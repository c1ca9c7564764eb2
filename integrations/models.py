import uuid

from django.db import models
from lti_tool.models import LtiRegistration, LtiUser

from integrations.single_sign_on.models import SignOnIdentity as SignOnIdentity
from integrations.single_sign_on.models import SignOnProvider as SignOnProvider
from people.models import Organisation, User


class LtiPlatform(models.Model):
    """A learning system of an organisation that opens our lessons (LTI 1.3). django-lti keeps what it registered.

    `address` is its origin ('https://leren.school.nl'): the only one that may show our page in a frame, and the only
    one that may register with `invitation`. An invitation works once, until `invited_until`.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="lti_platforms", verbose_name="school")
    name = models.CharField("naam", max_length=80)
    address = models.CharField("adres", max_length=200)
    registration = models.OneToOneField(
        LtiRegistration, models.SET_NULL, null=True, blank=True, related_name="platform"
    )
    invitation = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    invited_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["organisation__name", "name"]
        verbose_name = "leeromgeving"
        verbose_name_plural = "leeromgevingen"

    def __str__(self) -> str:
        return f"{self.name} ({self.organisation})"


class LtiNonce(models.Model):
    """A launch, or a way back from signing in, that was used: it works once. A digest, no person; gone after a day."""

    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.digest


class LtiCompletion(models.Model):
    """That a platform asked to be told when this user of it did a lesson or path. What it is told is 'done'.

    `members_url`: where it says who is in the course, if it does.
    """

    class Kind(models.TextChoices):
        LESSON = "les", "Les"
        PATH = "route", "Route"

    who = models.ForeignKey(LtiUser, models.CASCADE, related_name="completions")
    kind = models.CharField(max_length=5, choices=Kind)
    target = models.CharField(max_length=40)
    line_item = models.URLField(max_length=1000)
    members_url = models.URLField(max_length=1000, blank=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["who", "line_item"], name="one_completion_per_line_item")]
        indexes = [models.Index(fields=["next_try_at"], condition=models.Q(sent_at=None), name="completions_to_send")]

    def __str__(self) -> str:
        return f"{self.kind} {self.target}"


class StatementExport(models.Model):
    """Statements on their way to a file, for the administrator who asked; it goes after STATEMENT_EXPORT_DAYS days.

    `first` and `last` are the bounds in the order of the store, `cursor` how far it is (integrations/statements).
    """

    class State(models.TextChoices):
        WAITING = "wacht", "Wacht"
        RUNNING = "bezig", "Bezig"
        DONE = "klaar", "Klaar"
        FAILED = "kan-niet", "Lukte niet"
        ENDED = "weg", "Is er niet meer"

        @classmethod
        def open(cls) -> tuple[str, ...]:
            return (cls.WAITING, cls.RUNNING)

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    asked_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING, db_index=True)
    filters = models.JSONField(default=dict)
    through = models.DateTimeField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    cursor = models.BigIntegerField(null=True)
    count = models.PositiveBigIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    parts = models.JSONField(default=list)
    attempt = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def is_over(self) -> bool:
        return self.state not in self.State.open()

    @property
    def percent(self) -> int:
        """How much of its time span is written; not of its statements, since to count those costs as much."""
        if self.state == self.State.DONE:
            return 100
        if self.cursor is None or self.last <= self.first:
            return 0
        return max(0, min(99, (self.cursor - self.first) * 100 // (self.last - self.first)))
