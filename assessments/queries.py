"""Reads of one learner's own answers; nobody else's eyes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from assessments.exercises import KINDS
from assessments.models import QuestionnaireAnswers, Response
from assessments.reviews import Answer
from people.models import User

MOST_NAMED = 1000  # people that a query names one by one; for more it reads all and leaves out others
MOST_ANSWERS = 2000  # the newest; further back changes little about when a question comes back


def latest_response(user: User, module: str, exercise: str, part: str = "") -> Response | None:
    """The learner's last answer to an exercise, or to one part of it, in the order the server got them."""
    responses = Response.objects.filter(user=user, module=module, exercise=exercise).order_by("-received_at")
    return next((row for row in responses[:50] if not part or part in row.parts), None)


def answers_for_reviews(user: User, modules: Collection[str]) -> list[Answer]:
    """What this learner answered to questions that come back; one query, and never more than it can bear."""
    kinds = [name for name, kind in KINDS.items() if kind.comes_back]
    rows = Response.objects.filter(user=user, module__in=modules, kind__in=kinds).exclude(correct=None)
    newest = rows.order_by("-received_at").values_list("received_at", "id", "module", "exercise", "correct", "review")
    return [
        Answer(received_at, key, module, exercise, bool(correct), review)
        for received_at, key, module, exercise, correct, review in newest[:MOST_ANSWERS]
    ]


def latest_answers(user: User, questionnaire: str) -> QuestionnaireAnswers | None:
    """How someone filled in a questionnaire last, in the order the server got them."""
    own = QuestionnaireAnswers.objects.filter(user=user, questionnaire=questionnaire)
    return own.order_by("-received_at", "-made_at").first()


@dataclass(frozen=True)
class Given:
    """One questionnaire that someone filled in: for counting only. points: per item that counts."""

    user_id: int
    received_at: datetime
    answers: Mapping[str, str]
    points: Mapping[str, int]
    level: str


def given_in(questionnaire: str, users: Collection[int], begin: datetime, end: datetime) -> Iterator[Given]:
    """What these people gave between two moments, in the order the server got it; nobody reads it per person."""
    rows = QuestionnaireAnswers.objects.filter(
        questionnaire=questionnaire, received_at__gte=begin, received_at__lt=end
    ).order_by("received_at", "pk")
    if len(users) <= MOST_NAMED:
        rows = rows.filter(user__in=list(users))
    wanted = set(users)
    for user, received, answers, result in rows.values_list("user_id", "received_at", "answers", "result").iterator():
        if user in wanted:
            level = result.get("level") or {}
            yield Given(user, received, answers, result.get("items", {}), level.get("id", ""))
