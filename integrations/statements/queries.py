"""Statements as an administrator sees them. Names of people are not in the store; who is who stays in `people`."""

import json
import uuid
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.dateparse import parse_datetime

from integrations.statements.forms import agent_parameter
from people.models import Pseudonym, User
from xapi.core.statements import VERBS
from xapi.forwarding.names import own_name
from xapi.looking import client_names, is_referred_to, statement_of, voided_by
from xapi.models import Statement
from xapi.search import Page

SHOWN = 50
_LABELS = dict(VERBS.values())


@dataclass(frozen=True, slots=True)
class Link:
    """A word, and the filter that finds more of the same; `address` is empty when there is none."""

    text: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One statement in a list."""

    id: str
    seq: str  # a script would round a number of this size
    stored: Any
    who: Link
    verb: Link
    what: Link
    registration: Link | None


def rows_of(page: Page) -> list[Row]:
    return [_row(json.loads(text), seq) for text, seq in zip(page.texts, page.seqs, strict=True)]


def _row(document: dict[str, Any], seq: int) -> Row:
    registration = document.get("context", {}).get("registration")
    return Row(
        id=document["id"],
        seq=str(seq),
        stored=parse_datetime(document["stored"]),
        who=who(document["actor"]),
        verb=_verb(document["verb"]),
        what=what(document["object"]),
        registration=_link(str(registration), registration=registration) if registration else None,
    )


def who(agent: dict[str, Any]) -> Link:
    """A random name, an address or an account elsewhere."""
    found = agent_parameter(agent)
    text = agent.get("account", {}).get("name") or agent.get("name") or found or "Een groep zonder naam"
    return _link(str(text), agent=found) if found else Link(str(text))


def what(thing: dict[str, Any]) -> Link:
    """An activity leads to more about it, a reference to its statement, an agent to what it did."""
    kind = thing.get("objectType", "Activity")
    if kind == "StatementRef":
        return Link(f"Statement {thing['id']}", reverse("statement", args=[str(thing["id"]).lower()]))
    if kind in ("Agent", "Group"):
        return who(thing)
    if kind == "SubStatement":
        return Link("Een statement in dit statement")
    names = thing.get("definition", {}).get("name", {})
    return _link(str(names.get("nl") or next(iter(names.values()), "") or thing["id"]), activity=thing["id"])


def _verb(verb: dict[str, Any]) -> Link:
    display = verb.get("display", {})
    label = _LABELS.get(verb["id"]) or display.get("nl") or next(iter(display.values()), "") or verb["id"]
    return _link(str(label), verb=verb["id"])


def _link(text: str, **filters: Any) -> Link:
    return Link(text[:200], f"{reverse('statements')}?{urlencode(filters)}")


@dataclass(frozen=True, slots=True)
class Whole:
    """One statement with all it says, and where to go from there."""

    row: Row
    text: str
    client: str
    context: list[Link]
    voided_by: list[Link]
    refers: Link | None
    person: User | None


def whole(statement_id: uuid.UUID) -> Whole | None:
    """A statement, voided or not; None when there is none."""
    found = statement_of(statement_id)
    if found is None:
        return None
    voiding = [Link(str(one), reverse("statement", args=[one])) for one in voided_by(found.id)]
    refers = _link("Wat hiernaar verwijst", refers=found.id, voided="ook") if is_referred_to(found.id) else None
    document = found.document
    return Whole(
        row=_row(document, found.seq),
        text=json.dumps(document, ensure_ascii=False, indent=2),
        client=_client(found),
        context=_context(document.get("context", {})),
        voided_by=voiding,
        refers=refers,
        person=person_called(own_name(document["actor"])),
    )


def person_called(name: uuid.UUID | None) -> User | None:
    """Who has this random name here, so that a look at them is told to them."""
    found = Pseudonym.objects.filter(name=name).select_related("user").first() if name else None
    return found.user if found else None


def _client(statement: Statement) -> str:
    if statement.credential is None:
        return "Kortwijs zelf"
    return client_names().get(statement.credential, f"Nummer {statement.credential}, is er niet meer")


def _context(context: dict[str, Any]) -> list[Link]:
    """Where to go from the context: people in it, and the activities around this one."""
    links = [who(context[name]) for name in ("instructor", "team") if name in context]
    for found in context.get("contextActivities", {}).values():
        links += [what(one) for one in ([found] if isinstance(found, dict) else found)]
    if "statement" in context:
        links.append(what(context["statement"]))
    return links
