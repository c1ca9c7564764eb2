import uuid

from django.db import models
from django.utils import timezone

from people.models.organisation import Organisation
from people.models.user import User

MOST_DAYS = 3720  # of any purpose; each has its own least and most (people/purposes.py)


class RetentionTerm(models.Model):
    """How many days something is kept for one purpose: at the site (`organisation` empty), or of one organisation.

    Who makes it shorter can come back on it: `before` holds until `starts_at` (empty: as long as the person is here).
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="retention_terms")
    purpose = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    before = models.PositiveIntegerField(null=True)
    starts_at = models.DateTimeField(default=timezone.now)
    set_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "purpose"], name="one_term_per_organisation"),
            models.UniqueConstraint(
                fields=["purpose"], condition=models.Q(organisation=None), name="one_term_of_the_site"
            ),
            models.CheckConstraint(
                condition=models.Q(days__gte=1, days__lte=MOST_DAYS), name="a_term_has_days_and_an_end"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose}: {self.days}"


class RetentionRun(models.Model):
    """One time that what is past its term goes, or, `dry`, that it is only counted. A worker does it, batch by batch.

    at: what is past its term at this moment. counts: by purpose, and there by whose term ('' is the site's).
    skipped: what could not go this time, by purpose, while it is at work. claimed_at: the last batch; who died is
    given up some minutes later.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "wacht"
        BUSY = "busy", "bezig"
        DONE = "done", "klaar"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_clock = models.BooleanField(default=False)
    dry = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    skipped = models.JSONField(default=dict)
    failed = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-made_at"]

    def __str__(self) -> str:
        return f"{self.get_state_display()}: {self.done} van {self.total}"

    @property
    def is_over(self) -> bool:
        return self.state == self.State.DONE
