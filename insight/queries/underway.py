"""How far the figures of the last quarter are, from what stands in tables: what is stored is done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from insight.figures import can_be_told, last_whole_quarter
from insight.models import Release
from people.models import Cohort, Organisation


@dataclass(frozen=True)
class Underway:
    """Releases that are being made. release: the quarter, for its words. percent: 0 to 99."""

    release: Release
    percent: int


def employers_to_release() -> QuerySet[Organisation]:
    """Employers with somebody who learns in a team of theirs."""
    learns = Q(cohorts__kind=Cohort.Kind.TEAM, cohorts__members__leads=False)
    return Organisation.objects.filter(learns, kind=Organisation.Kind.EMPLOYER).distinct()


def underway(today: date) -> Underway | None:
    """How far the task is (insight.tasks.release_last_quarter); None where nothing is to come.

    The region comes last and counts as one employer. Only a share is told: not how many employers there are.
    """
    quarter = last_whole_quarter(today)
    made = Release.objects.filter(quarter=quarter)
    if not can_be_told(quarter, today) or made.filter(organisation=None).exists():
        return None
    wanted = employers_to_release()
    total = wanted.count()
    done = wanted.filter(releases__quarter=quarter).count()
    return Underway(Release(quarter=quarter), 100 * done // (total + 1)) if total else None
