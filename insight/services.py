"""Writes of figures: counting what no page may count by itself."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from insight.models import GROUP_FROM, DailyUse, PlanFigure
from learning.models import PlanOutcome
from learning.plans import answered_outcomes
from people.models import Cohort, Organisation

WORKED = (PlanOutcome.Outcome.YES, PlanOutcome.Outcome.A_BIT)


@transaction.atomic
def count_plans(*, cohort: Cohort) -> PlanFigure | None:
    """A new figure of this cohort, when 10 people or more gave an answer that is in no figure yet; else None.

    Of each learner count the answers to 'Gelukt?' since they joined; a plan worked for whom it did once, or a bit.
    Every answer counts at most once in an organisation, also for someone in two of its groups.
    """
    organisation = Organisation.objects.select_for_update().get(pk=cohort.organisation_id)  # one count at a time
    joined = dict(cohort.members.filter(leads=False).values_list("user_id", "joined_at"))
    waiting = answered_outcomes(joined).exclude(counted_for=organisation)
    fresh = [row for row in waiting if row.at >= joined[row.user_id]]
    people = {row.user_id for row in fresh}
    if len(people) < GROUP_FROM:
        return None
    counted = PlanOutcome.counted_for.through
    counted.objects.bulk_create(
        [counted(planoutcome_id=row.pk, organisation_id=organisation.pk) for row in fresh]
    )  # fmt: skip
    worked = {row.user_id for row in fresh if row.outcome in WORKED}
    return PlanFigure.objects.create(
        cohort=cohort, people=len(people), succeeded=len(worked), counted_on=timezone.localdate()
    )


def count_all_plans() -> int:
    """Count in every class and team that is large enough; gives how many new figures there are."""
    learners = Count("members", filter=Q(members__leads=False))
    kinds = (Cohort.Kind.CLASS, Cohort.Kind.TEAM)
    cohorts = Cohort.objects.filter(kind__in=kinds, closed_at=None).annotate(learners=learners)
    return sum(count_plans(cohort=cohort) is not None for cohort in cohorts.filter(learners__gte=GROUP_FROM))


@transaction.atomic
def count_use(*, what: Collection[DailyUse.What]) -> None:
    """One phone more for each of these, today. Which of them came together is not kept."""
    today = timezone.localdate()
    rows = [DailyUse(day=today, what=kind) for kind in sorted(set(what))]
    DailyUse.objects.bulk_create(rows, ignore_conflicts=True)
    DailyUse.objects.filter(day=today, what__in=what).update(phones=F("phones") + 1)
