"""Writes: targets, completions for organisations, dead letters, and what goes when a person goes."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from xapi.consistency import begin_writing
from xapi.forwarding.client import checked_address
from xapi.forwarding.models import LARGEST, Forward, ForwardName, ForwardTarget
from xapi.forwarding.outbox import completion_rows
from xapi.forwarding.queries import about, targets_of_organisations
from xapi.forwarding.sealing import seal
from xapi.models import seq_at


def create_target(*, name: str, kind: str, address: str, key: str, secret: str, **more: Any) -> ForwardTarget:
    """Another record store that gets what is written from now on. Raises ValueError for no address of one."""
    return ForwardTarget.objects.create(
        name=name, kind=kind, address=checked_address(address), sealed=seal(key, secret), **more
    )


def change_target(target: ForwardTarget, *, address: str, key: str = "", secret: str = "", **more: Any) -> None:
    """Another address or filter; and another key and secret when they are given. It is tried again at once.

    Raises ValueError for no address.
    """
    target.address = checked_address(address)
    if secret:
        target.sealed = seal(key, secret)
    for field, value in more.items():
        setattr(target, field, value)
    target.next_try_at, target.failures, target.error = None, 0, ""
    target.save(update_fields=["address", "sealed", "next_try_at", "failures", "error", *more])


def pause_target(target: ForwardTarget, *, paused: bool) -> None:
    """Send no more for now; what is written meanwhile waits. Or go on, at once."""
    ForwardTarget.objects.filter(pk=target.pk).update(
        paused_at=timezone.now() if paused else None, next_try_at=None, failures=0, error="", at_once=LARGEST
    )


@transaction.atomic
def end_target(target: ForwardTarget) -> bool:
    """Nothing goes there any more, and what waited goes nowhere. What was sent stays listed. False when it had ended.

    The secret is gone too.
    """
    ended = ForwardTarget.objects.filter(pk=target.pk, ended_at=None).update(ended_at=timezone.now(), sealed="")
    Forward.objects.filter(target=target, state=Forward.State.WAITING).delete()
    return bool(ended)


def retry_refused(target: ForwardTarget, seqs: Sequence[int] | None = None) -> int:
    """Send the dead letters once more, all or these; gives how many."""
    rows = Forward.objects.filter(target=target, state=Forward.State.REFUSED)
    if seqs is not None:
        rows = rows.filter(seq__in=seqs)
    with transaction.atomic():
        count = rows.update(state=Forward.State.TRIED, tries=0, error="")
        ForwardTarget.objects.filter(pk=target.pk).update(next_try_at=None)
    return count


def record_completion(*, actor: uuid.UUID, organisations: Iterable[int], activity: str, now: datetime) -> int:
    """Tell the targets of these organisations that a lesson was finished, in the transaction of the caller.

    They hear the day. It waits until that day is over, since the moment of sending would tell the hour.
    """
    targets = targets_of_organisations(organisations)
    if not targets:
        return 0
    day = timezone.localdate(now)
    rows = completion_rows(
        targets=targets,
        actor=actor,
        activity=activity,
        day=day,
        seq=seq_at(begin_writing(1)),
        held_until=_end_of(day),
    )
    return len(Forward.objects.bulk_create(rows))


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def forget_actors(names: Sequence[uuid.UUID], seqs: Iterable[int] = ()) -> dict[str, int]:
    """Delete from the outbox all about these names of ours, and their names at targets.

    What was sent is asked back before this (xapi.forwarding.recalls).
    """
    count = Forward.objects.filter(about(names, seqs)).delete()[0]
    known = ForwardName.objects.filter(actor__in=names).delete()[0]
    return {name: number for name, number in (("forwards", count), ("names at targets", known)) if number}


def rename_in_outbox(old: uuid.UUID, new: uuid.UUID) -> None:
    """Two learners turned out to be one."""
    Forward.objects.filter(actor=old).update(actor=new)
    ForwardName.objects.filter(actor=old).update(actor=new)
