"""Each target knows a learner by another random name."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction

from xapi.core.rules import Json
from xapi.core.statements import actor as agent
from xapi.forwarding.models import Forward, ForwardName, ForwardTarget

_OF_THIS_STORE = ("stored", "authority", "version")  # the receiver says these itself


def own_name(agent: Json) -> uuid.UUID | None:
    """The random name that an agent has here, if it is one of ours."""
    account = agent.get("account")
    if not isinstance(account, dict) or account.get("homePage") != settings.BASE_URL:
        return None
    name = account.get("name")
    try:
        return uuid.UUID(name) if isinstance(name, str) and len(name) == 36 else None
    except ValueError:
        return None


def own_names_in(value: Any) -> Iterator[uuid.UUID]:
    """Every name of ours in a statement, wherever it stands."""
    if isinstance(value, dict):
        if found := own_name(value):
            yield found
        for inner in value.values():
            yield from own_names_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from own_names_in(inner)


def names_for(target: ForwardTarget, actors: Iterable[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """How this target knows these; a name is made at the first need."""
    wanted = set(actors)
    with transaction.atomic():
        ForwardTarget.objects.select_for_update().get(pk=target.pk)
        rows = ForwardName.objects.filter(target=target, actor__in=wanted).order_by("-pk")
        names = dict(rows.values_list("actor", "name"))  # the oldest comes last and counts
        made = [ForwardName(target=target, actor=actor) for actor in sorted(wanted - names.keys())]
        ForwardName.objects.bulk_create(made)
    return names | {row.actor: row.name for row in made}


def as_told(row: Forward, document: Json, names: Mapping[uuid.UUID, uuid.UUID]) -> Json:
    """What the target gets: the statement under its own names, or that a lesson was finished."""
    told: Json = renamed({name: value for name, value in document.items() if name not in _OF_THIS_STORE}, names)
    if row.document is not None and row.actor is not None:
        told["actor"] = agent(settings.BASE_URL, names[row.actor])
    return {**told, "id": str(row.statement_id)}


def renamed(value: Any, names: Mapping[uuid.UUID, uuid.UUID]) -> Any:
    if isinstance(value, dict):
        changed = {key: renamed(inner, names) for key, inner in value.items()}
        if (own := own_name(value)) in names and own is not None:
            changed["account"] = {**value["account"], "name": str(names[own])}
        return changed
    return [renamed(inner, names) for inner in value] if isinstance(value, list) else value
