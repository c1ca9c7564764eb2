"""Reads of what is sent on."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Min, Q
from django.utils import timezone

from xapi.forwarding.models import Forward, ForwardName, ForwardTarget
from xapi.models import EPOCH, TIE_BITS

_PENDING = (Forward.State.WAITING, Forward.State.TRIED)


@dataclass(frozen=True)
class Standing:
    """How it goes with a target: what waits, since when, what it refused, what it was asked back."""

    target: ForwardTarget
    waiting: int
    oldest: datetime | None
    refused: int
    recalls: int  # erasures that its operator still has to do too


def standings(only: int | None = None) -> list[Standing]:
    """Every target, those in force first, or this one."""
    found = ForwardTarget.objects.order_by(F("ended_at").asc(nulls_first=True), "name", "pk")
    return [_standing(target) for target in (found if only is None else found.filter(pk=only))]


def _standing(target: ForwardTarget) -> Standing:
    waiting = Forward.objects.filter(target=target, state__in=_PENDING).aggregate(count=Count("seq"), oldest=Min("seq"))
    refused = Forward.objects.filter(target=target, state=Forward.State.REFUSED).count()
    oldest = None if waiting["oldest"] is None else moment_of(waiting["oldest"])
    recalls = target.recalls.filter(done_at=None).count()
    return Standing(target, waiting["count"], oldest, refused, recalls)


def lags() -> list[Standing]:
    """How it goes with every target in force, by name, in three queries; recalls are not counted."""
    targets = list(ForwardTarget.objects.filter(ended_at=None).order_by("name", "pk"))
    mine = Forward.objects.filter(target__in=targets).order_by().values("target")
    waits = {
        row["target"]: row for row in mine.filter(state__in=_PENDING).annotate(count=Count("seq"), first=Min("seq"))
    }
    refused = mine.filter(state=Forward.State.REFUSED).annotate(count=Count("seq"))
    letters = {row["target"]: row["count"] for row in refused}
    found = []
    for target in targets:
        waiting = waits.get(target.pk)
        oldest = moment_of(waiting["first"]) if waiting else None
        found.append(Standing(target, waiting["count"] if waiting else 0, oldest, letters.get(target.pk, 0), 0))
    return found


def moment_of(seq: int) -> datetime:
    """When what has this place in the order was written."""
    return EPOCH + timedelta(microseconds=seq >> TIE_BITS)


def refused_by(target: ForwardTarget, most: int = 100) -> list[Forward]:
    """The dead letters of a target, oldest first."""
    return list(Forward.objects.filter(target=target, state=Forward.State.REFUSED).order_by("seq")[:most])


def targets_due(now: datetime) -> list[int]:
    """To which something can be sent now."""
    due = Q(next_try_at=None) | Q(next_try_at__lte=now)
    free = Q(leased_until=None) | Q(leased_until__lte=now)
    held = Q(held_until=None) | Q(held_until__lte=now)
    waits = Forward.objects.filter(held, state__in=_PENDING).values("target")
    targets = ForwardTarget.objects.filter(due, free, ended_at=None, paused_at=None, pk__in=waits).order_by("pk")
    return [target.pk for target in targets if target.holds_on(timezone.localdate(now))]


def organisations_told() -> set[int]:
    """The organisations (numbers) that have a target of their own in force."""
    found = ForwardTarget.objects.filter(ended_at=None, kind=ForwardTarget.Kind.ORGANISATION)
    return {number for number in found.values_list("organisation", flat=True) if number is not None}


def targets_of_organisations(numbers: Iterable[int]) -> list[ForwardTarget]:
    """Their targets in force, by name."""
    found = ForwardTarget.objects.filter(ended_at=None, organisation__in=list(numbers))
    return list(found.order_by("name", "pk"))


def targets_told_all() -> list[ForwardTarget]:
    """Those that get whole statements today, by name: for 'Wie ziet wat?'."""
    found = ForwardTarget.objects.filter(ended_at=None).exclude(kind=ForwardTarget.Kind.ORGANISATION)
    return [target for target in found.order_by("name", "pk") if target.holds_on(timezone.localdate())]


@dataclass(frozen=True)
class Forwarded:
    """What a target got about a person: under which names, the ids, and those that may have arrived."""

    target: ForwardTarget
    names: list[uuid.UUID]
    sent: list[uuid.UUID]
    perhaps: list[uuid.UUID]
    last: datetime | None


def about(names: Sequence[uuid.UUID], seqs: Iterable[int] = ()) -> Q:
    """Rows of the outbox about these names of ours, or with these statements; with the targets, for the index."""
    targets = list(ForwardTarget.objects.values_list("pk", flat=True))
    return Q(actor__in=names) | Q(target__in=targets, seq__in=list(seqs))


def forwarded_of(names: Sequence[uuid.UUID], seqs: Iterable[int] = ()) -> list[Forwarded]:
    """What was sent on about a person, per target; `names`: our own random names of the person.

    `seqs`: statements in which they stand in another way than as the actor. What waits was not sent, and is not here.
    """
    rows = Forward.objects.filter(about(names, seqs)).exclude(state=Forward.State.WAITING).select_related("target")
    found: dict[int, list[Forward]] = {}
    for row in rows.order_by("target", "seq"):
        found.setdefault(row.target_id, []).append(row)
    known: dict[int, list[uuid.UUID]] = {}
    for name in ForwardName.objects.filter(actor__in=names).order_by("pk"):
        known.setdefault(name.target_id, []).append(name.name)
    return [
        Forwarded(
            target=rows[0].target,
            names=known.get(pk, []),
            sent=[row.statement_id for row in rows if row.state == Forward.State.SENT],
            perhaps=[row.statement_id for row in rows if row.state != Forward.State.SENT],
            last=max((row.sent_at for row in rows if row.sent_at), default=None),
        )
        for pk, rows in found.items()
    ]
