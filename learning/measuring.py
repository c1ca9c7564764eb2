"""What comes in from a questionnaire: the phone's script and the form without it post the same fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.http import QueryDict

from assessments.questionnaires import Questionnaire
from assessments.questionnaires.form import Item
from modules.choices import Trade

FIELD = "vraag-"  # stands before the id of an item, so that no item can be mistaken for another field
_VARIANTS = {"gewoon": "gewoon", "makkelijk": "makkelijk", "voorlezen": "makkelijk"}


@dataclass(frozen=True)
class Sent:
    """One filled-in form. `answers` is as posted, `on_phone` what is never kept.

    key: the id made on the phone or in the form; a new one where that is none.
    owner: whose answers the phone says these are, if it says so.
    """

    key: UUID
    owner: UUID | None
    made_at: datetime | None
    answers: Mapping[str, str]
    on_phone: Mapping[str, str]


def read_form(form: Questionnaire, posted: QueryDict) -> Sent:
    """What was posted; whether the answers can be is for `assessments.questionnaires.score` to say."""
    given = {name.removeprefix(FIELD): str(posted[name]) for name in posted if name.startswith(FIELD)}
    private = {item.id for item in form.items if item.on_phone_only}
    return Sent(
        key=_uuid(posted.get("key", "")) or uuid4(),
        owner=_uuid(posted.get("owner", "")),
        made_at=_moment(posted.get("at", "")),
        answers={key: value for key, value in given.items() if key not in private},
        on_phone={key: value for key, value in given.items() if key in private},
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """The phone's clock in milliseconds since 1970; None for what is no moment a database keeps."""
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC) if len(text) <= 14 else None
    except (ValueError, OverflowError, OSError):
        return None


def _that_sets(form: Questionnaire, what: str) -> Item | None:
    return next((item for item in form.items if item.sets == what), None)


def chosen_variant(form: Questionnaire, sent: Sent) -> str | None:
    """The variant the learner chose here, as the cookie has it; None when they chose none."""
    item = _that_sets(form, "variant")
    return _VARIANTS.get(sent.on_phone.get(item.id, "")) if item else None


def chosen_trade(form: Questionnaire, sent: Sent) -> str | None:
    """The trade the learner chose here, '' for another one; None when they did not say."""
    item = _that_sets(form, "trade")
    answer = sent.answers.get(item.id) if item else None
    if answer in Trade.values:
        return answer
    return "" if answer == "ander" else None
