"""The plan of a lesson ('Dit doe ik vandaag'), and when to ask whether it worked: the learner's own eyes only.

A plan is the latest answer to the exercise `dit_doe_ik` in a module. Seven days later home asks 'Gelukt?', one
plan at a time; after 'Nog niet' it may be asked once more. Nothing is sent for it, and nothing is counted per person.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from wagtail.models import Revision

from assessments.exercises.dit_doe_ik.grading import NOT_TODAY, OWN
from assessments.kind import items
from assessments.models import Response
from learning.models import Attempt, PlanOutcome
from modules.models import ModulePage
from modules.steps import Steps
from people.models import User

KIND = "dit_doe_ik"
AFTER = timedelta(days=7)


@dataclass(frozen=True)
class Plan:
    """One plan that was chosen.

    text: in both variants, from the revision that was taken or else the live one; None when the learner
    typed own words (they are on the phone only) or when neither revision has it.
    number: the step in the lesson as it is now where another plan can be chosen; None when it is not there.
    """

    response: UUID
    module: str
    chosen_at: datetime
    is_own: bool
    text: Mapping[str, str] | None
    number: int | None

    @property
    def is_of_last_week(self) -> bool:
        return timezone.now() - self.chosen_at < 2 * AFTER


def plans_of(user: User) -> QuerySet[Response]:
    """The latest choice per module, in the order the server got them; without 'vandaag niet'."""
    later = Response.objects.filter(user=user, kind=KIND, module=OuterRef("module")).filter(
        Q(received_at__gt=OuterRef("received_at"))
        | Q(received_at=OuterRef("received_at"), at__gt=OuterRef("at"))
        | Q(received_at=OuterRef("received_at"), at=OuterRef("at"), pk__gt=OuterRef("pk"))
    )
    return Response.objects.filter(~Exists(later), user=user, kind=KIND).exclude(answer=NOT_TODAY)


def due_plans(user: User) -> QuerySet[Response]:
    """Those to ask about now, the oldest first. After 'Niet meer vragen' only what was chosen later."""
    now = timezone.now()
    stopped = PlanOutcome.objects.filter(user=user, outcome=PlanOutcome.Outcome.STOP, at__gte=OuterRef("received_at"))
    first_time = Q(plan_outcome=None, received_at__lte=now - AFTER)
    once_more = Q(plan_outcome__ask_again_at__lte=now)
    found = plans_of(user).filter(~Exists(stopped), first_time | once_more)
    return found.order_by(F("received_at").asc(), "at", "pk")


def due_plan(user: User) -> Plan | None:
    """The plan to ask about now, if any; one query."""
    return _first(Response.objects.filter(pk=Subquery(due_plans(user).values("pk")[:1])))


def plan_of(user: User, response: UUID) -> Plan | None:
    """One plan of this learner, asked about or not; None when it is not theirs."""
    return _first(Response.objects.filter(pk=response, user=user, kind=KIND).exclude(answer=NOT_TODAY))


def _first(found: QuerySet[Response]) -> Plan | None:
    """The plan with its texts, in the same query."""
    taken = Attempt.objects.filter(pk=OuterRef(OuterRef("attempt"))).values("revision")[:1]
    live = ModulePage.objects.filter(code=OuterRef(OuterRef("module")), live=True).values("live_revision")[:1]
    row = found.annotate(
        taken=Subquery(_contents(taken)), live=Subquery(_contents(live)),
    ).first()  # fmt: skip
    if row is None:
        return None
    now = _step(row, row.live)
    return Plan(
        response=row.pk,
        module=row.module,
        chosen_at=row.received_at,
        is_own=row.answer == OWN,
        text=_text(row, row.taken) or _text(row, row.live),
        number=now[0] if now else None,
    )


def _contents(revision: Any) -> Any:
    of_modules = Revision.objects.filter(pk=Subquery(revision), content_type__app_label="modules")
    return of_modules.values("content")[:1]


def _step(row: Response, content: Mapping[str, Any] | None) -> tuple[int, Mapping[str, Any]] | None:
    """The number and the stored form of the exercise in a revision of its module."""
    if not content or content.get("code") != row.module:
        return None
    steps = Steps(json.loads(content.get("steps") or "[]"))
    step = steps.by_id.get(row.exercise)
    return (steps.ids.index(step.id) + 1, step.value) if step and step.type == KIND else None


def _text(row: Response, content: Mapping[str, Any] | None) -> Mapping[str, str] | None:
    found = _step(row, content)
    return dict(items(found[1], "options")).get(row.answer) if found else None


def answered_outcomes(user_ids: Collection[int]) -> QuerySet[PlanOutcome]:
    """Final answers to 'Gelukt?' of these learners, for counting only. The caller limits whose.

    'Niet meer vragen' is none; 'nog een week' is one only when nothing more came in the week after it was asked.
    """
    final = Q(ask_again_at=None) | Q(ask_again_at__lt=timezone.now() - AFTER)
    return PlanOutcome.objects.filter(final, user__in=user_ids).exclude(outcome=PlanOutcome.Outcome.STOP)
