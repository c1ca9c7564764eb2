"""Asking back what other record stores got of somebody who is erased here (AVG art. 19).

xAPI knows no deleting. So each statement is voided there, by the outbox as all else; and it is listed for the
administrator, who asks the operator of that store to delete what is under these names.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from xapi.consistency import begin_writing
from xapi.core.formats import written
from xapi.core.validation import VOIDED
from xapi.forwarding.models import Forward, ForwardRecall, ForwardTarget
from xapi.forwarding.queries import Forwarded, forwarded_of
from xapi.models import TIE_BITS, seq_at


def ask_back(names: Sequence[uuid.UUID], seqs: Iterable[int]) -> int:
    """Before the rows of the outbox go: what was sent, or may have arrived, is asked back; gives how much.

    In the transaction of who erases.
    """
    told = forwarded_of(names, seqs)
    for one in told:
        _ask(one)
    return sum(len(_ids(one)) for one in told)


def _ids(one: Forwarded) -> list[uuid.UUID]:
    return [*one.sent, *one.perhaps]


def _ask(one: Forwarded) -> None:
    ids = _ids(one)
    ForwardRecall.objects.create(
        target=one.target,
        names="\n".join(map(str, one.names)),
        statements="\n".join(map(str, ids)),
        count=len(ids),
        asked_at=timezone.now(),
    )
    if one.target.holds_on(timezone.localdate()):
        Forward.objects.bulk_create(_voiding(one.target, ids))


def _voiding(target: ForwardTarget, ids: Sequence[uuid.UUID]) -> list[Forward]:
    """In the outbox behind all that waits, and of nobody; the ids say what they void, until they are sent."""
    first = seq_at(begin_writing(len(ids)))
    return [
        Forward(target=target, seq=first + (number << TIE_BITS), statement_id=uuid.uuid4(), document=_void(one))
        for number, one in enumerate(ids)
    ]


def _void(statement_id: uuid.UUID) -> Any:
    return {
        "actor": {"objectType": "Agent", "account": {"homePage": settings.BASE_URL, "name": "kortwijs"}},
        "verb": {"id": VOIDED, "display": {"nl": "ongeldig verklaard"}},
        "object": {"objectType": "StatementRef", "id": str(statement_id)},
        "timestamp": written(timezone.now()),
    }


def open_recalls(target: ForwardTarget) -> "QuerySet[ForwardRecall]":
    """What the operator of this store still has to delete, the oldest first."""
    return target.recalls.filter(done_at=None).order_by("asked_at", "pk")


def end_recalls(target: ForwardTarget, keys: Iterable[int]) -> int:
    """The operator said that these are gone: so are the names and ids here. Gives how many."""
    return open_recalls(target).filter(pk__in=list(keys)).update(done_at=timezone.now(), names="", statements="")
