"""What is known of activities, from what statements tell (1.0.3 part 2 section 2.4.4.1, part 3 section 2.5).

Written after the statements and apart from them, keys in order and only when there is something new: else every
statement about a popular activity would wait for the others (SQL LRS issue 250: deadlocks).
"""

import marshal
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Any

from django.db import transaction

from xapi.core.keys import activity_key
from xapi.core.rules import Json
from xapi.core.shapes import merged
from xapi.models import Activity
from xapi.rows import insert

_MOST = 20_000
_heard: dict[tuple[int, bytes], None] = {}  # what this process has written, or saw written


def _mark(activity: Json) -> tuple[int, bytes]:
    """Which activity, and a hash of what is told; marshal is the fastest way to bytes, and they go nowhere."""
    told = marshal.dumps(activity["definition"], 2)
    return activity_key(activity["id"]), blake2b(told, digest_size=16).digest()


def unheard(told: Sequence[Json]) -> list[Json]:
    """Of the activities in statements, those of which this process has not heard the definition before."""
    new = {}
    for activity in told:
        if (mark := _mark(activity)) not in _heard:
            new[mark] = activity
    return list(new.values())


def learn(told: Sequence[Json]) -> None:
    """Add what is told to what is known."""
    by_key: dict[int, Json] = {}
    for activity in told:
        key = activity_key(activity["id"])
        known = by_key.get(key, {}).get("definition", {})
        by_key[key] = {"id": activity["id"], "definition": merged(known, activity["definition"])}
    keys = sorted(by_key)
    with transaction.atomic():
        rows = [(key, by_key[key]["id"], "{}") for key in keys]
        insert(Activity, ("key", "iri", "definition"), rows, known='"key"')
        for row in Activity.objects.select_for_update().filter(key__in=keys).order_by("key"):
            definition = merged(row.definition, by_key[row.key]["definition"])
            if definition != row.definition:
                Activity.objects.filter(key=row.key).update(definition=definition)
    for activity in told:
        _heard[_mark(activity)] = None
    while len(_heard) > _MOST:
        del _heard[next(iter(_heard))]


def forget() -> None:
    """For tests: the tables are empty again."""
    _heard.clear()


def known_definition(iri: str) -> Json | None:
    """What the store knows of an activity; nothing is None."""
    found = Activity.objects.filter(key=activity_key(iri)).first()
    return found.definition or None if found else None


def known_definitions(iris: set[str]) -> dict[str, Json]:
    """Of many activities at once."""
    keys = [activity_key(iri) for iri in iris]
    rows: Iterable[tuple[str, Any]] = Activity.objects.filter(key__in=keys).values_list("iri", "definition")
    return {iri: definition for iri, definition in rows if definition}
