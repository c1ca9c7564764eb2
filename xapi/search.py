"""The search for statements, in a question to the database or two (1.0.3 part 3 section 2.1.3; IEEE 9274.1.1, 4.1.6.1).

In SQL: to build the same with query sets took longer than the database took to answer (docs/decisions/0034). Nothing
from outside stands in a text here; it goes along as a value.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone

from xapi.core.keys import Role, verb_key
from xapi.core.packing import unpack
from xapi.core.parameters import Wanted
from xapi.core.validation import VOIDED
from xapi.ids import table_of_ids
from xapi.models import EPOCH, LAST, TIE_BITS, Statement, seq_at
from xapi.partitions import Month, has_parts

MOST = 100
Clients = Sequence[int] | None  # whose statements may be seen; None is everybody's
Part = tuple[str, tuple[Any, ...]]  # a piece of SQL, and the values for its places
Way = tuple[int, str | Role] | None  # a key, and the column or role to look for it in; None asks nothing
Pair = tuple[Way, Sequence[Way]]  # for the agent, and for the activity: any of these

_REGISTRATION = Statement._meta.get_field("registration")
# Nothing voids it; a voiding statement itself cannot be voided (section 2.3.2).
NOT_VOIDED: Part = (
    "(s.verb_key = %s OR NOT EXISTS (SELECT 1 FROM xapi_reference v WHERE v.target = s.id AND v.voids))",
    (verb_key(VOIDED),),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of statements as text, newest first unless asked otherwise; `cursor` leads to the next."""

    texts: list[str]
    cursor: int | None
    seqs: Sequence[int] = ()  # of each text


def find_statements(
    wanted: Wanted,
    *,
    clients: Clients = None,
    author: int | None = None,
    through: datetime,
    only: Part = NOT_VOIDED,
    most: int = MOST,
) -> Page:
    """One page by keyset on `seq`, so that later pages cost what the first costs, and writes move nothing.

    `author` is the credential whose authority is the agent that is asked for, if it is one of ours. `only` is asked of
    every statement `s`, `most` is how many a page may hold at most; both are for who looks from inside (xapi.looking).
    Each way in which a statement can fit is a search of its own that follows an index; their results are merged.
    """
    size = min(wanted.limit or most, most)
    order = f"{'ASC' if wanted.ascending else 'DESC'} LIMIT {size + 1}"
    found: dict[int, bytes] = {}
    for span in _spans(wanted, through):
        searches = [
            (f"SELECT * FROM ({text} {order}) AS w{number}", values)  # noqa: S608
            for number, (text, values) in enumerate(_searches(wanted, clients, author, span, only))
        ]
        with connection.cursor() as cursor:
            cursor.execute(*_joined(" UNION ALL ", searches))
            found.update(cursor.fetchall())
        if len(found) > size:
            break
    seqs = sorted(found, reverse=not wanted.ascending)
    seqs, more = seqs[:size], len(seqs) > size
    return Page([unpack(found[seq]) for seq in seqs], seqs[-1] if more else None, seqs)


def _spans(wanted: Wanted, through: datetime) -> Iterator[tuple[int, int]]:
    """Where to look, and where then if the page is not full: in the month of the newest that can be there and the one
    before, which most pages come from, and then in all before. A database in parts thinks about each part."""
    if (span := _span(wanted, through)) is None:
        return
    low, high = span
    sparse = wanted.agent is not None or wanted.registration is not None  # some, over all months
    if has_parts() and not (wanted.ascending or sparse) and high > 0:
        newest = min(EPOCH + (high >> TIE_BITS) * timedelta(microseconds=1), timezone.now())
        cut = Month.of(newest).previous.span[0]
        if low < cut:
            yield cut, high
            yield low, cut - 1
            return
    yield span


def _span(wanted: Wanted, through: datetime) -> tuple[int, int] | None:
    """The first and last `seq` that can be on the page; None for nothing."""
    low, high = 0, LAST
    if wanted.since:
        low = max(low, seq_at(wanted.since) + (1 << TIE_BITS))
    if not wanted.ascending:  # what comes later than this is not there yet: nobody looks into months to come
        high = seq_at(max(through, timezone.now()) + timedelta(days=1))
    if wanted.until:
        high = min(high, seq_at(wanted.until) + (1 << TIE_BITS) - 1)
    if wanted.ascending:  # what is stored while others still write comes on a later page, not before this one
        high = min(high, seq_at(through + timedelta(microseconds=1)) - 1)
    if wanted.cursor is not None:
        low, high = (max(low, wanted.cursor + 1), high) if wanted.ascending else (low, min(high, wanted.cursor - 1))
    return (low, high) if low <= high <= LAST else None


def _searches(
    wanted: Wanted, clients: Clients, author: int | None, span: tuple[int, int], only: Part
) -> Iterator[Part]:
    """Searches that together find all that fits, each ending in the column to put it in order by."""
    pairs = list(_pairs(wanted))
    for pair in pairs:
        yield _search(wanted, clients, pair, span, only)
    if author is not None and wanted.related_agents:
        yield _search(wanted, clients, ((author, "credential"), _activity_ways(wanted)), span, only)
    if wanted.by_content:
        yield _through_references(wanted, clients, pairs, span, only)


def _pairs(wanted: Wanted) -> Iterator[Pair]:
    """An agent leads to few statements, of which it is then seen whether the activity is in it in any way."""
    activities = _activity_ways(wanted)
    for agent in _agent_ways(wanted):
        if agent is None:
            yield from ((None, [way]) for way in activities)
        else:
            yield agent, activities


