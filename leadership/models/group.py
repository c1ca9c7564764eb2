from datetime import date, datetime, timedelta

from django.db import models
from django.utils import timezone

from leadership.models.programme import Programme
from people.models import Cohort, User


class ProgrammeGroup(models.Model):
    """A cohort that does a programme. Its members lead at one firm or at several; who leads it, is its facilitator.

    A week opens on its Monday, or earlier when the facilitator opens it: `opened` is the last week opened by hand.
    """

    cohort = models.OneToOneField(Cohort, models.CASCADE, related_name="programme_group")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="groups")
    starts_on = models.DateField("begint op")
    opened = models.PositiveSmallIntegerField("open tot en met week", default=0)

    class Meta:
        verbose_name = "leergroep"
        verbose_name_plural = "leergroepen"

    def __str__(self) -> str:
        return str(self.cohort)

    def open_until(self, today: date) -> int:
        """The last week that is open on this day; 0 before the first."""
        passed = (today - self.starts_on).days // 7 + 1
        return max(0, min(len(self.programme.text.weeks), max(self.opened, passed)))

    def week_starts_on(self, number: int) -> date:
        """The Monday of this week."""
        return self.starts_on + timedelta(weeks=number - 1)

    @property
    def returns_on(self) -> date:
        """When the group comes back: so many days after the end of its last week."""
        text = self.programme.text
        return self.week_starts_on(len(text.weeks) + 1) + timedelta(days=text.return_after_days)


class Meeting(models.Model):
    """When and where a group meets. Week 0 is the session to come back to.

    `sequence` says to a calendar which of two files is the later one (RFC 5545, 3.8.7.4).
    """

    RETURN = 0

    group = models.ForeignKey(ProgrammeGroup, models.CASCADE, related_name="meetings")
    week = models.PositiveSmallIntegerField("week")
    starts_at = models.DateTimeField("begint")
    minutes = models.PositiveSmallIntegerField("minuten")
    place = models.CharField("plaats", max_length=200)
    sequence = models.PositiveIntegerField("keer veranderd", default=0)
    changed_at = models.DateTimeField("veranderd op", default=timezone.now)

    class Meta:
        ordering = ["starts_at"]
        constraints = [models.UniqueConstraint(fields=["group", "week"], name="one_meeting_per_week")]
        verbose_name = "bijeenkomst"
        verbose_name_plural = "bijeenkomsten"

    def __str__(self) -> str:
        return f"{self.group}, week {self.week}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)


class PeerPlace(models.Model):
    """With whom someone reviews: all who have the same `duo` in a group, two or, when it does not come out, three."""

    group = models.ForeignKey(ProgrammeGroup, models.CASCADE, related_name="peer_places")
    user = models.ForeignKey(User, models.CASCADE, related_name="peer_places")
    duo = models.PositiveSmallIntegerField("duo")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "user"], name="one_duo_per_group")]

    def __str__(self) -> str:
        return f"{self.user} in duo {self.duo}"
