"""What a phone sends: the shape of one event, and what may be wrong with it."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, Field, ValidationError

MODULE_CODE = re.compile(r"[A-Za-z0-9_-]{1,40}")
RESPONSE_MOST = 2000  # characters of JSON; the longest real response is a few hundred
STATEMENT_MOST = 4000  # of what a phone leaves of a statement


def _at_most(most: int) -> Callable[[Any], Any]:
    def short(value: Any) -> Any:
        if len(json.dumps(value)) > most:
            raise ValueError("te lang")
        return value

    return short


def _clock(value: Any) -> Any:
    """A phone's clock in milliseconds since 1970, or an ISO moment; any year a phone can be set to."""
    if isinstance(value, bool):
        raise ValueError("geen tijd")
    if isinstance(value, int | float):
        return datetime.fromtimestamp(value / 1000, UTC)
    return value


def _in_utc(value: datetime) -> datetime:
    """Raises OverflowError at the edges of time, where no database could keep it."""
    return value.astimezone(UTC)


class Event(Schema):
    """One thing a learner did. `exercise` and `response` are empty when a step was only seen.

    `statement`: what the content of an exercise said while it was played, in place of a response.
    `help`: help is asked of the teacher here (true), or not needed any more (false); then nothing was seen or answered.
    `revision` 0 is the module as it is now (its own revision was cleared away). `review`: the question came
    back outside its lesson; the answer is kept and graded, the place in the lesson stays.
    """

    id: UUID
    owner: UUID
    at: Annotated[AwareDatetime, BeforeValidator(_clock), AfterValidator(_in_utc)]
    module: Annotated[str, Field(pattern=f"^{MODULE_CODE.pattern}$")]
    revision: Annotated[int, Field(ge=0, lt=2**53)]
    attempt: UUID
    step: Annotated[str, Field(min_length=1, max_length=64)]
    exercise: Annotated[str, Field(max_length=64)] = ""
    response: Annotated[Any, BeforeValidator(_at_most(RESPONSE_MOST))] = None
    statement: Annotated[Any, BeforeValidator(_at_most(STATEMENT_MOST))] = None
    review: bool = False
    help: bool | None = None


class Batch(Schema):
    """Events, oldest first."""

    events: list[Any]


class Receipt(Schema):
    """What the phone may forget.

    safe: ids that are kept here (some perhaps since an earlier time).
    refused: per id (or place in the batch) why it will never be kept; asking again does not help.
    """

    owner: UUID
    safe: list[UUID]
    refused: dict[str, str]


class Refusal(Schema):
    """Why a whole batch was not taken; nothing of it was written."""

    error: str
    message: str


def read_events(raw: list[Any]) -> tuple[list[Event], dict[str, str]]:
    """The events that have the right shape, and per other event (by id, else by place) what is wrong."""
    good: list[Event] = []
    refused: dict[str, str] = {}
    for number, item in enumerate(raw):
        try:
            good.append(Event.model_validate(item))
        except (ValidationError, OverflowError, OSError, RecursionError) as error:
            refused[_name(item, number)] = f"verkeerde vorm: {_field(error)}"
    return good, refused


def _name(item: Any, number: int) -> str:
    given = item.get("id") if isinstance(item, dict) else None
    return given if isinstance(given, str) and len(given) <= 64 else f"#{number}"


def _field(error: Exception) -> str:
    if isinstance(error, ValidationError):
        return ".".join(str(part) for part in error.errors()[0]["loc"]) or "geheel"
    return "at"