def _agent_ways(wanted: Wanted) -> list[Way]:
    if wanted.agent is None:
        return [None]
    places: list[str | Role] = ["agent_key", Role.DIRECT_AGENT]
    places += [Role.RELATED_AGENT] if wanted.related_agents else []
    return [(wanted.agent, place) for place in places]


def _activity_ways(wanted: Wanted) -> list[Way]:
    if wanted.activity is None:
        return [None]
    places: list[str | Role] = ["activity_key"]
    places += ["context_key", Role.RELATED_ACTIVITY] if wanted.related_activities else []
    return [(wanted.activity, place) for place in places]


def _search(wanted: Wanted, clients: Clients, pair: Pair, span: tuple[int, int], only: Part) -> Part:
    """Through the table of related keys when one is asked for, since that has them in order; else by a column."""
    agent, activities = pair
    for way, rest in ((agent, (None, activities)), (activities[0] if agent is None else None, (None, [None]))):
        if way and isinstance(way[1], Role):
            return _select(
                "r.seq",
                "xapi_related r JOIN xapi_statement s ON s.seq = r.seq",
                [('r."key" = %s AND r.role = %s', (way[0], way[1].value))],
                [_in_span(span), *_fits(wanted, clients, rest, "s", led=True), only],
                span,
            )
    return _select("s.seq", "xapi_statement s", [], [*_fits(wanted, clients, pair, "s"), only], span)


def _in_span(span: tuple[int, int]) -> Part:
    """Said of the statement too: a database in parts does not conclude it from what it is joined with."""
    return "s.seq BETWEEN %s AND %s", span


def _select(seq: str, source: str, first: Sequence[Part], then: Sequence[Part], span: tuple[int, int]) -> Part:
    where, values = _joined(" AND ", [*first, (f"{seq} BETWEEN %s AND %s", span), *then])
    return f"SELECT {seq}, s.document FROM {source} WHERE {where} ORDER BY {seq}", values  # noqa: S608


def _through_references(
    wanted: Wanted, clients: Clients, pairs: Sequence[Pair], span: tuple[int, int], only: Part
) -> Part:
    """What refers to a statement that fits is found by what that one says (section 2.1.3)."""
    fits, values = _joined(" OR ", [_joined(" AND ", _fits(wanted, clients, pair, "t")) for pair in pairs])
    there = f"{table_of_ids()} i JOIN xapi_statement t ON t.seq = i.seq"
    about: Part = (f"EXISTS (SELECT 1 FROM {there} WHERE i.id = f.target AND ({fits}))", values)  # noqa: S608
    own = [] if clients is None else [_of_clients("s", clients, led=True)]
    where, values = _joined(" AND ", [("f.seq BETWEEN %s AND %s", span), _in_span(span), about, *own, only])
    source = "xapi_reference f JOIN xapi_statement s ON s.seq = f.seq"
    return f"SELECT DISTINCT f.seq, s.document FROM {source} WHERE {where} ORDER BY f.seq", values  # noqa: S608


def _fits(wanted: Wanted, clients: Clients, pair: Pair, table: str, *, led: bool = False) -> list[Part]:
    """What is asked, as conditions on a statement; only the first of them may lead the database (`led`: none may).

    A registration has few statements, an agent or activity some, a verb or client very many: whoever begins at the
    verb reads a third of all. A database without statistics cannot know, so it is told: of a sum there is no index to
    begin with. The indexes of activities have the verb as such a sum in the end, since a lesson can have very many.
    """
    parts: list[Part] = []
    if wanted.registration is not None:
        given = _REGISTRATION.get_db_prep_value(uuid.UUID(wanted.registration), connection)
        parts.append((f"{table}.registration = %s", (given,)))
    led = led or bool(parts)
    agent, activities = pair
    if agent is not None:
        parts.append(_in_way(agent, table, led=led))
        led = True
    if ways := [way for way in activities if way is not None]:
        any_way = _joined(" OR ", [_in_way(way, table, led=led) for way in ways])
        parts.append((f"({any_way[0]})", any_way[1]))
        led = True
    if wanted.verb is not None:
        parts.append(_is(f"{table}.verb_key", wanted.verb, led=led))
        led = True
    if clients is not None:
        parts.append(_of_clients(table, clients, led=led))
    return parts


def _in_way(way: tuple[int, str | Role], table: str, *, led: bool) -> Part:
    key, place = way
    if not isinstance(place, Role):
        return _is(f"{table}.{place}", key, led=led)
    related = f'SELECT 1 FROM xapi_related x WHERE x."key" = %s AND x.role = %s AND x.seq = {table}.seq'  # noqa: S608
    return f"EXISTS ({related})", (key, place.value)


def _is(column: str, value: int, *, led: bool) -> Part:
    return f"{column}{' + 0' if led else ''} = %s", (value,)


def _of_clients(table: str, clients: Sequence[int], *, led: bool) -> Part:
    """At least one client: the key that asks is one of its organisation's."""
    if len(clients) == 1:
        return _is(f"{table}.credential", clients[0], led=led)
    return f"{table}.credential{' + 0' if led else ''} IN ({', '.join(['%s'] * len(clients))})", tuple(clients)


def _joined(word: str, parts: Iterable[Part]) -> Part:
    parts = list(parts)
    return word.join(text for text, _ in parts), tuple(value for _, values in parts for value in values)
