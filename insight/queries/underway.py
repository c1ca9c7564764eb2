"""How far the figures of the last quarter are, from what stands in tables: what is stored is done."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from insight.figures import can_be_told, last_whole_quarter
from insight.models import Release, ReleasedFigure
from insight.registry import region_indicators
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

    Employers are the first half, the region the other, by indicator: with many employers one of those takes longer than
    all employers. Only a share is told: not how many employers there are.
    """
    quarter = last_whole_quarter(today)
    made = Release.objects.filter(quarter=quarter)
    if not can_be_told(quarter, today) or made.filter(organisation=None, is_whole=True).exists():
        return None
    told = Q(releases__quarter=quarter)
    employers = employers_to_release().aggregate(
        total=Count("pk", distinct=True), done=Count("pk", distinct=True, filter=told)
    )
    if not employers["total"]:
        return None
    figures = ReleasedFigure.objects.filter(release__quarter=quarter, release__organisation=None)
    counted = figures.values("indicator").distinct().count()
    percent = 50 * employers["done"] // employers["total"] + 50 * counted // len(region_indicators())
    return Underway(Release(quarter=quarter), min(percent, 99))
