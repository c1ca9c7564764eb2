"""Reads of one learner's own answers; nobody else's eyes."""

from collections.abc import Collection

from assessments.exercises import KINDS
from assessments.models import QuestionnaireAnswers, Response
from assessments.reviews import Answer
from people.models import User

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
