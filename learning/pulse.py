"""The pulse: a few questions about work, each half year, for who wants to. Counted for the region only.

Asked of who learns in a team of an employer that takes part in the figures of the region; of anybody else it is not
asked and not kept, since nothing would be done with it. That someone skips it is known to their phone only.
"""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from people.models import Cohort, CohortMember, User

PULSE, COOKIE = "puls", "puls"
KEPT_FOR = timedelta(days=200)  # a half year and the days in which figures of its last quarter are made


def half_of(day: date) -> str:
    """The half year of a day, as the cookie names it: '2026-2'."""
    return f"{day.year}-{1 if day.month < 7 else 2}"


def asks_pulse() -> Q:
    """Whether a user may answer now: once a half year, while they learn at an employer that takes part. For a query
    over users."""
    now = timezone.localtime()
    begin = now.replace(month=1 if now.month < 7 else 7, day=1, hour=0, minute=0, second=0, microsecond=0)
    learns = CohortMember.objects.filter(
        user=OuterRef("pk"), leads=False, cohort__kind=Cohort.Kind.TEAM, cohort__closed_at=None,
        cohort__organisation__in_monitor_since__isnull=False,
    )  # fmt: skip
    given = QuestionnaireAnswers.objects.filter(user=OuterRef("pk"), questionnaire=PULSE, received_at__gte=begin)
    return Q(Exists(learns)) & ~Q(Exists(given))


def is_asked(user: User) -> bool:
    """Whether this person may answer now."""
    return User.objects.filter(asks_pulse(), pk=user.pk).exists()
