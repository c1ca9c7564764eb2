import uuid

from django.conf import settings
from django.db import models

from learning.completion import Status, status_of


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
        return status_of(self)

    def take(self, *, step: str, exercise: str = "", parts: dict[str, bool | None] | None = None) -> None:
        """Add what one event says; the last verdict on a part counts."""
        self.step = step
        if step not in self.seen:
            self.seen = [*self.seen, step]
        if exercise and parts:
            self.results = {**self.results, exercise: {**self.results.get(exercise, {}), **parts}}


class HelpRequest(models.Model):
    """A learner tapped 'Vraag om hulp'; their teachers see it until someone helped or the learner takes it back."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="help_request")
    module = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.module or 'hulp'}"


class LessonReport(models.Model):
    """'Deze les klopt niet': what is wrong with a lesson, for its authors. Nobody's name is with it."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "Er staat iets wat niet klopt"
        HARD = "hard", "Ik begrijp het niet"
        BROKEN = "broken", "Iets doet het niet"

    module = models.CharField("les", max_length=40)
    step = models.CharField("stap", max_length=64, blank=True)
    kind = models.CharField("wat is er", max_length=8, choices=Kind)
    text = models.CharField("uitleg", max_length=500, blank=True)
    reported_on = models.DateField("gemeld op", auto_now_add=True)
    handled = models.BooleanField("afgehandeld", default=False)

    class Meta:
        ordering = ["handled", "-pk"]
        verbose_name = "melding over een les"
        verbose_name_plural = "meldingen over lessen"

    def __str__(self) -> str:
        return f"{self.module}: {self.get_kind_display()}"
