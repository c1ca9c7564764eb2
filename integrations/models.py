import uuid

from django.db import models
from lti_tool.models import LtiRegistration, LtiUser

from people.models import Organisation


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
    """A launch that was used: it works once. A digest, and no person; gone after a day."""

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
