"""What a statement can be found by: 64-bit keys of the agents, activities and verb in it.

A key is a hash, so that an index entry has 8 bytes whatever the IRI. Sources: 1.0.3 part 3 section 2.1.3 (which
agents and activities a filter looks at); IEEE 9274.1.1 section 4.1.6.1.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from hashlib import blake2b

from xapi.core.contexts import ROLES
from xapi.core.rules import Json


class Role(IntEnum):
    """How an agent or activity stands in a statement of which it is not the actor or object itself."""

    DIRECT_AGENT = 1  # the object, or a member of the actor or object group: found by `agent`
    RELATED_AGENT = 2  # found by `agent` with `related_agents`
    RELATED_ACTIVITY = 3  # found by `activity` with `related_activities`


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of one statement; `related` has no pair twice.

    Most statements have one related activity at most, so one has a place of its own (`context`) beside the others.
    """

    agent: int | None
    verb: int
    activity: int | None
    context: int | None
    related: frozenset[tuple[int, Role]]


@lru_cache(maxsize=20_000)
def key(text: str) -> int:
    """A signed 64-bit hash, as databases hold it."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def identifier(agent: Json) -> str | None:
    """The inverse functional identifier as one text; None for an anonymous group."""
    if "account" in agent:
        return f"account {agent['account']['homePage']} {agent['account']['name']}"
    for name in ("mbox", "openid"):
        if name in agent:
            return f"{name} {agent[name]}"
    return f"mbox_sha1sum {agent['mbox_sha1sum'].lower()}" if "mbox_sha1sum" in agent else None


def agent_key(agent: Json) -> int | None:
    found = identifier(agent)
    return None if found is None else key(found)


def activity_key(iri: str) -> int:
    return key(f"activity {iri}")


def verb_key(iri: str) -> int:
    return key(f"verb {iri}")


def keys_of(statement: Json) -> Keys:
    """Everything that a statement, already checked, can be found by."""
    thing = statement["object"]
    kind = thing.get("objectType", "Activity")
    direct = set(_members(statement["actor"]))
    related: set[tuple[int, Role]] = set()
    if kind in ("Agent", "Group"):
        direct.update(_with_members(thing))
    elif kind == "SubStatement":
        related.update(_of_substatement(thing))
    related.update(_of_context(statement.get("context", {})))
    if authority := statement.get("authority"):
        related.update((member, Role.RELATED_AGENT) for member in _members(authority))
    agent = agent_key(statement["actor"])
    related.update((one, Role.DIRECT_AGENT) for one in direct if one != agent)
    activity = activity_key(thing["id"]) if kind == "Activity" else None
    related.discard((activity or 0, Role.RELATED_ACTIVITY))
    context = min((key for key, role in related if role is Role.RELATED_ACTIVITY), default=None)
    related.discard((context or 0, Role.RELATED_ACTIVITY))
    return Keys(agent, verb_key(statement["verb"]["id"]), activity, context, frozenset(related))


def _members(agent: Json) -> Iterator[int]:
    for member in agent.get("member", ()):
        if (found := agent_key(member)) is not None:
            yield found


def _with_members(agent: Json) -> Iterator[int]:
    if (found := agent_key(agent)) is not None:
        yield found
    yield from _members(agent)


def _of_context(context: Json) -> Iterator[tuple[int, Role]]:
    for name in ("instructor", "team"):
        if name in context:
            yield from ((one, Role.RELATED_AGENT) for one in _with_members(context[name]))
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        for held in context.get(name, ()):
            yield from ((one, Role.RELATED_AGENT) for one in _with_members(held[inner]))
    for role in ROLES:
        found = context.get("contextActivities", {}).get(role, ())
        for activity in [found] if isinstance(found, dict) else found:
            yield activity_key(activity["id"]), Role.RELATED_ACTIVITY


def _of_substatement(inner: Json) -> Iterator[tuple[int, Role]]:
    thing = inner["object"]
    kind = thing.get("objectType", "Activity")
    yield from ((one, Role.RELATED_AGENT) for one in _with_members(inner["actor"]))
    if kind == "Activity":
        yield activity_key(thing["id"]), Role.RELATED_ACTIVITY
    elif kind in ("Agent", "Group"):
        yield from ((one, Role.RELATED_AGENT) for one in _with_members(thing))
    yield from _of_context(inner.get("context", {}))


def activities_of(statement: Json) -> Iterator[Json]:
    """Every activity in a statement that is told more about than its id."""
    for part in (statement, statement["object"]):
        thing = part.get("object")
        if thing is not None and "definition" in thing:
            yield thing
        for found in part.get("context", {}).get("contextActivities", {}).values():
            for activity in [found] if isinstance(found, dict) else found:
                if "definition" in activity:
                    yield activity


def activities_in(statement: Json) -> Iterator[str]:
    """The IRI of every activity in a statement."""
    for part in (statement, statement["object"]):
        thing = part.get("object")
        if thing is not None and thing.get("objectType", "Activity") == "Activity":
            yield thing["id"]
        for found in part.get("context", {}).get("contextActivities", {}).values():
            for activity in [found] if isinstance(found, dict) else found:
                yield activity["id"]
