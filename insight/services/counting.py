"""Writes of figures: counting what no page may count by itself."""

from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from assessments.models import Response
from insight.models import GROUP_FROM, DailyUse, PlanFigure, QuestionFigure
from insight.questions import FirstAnswers, is_counted, told_of
from insight.suppression import is_group, may_tell_anew
from learning.models import PlanOutcome
from learning.plans import answered_outcomes
from modules.queries import live_modules
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


def count_questions(*, cohort: Cohort) -> int:
    """New figures about the questions of a class of a school; gives how many changed.

    Of each learner the first answers since they joined. A question is counted anew only when 5 people more answered it,
    also when the last count may not be told: else its coming would tell what one of them answered.
    """
    if not cohort.shows_people:
        return 0
    joined = dict(cohort.members.filter(leads=False).values_list("user_id", "joined_at"))
    if not is_group(len(joined)):
        return 0
    before = {(row.module, row.exercise): row for row in cohort.question_figures.all()}
    changed = 0
    for module in live_modules():
        answers = _first_answers(module.code, joined)
        for exercise, people in answers.items():
            step = module.outline.by_id.get(exercise)
            if step is None or not is_counted(step):
                continue
            told, old = told_of(step, people.values()), before.get((module.code, exercise))
            if told is None or not may_tell_anew(old.people if old else 0, told.people):
                continue
            QuestionFigure.objects.update_or_create(
                cohort=cohort, module=module.code, exercise=exercise,
                defaults={**asdict(told), "counted_on": timezone.localdate()},
            )  # fmt: skip
            changed += 1
    return changed


def _first_answers(module: str, joined: Mapping[int, datetime]) -> dict[str, dict[int, FirstAnswers]]:
    """Per exercise of a lesson and per learner what they answered first, since they joined. For counting only."""
    found: dict[str, dict[int, FirstAnswers]] = {}
    rows = Response.objects.filter(module=module, user__in=joined, review=False).order_by("received_at", "at", "pk")
    fields = rows.values_list("user_id", "exercise", "answer", "parts", "received_at")
    for user, exercise, answer, parts, received in fields.iterator(chunk_size=2000):
        if received >= joined[user]:
            found.setdefault(exercise, {}).setdefault(user, FirstAnswers()).take(answer, parts)
    return found


def count_all_questions() -> int:
    """Count in every class of a school that goes on; gives how many figures changed."""
    classes = Cohort.objects.filter(kind=Cohort.Kind.CLASS, closed_at=None).select_related("organisation")
    return sum(count_questions(cohort=cohort) for cohort in classes.order_by("pk"))
