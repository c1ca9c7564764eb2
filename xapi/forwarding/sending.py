"""Sending what waits for one target: in order, in batches, at least once.

The id of a statement makes the receiver take it once, so what may have arrived is simply sent again. Who sends has a
lease on the target; what a worker that died had, is free when the lease is over.
"""

import random
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from xapi import attachments
from xapi.consistency import consistent_through
from xapi.core import multipart
from xapi.core.comparison import same_statement
from xapi.core.multipart import sums_of
from xapi.core.parsing import canonical
from xapi.core.rules import Json
from xapi.forwarding.client import Lrs
from xapi.forwarding.models import LARGEST, Forward, ForwardTarget
from xapi.forwarding.names import as_told, names_for, own_names_in
from xapi.forwarding.sealing import Unreadable, unseal
from xapi.models import TIE_BITS, Statement, seq_at
from xapi.outgoing import Answer, NotReached

LEASE = timedelta(minutes=5)
MOST_BATCHES = 100  # in one turn
MOST_TRIES = 10  # of a statement that is said to be there and is not, or that only gets 5xx or no answer
IN_A_ROW = 20  # refusals, after which it is the receiver that is wrong, not the statements
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
_LONGEST_ASKED = timedelta(days=1)
_REFUSED = (400, 409, 413, 422)
State = Forward.State
Clock = Callable[[], datetime]


class Stopped(Exception):
    """No more goes to this target for now."""

    def __init__(self, error: str, *, wait: timedelta | None = None, smaller: bool = False) -> None:
        super().__init__(error)
        self.wait = wait
        self.smaller = smaller


@dataclass(frozen=True)
class Parcel:
    """A row of the outbox and what the target gets for it."""

    row: Forward
    told: Json
    source: Json


def send_to(pk: int, *, clock: Clock = timezone.now) -> int:
    """Send what waits for this target, at most so many batches; gives how many arrived. 0 when another sends."""
    turn = _Turn.take(pk, clock)
    return 0 if turn is None else turn.run()


