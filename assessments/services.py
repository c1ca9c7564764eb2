"""Writes of answers."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assessments.models import QuestionnaireAnswers, Response
from assessments.questionnaires import Questionnaire, score
from people.models import User

MOST_KEPT = 20  # of one questionnaire of one person; the oldest go


class OfAnother(ValueError):
    """This id belongs to someone else; nothing of it is shown or changed."""


def record_responses(responses: Sequence[Response]) -> None:
    """Store answers in the transaction of the caller; one whose id is known stays as it was."""
    Response.objects.bulk_create(responses, ignore_conflicts=True)


@transaction.atomic
def record_questionnaire(
    *, user: User, key: UUID, questionnaire: Questionnaire, answers: Mapping[str, str], made_at: datetime | None = None
) -> QuestionnaireAnswers:
    """Keep a questionnaire that was filled in, with what it means; the same `key` twice is kept once, as it first came.

    `answers`: {item id: answer id}, without what stays on the phone. `made_at`: the phone's clock.
    A learner who is not saved yet is saved with it (people.owner.keep_as_learner).

    Raises WrongAnswers (the questionnaire cannot have them) and OfAnother, before anything is written.
    """
    result = score(questionnaire, answers)
    now = timezone.now()
    if known := QuestionnaireAnswers.objects.filter(id=key).first():
        if known.user_id != user.pk or known.questionnaire != questionnaire.code:
            raise OfAnother
        return known
    if user.pk is None:
        user.save(force_insert=True)
    made, is_new = QuestionnaireAnswers.objects.get_or_create(
        id=key,
        defaults={
            "user": user,
            "questionnaire": questionnaire.code,
            "version": questionnaire.version,
            "answers": dict(answers),
            "result": result.as_data(),
            "made_at": made_at or now,
            "received_at": now,
        },
    )
    if not is_new and made.user_id != user.pk:
        raise OfAnother
    own = QuestionnaireAnswers.objects.filter(user=user, questionnaire=questionnaire.code)
    kept = own.order_by("-received_at").values_list("id", flat=True)[:MOST_KEPT]
    own.exclude(id__in=list(kept)).delete()
    return made
