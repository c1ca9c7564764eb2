import uuid

from django.conf import settings
from django.db import models

from learning.completion import Status


class Attempt(models.Model):
    """One run through a module; its id was made on the phone. `revision` is the text that was taken."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="attempts")
    module = models.CharField(max_length=40)
    revision = models.PositiveBigIntegerField()
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.module} {self.started_at:%Y-%m-%d}"


class Event(models.Model):
    """Something a learner did, once: its id says whether the server has it already."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="events")
    attempt = models.ForeignKey(Attempt, models.CASCADE, related_name="events")
    module = models.CharField(max_length=40)
    step = models.CharField(max_length=64)
    exercise = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "received_at"], name="event_of_user")]

    def __str__(self) -> str:
        return f"{self.module} {self.step}"


class Progress(models.Model):
    """How far one learner is in one module: what the events add up to."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="progress")
    module = models.CharField(max_length=40)
    attempt = models.UUIDField()
    revision = models.PositiveBigIntegerField()
    step = models.CharField(max_length=64)
    step_number = models.PositiveSmallIntegerField(default=1)
    step_count = models.PositiveSmallIntegerField(default=1)
    seen = models.JSONField(default=list)
    results = models.JSONField(default=dict)
    saved_at = models.DateTimeField()
    completed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "module"], name="one_progress_per_module")]

    def __str__(self) -> str:
        return f"{self.module}: {self.status}"

    @property
    def status(self) -> Status:
        return Status.DONE if self.completed_at else Status.BUSY

    def take(self, *, step: str, exercise: str = "", parts: dict[str, bool | None] | None = None) -> None:
        """Add what one event says; the last verdict on a part counts."""
        self.step = step
        if step not in self.seen:
            self.seen = [*self.seen, step]
        if exercise and parts:
            self.results = {**self.results, exercise: {**self.results.get(exercise, {}), **parts}}