class _Turn:
    """One turn of one worker at one target."""

    def __init__(self, target: ForwardTarget, lease: uuid.UUID, clock: Clock) -> None:
        self.target, self.lease, self.clock = target, lease, clock
        self.lrs: Lrs
        self.arrived = self.refused_in_a_row = 0
        self.most = LARGEST  # less once it said that a batch was too large

    @classmethod
    def take(cls, pk: int, clock: Clock) -> "_Turn | None":
        """None where another worker sends, or nothing may be sent now."""
        now, lease = clock(), uuid.uuid4()
        free = Q(leased_until=None) | Q(leased_until__lte=now)
        due = Q(next_try_at=None) | Q(next_try_at__lte=now)
        mine = ForwardTarget.objects.filter(free, due, pk=pk, ended_at=None, paused_at=None)
        if not mine.update(lease=lease, leased_until=now + LEASE):
            return None
        return cls(ForwardTarget.objects.get(pk=pk), lease, clock)

    def run(self) -> int:
        try:
            key, secret = unseal(self.target.sealed)
            self.lrs = Lrs(self.target.address, self.target.version, key, secret)
            self._send_all()
        except Stopped as stop:
            self._back_off(stop)
        except Unreadable:
            self._back_off(Stopped("the secret was kept under another SECRET_KEY", wait=_LONGEST_WAIT))
        finally:
            self._mine().update(lease=None, leased_until=None)
        return self.arrived

    def _mine(self) -> QuerySet[ForwardTarget]:
        return ForwardTarget.objects.filter(pk=self.target.pk, lease=self.lease)

    def _renew(self) -> None:
        """Before each request: whoever was stopped, ended or overtaken sends no more."""
        now = self.clock()
        going = self._mine().filter(ended_at=None, paused_at=None)
        if not self.target.holds_on(timezone.localdate(now)) or not going.update(leased_until=now + LEASE):
            raise _Over

    def _send_all(self) -> None:
        try:
            for _ in range(MOST_BATCHES):
                rows = self._next()
                if not rows:
                    break
                self._deliver(self._parcels(rows))
                if self.target.failures or self.target.at_once < self.most:
                    self._went_well()
        except _Over:
            pass

    def _next(self) -> list[Forward]:
        """The oldest that wait, up to where no open transaction can still put something in between."""
        return list(self._waiting().order_by("seq")[: self.target.at_once])

    def _waiting(self) -> QuerySet[Forward]:
        through = seq_at(consistent_through()) | ((1 << TIE_BITS) - 1)
        held = Q(held_until=None) | Q(held_until__lte=self.clock())
        pending = (State.WAITING, State.TRIED)
        return Forward.objects.filter(held, target=self.target, seq__lte=through, state__in=pending)

    def _parcels(self, rows: Iterable[Forward]) -> list[Parcel]:
        """What each of these is for the target; what was erased meanwhile goes from the outbox."""
        rows = list(rows)
        seqs = [row.seq for row in rows if row.document is None]
        documents = {one.seq: one.document for one in Statement.objects.filter(seq__in=seqs).only("seq", "document")}
        sources = [(row, row.document or documents.get(row.seq)) for row in rows]
        if gone := [row.seq for row, source in sources if source is None]:
            Forward.objects.filter(target=self.target, seq__in=gone).delete()
        there = [(row, source) for row, source in sources if source is not None]
        actors = {name for _, source in there for name in own_names_in(source)}
        actors |= {row.actor for row, _ in there if row.document is not None and row.actor is not None}
        names = names_for(self.target, actors)
        return [Parcel(row, as_told(row, source, names), source) for row, source in there]

    def _deliver(self, parcels: Sequence[Parcel]) -> None:
        """Send these; where the receiver refuses them together, first one half and then the other."""
        if not parcels:
            return
        try:
            answer = self._post(parcels)
            if answer.status not in (200, 204, *_REFUSED):
                raise self._stopped(answer)
        except Stopped as stop:
            if len(parcels) > 1 or not stop.smaller:
                raise
            self._stuck(parcels[0], stop)
            return
        if answer.status in (200, 204):
            self._keep(parcels)
        elif len(parcels) > 1:
            if answer.status == 413:
                self.target.at_once = self.most = len(parcels) // 2
                self._mine().update(at_once=self.most)
            middle = len(parcels) // 2
            self._deliver(parcels[:middle])
            self._deliver(parcels[middle:])
        elif answer.status == 409:
            self._compare(parcels[0])
        else:
            self._refuse(parcels[0], f"HTTP {answer.status}: {_words(answer)}")

    def _post(self, parcels: Sequence[Parcel]) -> Answer:
        self._renew()
        waiting = [one.row.seq for one in parcels if one.row.state == State.WAITING]
        if waiting:  # said before it is sent: whoever asks what was forwarded hears of it
            self._rows(waiting).update(state=State.TRIED)
        body, kind = canonical([one.told for one in parcels]).encode(), "application/json"
        if any(sums_of(one.source) for one in parcels):
            kind, body = multipart.write(body, attachments.read([one.source for one in parcels if "id" in one.source]))
        try:
            return self.lrs.post(body, kind)
        except NotReached as error:
            raise Stopped(str(error), smaller=True) from None

    def _rows(self, seqs: Sequence[int]) -> QuerySet[Forward]:
        return Forward.objects.filter(target=self.target, seq__in=seqs)

    def _keep(self, parcels: Sequence[Parcel]) -> None:
        now = self.clock()
        rows = self._rows([one.row.seq for one in parcels])
        rows.update(state=State.SENT, sent_at=now, error="", document=None, held_until=None)
        self._mine().update(sent_at=now)
        self.arrived += len(parcels)
        self.refused_in_a_row = 0

    def _compare(self, parcel: Parcel) -> None:
        """409 is fine where the receiver has the same; where it has nothing it is asked again, for some times."""
        self._renew()
        try:
            there = self.lrs.statement(str(parcel.row.statement_id))
        except NotReached as error:
            raise Stopped(str(error)) from None
        if there is None:
            if parcel.row.tries + 1 >= MOST_TRIES:
                self._refuse(parcel, "HTTP 409, and it is not there")
                return
            self._rows([parcel.row.seq]).update(tries=F("tries") + 1)
            raise Stopped("HTTP 409, and it is not there")
        if same_statement(there, parcel.told):
            self._keep([parcel])
        else:
            self._refuse(parcel, "HTTP 409: it has another statement with this id")

    def _stuck(self, parcel: Parcel, stop: Stopped) -> None:
        """One statement that breaks the receiver, or a receiver that is down? After some times those behind it tell.

        Where one of these arrives and this one still does not, it is laid aside; else all wait. Each time one more is
        asked, since the next can be as bad.
        """
        tries = parcel.row.tries + 1
        self._rows([parcel.row.seq]).update(tries=min(tries, MOST_TRIES + IN_A_ROW))
        if tries < MOST_TRIES:
            raise stop
        behind = self._waiting().filter(seq__gt=parcel.row.seq).order_by("seq")[: tries - MOST_TRIES + 1]
        if not any(self._arrives(one) for one in self._parcels(behind)):
            raise stop
        if not self._arrives(parcel):
            self._refuse(parcel, f"{tries} times: {stop}")

    def _arrives(self, parcel: Parcel) -> bool:
        try:
            arrived = self._post([parcel]).status in (200, 204)
        except Stopped:
            return False
        if arrived:
            self._keep([parcel])
        return arrived

    def _refuse(self, parcel: Parcel, error: str) -> None:
        """Into the dead letters; the next goes on. Too many in a row are the fault of the receiver."""
        self._rows([parcel.row.seq]).update(state=State.REFUSED, error=error[:200], tries=F("tries") + 1)
        self.refused_in_a_row += 1
        if self.refused_in_a_row >= IN_A_ROW:
            raise Stopped(f"it refuses everything: {error}")

    def _stopped(self, answer: Answer) -> Stopped:
        error = f"HTTP {answer.status}: {_words(answer)}"
        asked = _asked(answer.headers.get("retry-after", ""), self.clock())
        return Stopped(error, wait=asked, smaller=answer.status >= 500 and answer.status != 503)

    def _back_off(self, stop: Stopped) -> None:
        """Ever longer, up to an hour, and never all targets at the same moment."""
        longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(self.target.failures, 12))
        wait = longest * random.uniform(0.5, 1) if stop.wait is None else stop.wait  # noqa: S311
        at_once = max(self.target.at_once // 2, 1) if stop.smaller else self.target.at_once
        self._mine().update(
            failures=F("failures") + 1, error=str(stop)[:200], next_try_at=self.clock() + wait, at_once=at_once
        )

    def _went_well(self) -> None:
        """After a batch that arrived: no failure stands, and the next one may be twice as large."""
        if self.refused_in_a_row:
            return
        self.target.failures, self.target.at_once = 0, min(self.target.at_once * 2, self.most)
        self._mine().update(failures=0, error="", next_try_at=None, at_once=self.target.at_once)


class _Over(Exception):
    """The turn is over: paused, ended, or another worker has it."""


def _asked(value: str, now: datetime) -> timedelta | None:
    """How long the receiver asks to wait (RFC 9110, section 10.2.3), at most a day."""
    if value.strip().isdigit():
        return min(timedelta(seconds=int(value.strip()[:9])), _LONGEST_ASKED)
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), _LONGEST_ASKED)


def _words(answer: Answer) -> str:
    """The first words of an answer, for the administrator."""
    return " ".join(answer.body[:400].decode(errors="replace").replace("\0", "").split())[:150]
