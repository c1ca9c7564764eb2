import uuid

from django.conf import settings
from django.db import models

from assessments.models import Response
from courses.models import CoursePath
from learning.completion import Status, status_of
from media.models import H5PPackage
from people.models import Organisation


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


class PlayState(models.Model):
    """How far one learner is in what a step plays, as the content itself keeps it: text that only the content reads.

    It counts as long as the step plays the same package, and `round` is that of the package.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="play_states")
    module = models.CharField(max_length=40)
    step = models.CharField(max_length=64)
    package = models.ForeignKey(H5PPackage, models.CASCADE, related_name="+")
    round = models.PositiveIntegerField()
    state = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "module", "step"], name="one_play_state_per_step")]

    def __str__(self) -> str:
        return f"{self.module} {self.step}"


class HelpRequest(models.Model):
    """A learner tapped 'Vraag om hulp'; their teachers see it until someone helped or the learner takes it back."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="help_request")
    module = models.CharField(max_length=40, blank=True)
    asked_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.module or 'hulp'}"


class ReviewChoice(models.Model):
    """What one learner chose about reviews; without a row they come, and nobody is reminded.

    `hour` is on the clock here. `reminded_on`: the last day a reminder was made.
    """

    class Reminder(models.TextChoices):
        NONE = "none", "Geen herinnering"
        VISIT = "visit", "Op mijn pagina, als ik hier weer kom"
        MAIL = "mail", "Per e-mail"

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="review_choice")
    stopped = models.BooleanField(default=False)
    reminder = models.CharField(max_length=5, choices=Reminder, default=Reminder.NONE)
    hour = models.PositiveSmallIntegerField(default=9)
    reminded_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return "uit" if self.stopped else f"aan, {self.get_reminder_display().lower()}"


class OwnRoute(models.Model):
    """The order of lessons that a learner chose to follow. Nobody else sees it.

    The startmeting proposed it, or it is of `path`. `lessons` are codes, also of lessons that are not there yet:
    those join in when they are loaded. Of those in `checks` only the questions at the end are asked. `marks` are what
    else the answers of the startmeting asked for.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="own_route")
    lessons = models.JSONField(default=list)
    checks = models.JSONField(default=list)
    marks = models.JSONField(default=list)
    path = models.ForeignKey(CoursePath, models.SET_NULL, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return " ".join(self.lessons)


class DeskMessage(models.Model):
    """The result of a digiscan that an owner sent to a desk by an explicit tap: word for word what went.

    `scan` is the id of the result; one result goes to one desk once. `mailed_at` says that the mail server took it;
    `begun_at` that sending was begun, so that nothing is mailed twice when it stops halfway.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="desk_messages")
    scan = models.UUIDField()
    region = models.CharField(max_length=40)
    desk = models.CharField(max_length=60)
    email = models.EmailField()
    subject = models.CharField(max_length=160)
    text = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["scan", "region"], name="one_message_per_scan_and_region")]

    def __str__(self) -> str:
        return f"{self.desk}, {self.sent_at:%Y-%m-%d}"

    @property
    def is_unsure(self) -> bool:
        """Sending was begun and never ended: the mail may have gone or not."""
        return self.mailed_at is None and self.begun_at is not None


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


class PlanOutcome(models.Model):
    """What a learner said to 'Gelukt?' about one plan; the plan itself is the answer it belongs to.

    times: how often was asked. ask_again_at: the learner keeps the plan, and is asked once more then.
    counted_for: organisations whose group figure holds this answer; in each at most once (insight).
    """

    class Outcome(models.TextChoices):
        YES = "ja", "Ja"
        A_BIT = "beetje", "Een beetje"
        NOT_YET = "nog_niet", "Nog niet"
        STOP = "stop", "Niet meer vragen"

    response = models.OneToOneField(Response, models.CASCADE, related_name="plan_outcome")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan_outcomes")
    outcome = models.CharField(max_length=8, choices=Outcome)
    at = models.DateTimeField()
    times = models.PositiveSmallIntegerField(default=1)
    ask_again_at = models.DateTimeField(null=True)
    counted_for = models.ManyToManyField(Organisation, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["user", "at"], name="outcome_of_user")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    @property
    def can_be_kept(self) -> bool:
        """Whether 'nog een week' may be chosen: once, and only after 'Nog niet'."""
        return self.outcome == self.Outcome.NOT_YET and self.times == 1


class StatusSlot(models.Model):
    """A place in a public list that says which credentials were revoked. It knows no person, so that it can stay when
    the person goes: the place is never given twice (docs/decisions/0041-credentials.md)."""

    SIZE = 131_072  # so many in one list that a place says nothing; the least that W3C's Bitstring Status List asks

    number = models.PositiveSmallIntegerField(default=1)
    place = models.PositiveIntegerField()
    revoked_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "place"], name="one_slot_per_place")]
        indexes = [models.Index(fields=["number"], condition=models.Q(revoked_on__isnull=False), name="revoked_slots")]

    def __str__(self) -> str:
        return f"{self.number}/{self.place}"


class Credential(models.Model):
    """That a learner did all lessons of a path: signed, and the learner's alone until they show it.

    `lessons` are [{code, title, minutes, revision}]: what was done, and which text of it. `token` is what was signed;
    it never changes. `shown_name` was typed by the learner and stands on the page and the document, never in the token.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="credentials")
    path = models.ForeignKey(CoursePath, models.SET_NULL, null=True, blank=True, related_name="+")
    title = models.CharField(max_length=120)
    lessons = models.JSONField(default=list)
    content_version = models.CharField(max_length=40)
    made_on = models.DateField()
    slot = models.OneToOneField(StatusSlot, models.PROTECT, related_name="credential")
    token = models.TextField()
    is_shown = models.BooleanField(default=False)
    shown_name = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-made_on", "pk"]
        constraints = [models.UniqueConstraint(fields=["user", "path"], name="one_credential_per_path")]

    def __str__(self) -> str:
        return f"{self.title}, {self.made_on}"

    @property
    def title_twin(self) -> dict[str, str]:
        """The title of the path as it was; in Makkelijk its easier one, as long as the path still has that title."""
        same = self.path is not None and self.path.title == self.title
        return {"standaard": self.title, "makkelijk": self.path.title_makkelijk if self.path and same else ""}

    @property
    def is_revoked(self) -> bool:
        return self.slot.revoked_on is not None

    @property
    def minutes(self) -> int:
        return sum(int(lesson["minutes"]) for lesson in self.lessons)
