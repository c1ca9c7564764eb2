"""What goes into the outbox, in the transaction that writes the statements themselves."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from xapi.core.rules import Json
from xapi.core.statements import ACTIVITY_TYPES, VERBS
from xapi.forwarding.models import Forward, ForwardTarget
from xapi.forwarding.names import own_name
from xapi.rows import insert

_COLUMNS = ("target", "seq", "statement_id", "actor", "state", "tries", "error")
_TARGETS = "SELECT * FROM xapi_forwardtarget WHERE ended_at IS NULL AND kind <> %s"  # by hand: for every batch
New = tuple[int, uuid.UUID, Json]


def fill(statements: Sequence[New], credential: int | None) -> None:
    """Keep for each target which of these new statements (seq, id, whole) go to it. One query when there is none."""
    if not statements:
        return
    today = timezone.localdate()
    targets = ForwardTarget.objects.raw(_TARGETS, [ForwardTarget.Kind.ORGANISATION.value])
    rows = [
        (target.pk, seq, statement_id, own_name(whole["actor"]), Forward.State.WAITING.value, 0, "")
        for target in targets
        if target.holds_on(today) and (credential is None or target.of_clients)
        for seq, statement_id, whole in statements
        if _wanted(whole, target)
    ]
    if rows:
        insert(Forward, _COLUMNS, rows, known="target_id, seq")


def _wanted(whole: Json, target: ForwardTarget) -> bool:
    """Whether the filter of the target lets it through."""
    verbs, activities = target.verbs.split(), target.activities.split()
    about: Any = whole["object"].get("id", "")
    return (not verbs or whole["verb"]["id"] in verbs) and (not activities or about.startswith(tuple(activities)))


def completion_rows(
    *, targets: Iterable[ForwardTarget], actor: uuid.UUID, activity: str, day: date, seq: int, held_until: datetime
) -> list[Forward]:
    """That a lesson was finished, for the targets of an organisation: which, on which day, and nothing more."""
    document: Any = {
        "verb": {"id": VERBS["completed"][0]},
        "object": {"id": activity, "definition": {"type": ACTIVITY_TYPES["lesson"]}},
        "timestamp": f"{day.isoformat()}T00:00:00Z",
    }
    return [
        Forward(
            target=target,
            seq=seq,
            statement_id=uuid.uuid4(),  # of its own: with the one of the event, two stores could be laid side by side
            actor=actor,
            document=document,
            held_until=held_until,
        )
        for target in targets
    ]
