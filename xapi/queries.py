"""Reads from the record store."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import Exact, In

from xapi.core.keys import Role, verb_key
from xapi.core.parameters import Wanted
from xapi.core.rules import Json
from xapi.core.validation import VOIDED
from xapi.models import LAST, TIE_BITS, Credential, Reference, Related, Statement, seq_at

MOST = 100
_VOIDING = verb_key(VOIDED)
Row = tuple[int, str]
Clients = Sequence[int] | None  # whose statements may be seen; None is everybody's


@dataclass(frozen=True, slots=True)
class Page:
    """A page of statements as text, newest first unless asked otherwise; `cursor` leads to the next."""

    texts: list[str]
    cursor: int | None


def find_statements(wanted: Wanted, *, clients: Clients = None, author: int | None = None, through: datetime) -> Page:
    """One page by keyset on `seq`, so that later pages cost what the first costs, and writes move nothing.

    `author` is the credential whose authority is the agent that is asked for, if it is one of ours.
    Each way in which a statement can fit is a search of its own that follows an index; their results are merged.
    """
    size = min(wanted.limit or MOST, MOST)
    span = _span(wanted, through)
    if span is None:
        return Page([], None)
    found: dict[int, str] = {}
    for rows, prefix in _searches(wanted, clients, author):
        at = "seq" if not prefix else "statement_id"
        rows = rows.filter(_not_voided(prefix), **{f"{at}__gte": span[0], f"{at}__lte": span[1]})
        rows = rows.order_by(at if wanted.ascending else f"-{at}")
        found.update(rows.values_list(at, Cast(f"{prefix}document", TextField()))[: size + 1])
    order = sorted(found, reverse=not wanted.ascending)
    return Page([found[seq] for seq in order[:size]], order[size - 1] if len(order) > size else None)


def _span(wanted: Wanted, through: datetime) -> tuple[int, int] | None:
    """The first and last `seq` that can be on the page; None for nothing."""
    low, high = 0, LAST
    if wanted.since:
        low = max(low, seq_at(wanted.since) + (1 << TIE_BITS))
    if wanted.until:
        high = min(high, seq_at(wanted.until) + (1 << TIE_BITS) - 1)
    if wanted.ascending:  # what is stored while others still write comes on a later page, not before this one
        high = min(high, seq_at(through + timedelta(microseconds=1)) - 1)
    if wanted.cursor is not None:
        low, high = (max(low, wanted.cursor + 1), high) if wanted.ascending else (low, min(high, wanted.cursor - 1))
    return (low, high) if low <= high <= LAST else None


def _searches(wanted: Wanted, clients: Clients, author: int | None) -> Iterator[tuple[QuerySet[Any], str]]:
    """Query sets that together find all that fits, each with the way from its rows to the statement."""
    ways = list(product(_agent_ways(wanted), _activity_ways(wanted)))
    for pair in ways:
        yield _search(wanted, clients, pair)
    if author is not None and wanted.related_agents:
        for way in _activity_ways(wanted):
            yield _search(wanted, clients, ((author, "credential"), way))
    if wanted.by_content:
        fits = Q()
        for pair in ways:
            fits |= _fits(pair, "")
        targets = Statement.objects.filter(_plain(wanted, clients, ""), fits, id=OuterRef("target_id"))
        own = Q() if clients is None else Q(statement__credential__in=clients)
        yield Reference.objects.filter(Exists(targets)).filter(own).distinct(), "statement__"


def _plain(wanted: Wanted, clients: Clients, prefix: str, indexed: bool = True) -> Q:
    """What is asked beside agent and activity. `indexed=False` keeps the database from beginning here.

    A registration has few statements, an agent or activity some, a verb or client very many: whoever begins at the
    verb reads a third of all. Without statistics a database cannot know, so it is told: of a sum it has no index.
    """
    plain = Q()
    if wanted.registration is not None:
        plain &= Q(**{f"{prefix}registration": wanted.registration})
        indexed = False
    if wanted.verb is not None:
        plain &= _is(f"{prefix}verb_key", wanted.verb, indexed)
        indexed = False
    if clients is not None:
        column = f"{prefix}credential"
        plain &= Q(**{f"{column}__in": clients}) if indexed else Q(In(F(column) + 0, clients))
    return plain


def _is(column: str, value: int, indexed: bool) -> Q:
    return Q(**{column: value}) if indexed else Q(Exact(F(column) + 0, value))


Way = tuple[int, str | Role] | None  # a key, and the column or role to look for it in; None asks nothing


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


def _search(wanted: Wanted, clients: Clients, pair: tuple[Way, Way]) -> tuple[QuerySet[Any], str]:
    """Through the table of related keys when one is asked for, since that has them in order; else by a column."""
    for number, way in enumerate(pair):
        if way and isinstance(way[1], Role):
            rest: tuple[Way, Way] = (None, pair[1]) if number == 0 else (pair[0], None)
            rows = Related.objects.filter(key=way[0], role=way[1])
            plain = _plain(wanted, clients, "statement__", indexed=False)
            return rows.filter(plain, _fits(rest, "statement__", indexed=False)), "statement__"
    indexed = pair == (None, None)
    fits = _fits(pair, "", indexed=wanted.registration is None)
    return Statement.objects.filter(_plain(wanted, clients, "", indexed), fits), ""


def _fits(pair: tuple[Way, Way], prefix: str, indexed: bool = True) -> Q:
    fits = Q()
    for way in pair:
        if way and isinstance(way[1], Role):
            inner = Related.objects.filter(key=way[0], role=way[1], statement_id=OuterRef(f"{prefix}seq"))
            fits &= Q(Exists(inner))
        elif way:
            fits &= _is(f"{prefix}{way[1]}", way[0], indexed)
            indexed = False
    return fits


def _not_voided(prefix: str) -> Q:
    """Nothing refers to it to void it; a voiding statement itself cannot be voided (section 2.3.2)."""
    voiding = Reference.objects.filter(target_id=OuterRef(f"{prefix}id"), voids=True)
    return Q(**{f"{prefix}verb_key": _VOIDING}) | Q(~Exists(voiding))


def statement_by_id(statement_id: str, *, voided: bool = False, clients: Clients = None) -> Statement | None:
    """The statement with this id, if it is voided or not, as asked."""
    found = Statement.objects.filter(id=statement_id)
    if clients is not None:
        found = found.filter(credential__in=clients)
    fits = _not_voided("")
    return found.filter(~fits if voided else fits).first()


def names_of(agent_key: int, clients: Clients = None) -> list[str]:
    """The names that an agent has in its latest statements."""
    rows = Statement.objects.filter(agent_key=agent_key).order_by("-seq")
    if clients is not None:
        rows = rows.filter(credential__in=clients)
    actors: list[Json] = [row.document["actor"] for row in rows.only("document")[:MOST]]
    return list(dict.fromkeys(actor["name"] for actor in actors if "name" in actor))


def clients_of(credential: Credential) -> Clients:
    """Whose statements a client may see: everybody's, or those of the clients of its organisation."""
    if credential.organisation is None:
        return None
    return list(Credential.objects.filter(organisation=credential.organisation).values_list("id", flat=True))


def credential_by_key(key: str) -> Credential | None:
    """The credential with this key, if it is in force."""
    try:
        found = Credential.objects.filter(key=uuid.UUID(key), ended_at=None)
    except ValueError:
        return None
    return next(iter(found), None)  # there is one at most; first() would sort, at each request


def reader_names() -> list[str]:
    """The systems that can read the record store now."""
    rows = Credential.objects.filter(ended_at=None, organisation=None).order_by("name")
    return [row.name for row in rows if row.may("statements/read")]
