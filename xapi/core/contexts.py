"""What a statement happened in (1.0.3 part 2 section 2.4.6; IEEE 9274.1.1 section 4.2.2.5)."""

from typing import Any

from xapi.core import agents, rules
from xapi.core.activities import activity
from xapi.core.errors import Invalid
from xapi.core.versions import Version

ROLES = ("parent", "grouping", "category", "other")
_CONTEXT = frozenset(
    ("registration", "instructor", "team", "contextActivities", "revision", "platform", "language", "statement",
     "extensions")
)  # fmt: skip
_CONTEXT_2 = _CONTEXT | {"contextAgents", "contextGroups"}
_REFERENCE = frozenset(("objectType", "id"))


def reference(value: Any, place: str) -> None:
    """A reference to another statement (section 2.4.4.3)."""
    found = rules.an_object(value, place)
    if found.get("objectType") != "StatementRef":
        raise Invalid(f"{place}.objectType", "must be StatementRef")
    rules.only(found, _REFERENCE, place)
    rules.needed(found, ("id",), place)
    rules.uuid(found["id"], f"{place}.id")


def _activities(value: Any, place: str) -> None:
    rules.only(rules.an_object(value, place), frozenset(ROLES), place)
    for role, found in value.items():
        here = f"{place}.{role}"
        if isinstance(found, dict):  # one instead of a list: to be taken, and given as a list (section 2.4.6.2)
            activity(found, here)
        else:
            for number, one in enumerate(rules.a_list(found, here)):
                activity(one, f"{here}[{number}]")


def _related(kind: str, of: rules.Check) -> rules.Check:
    """contextAgents and contextGroups, new in 2.0 (section 4.2.2.5)."""
    name = kind.removeprefix("context").lower()

    def check(value: Any, place: str) -> None:
        for number, one in enumerate(rules.a_list(value, place)):
            here = f"{place}[{number}]"
            rules.only(rules.an_object(one, here), frozenset(("objectType", name, "relevantTypes")), here)
            if one.get("objectType") != kind:
                raise Invalid(f"{here}.objectType", f"must be {kind}")
            rules.needed(one, (name,), here)
            of(one[name], f"{here}.{name}")
            if "relevantTypes" in one:
                types = rules.a_list(one["relevantTypes"], f"{here}.relevantTypes")
                if not types:
                    raise Invalid(f"{here}.relevantTypes", "must not be empty")
                for at, iri in enumerate(types):
                    rules.iri(iri, f"{here}.relevantTypes[{at}]")

    return check


_CHECKS: dict[str, rules.Check] = {
    "registration": rules.uuid,
    "instructor": agents.actor,
    "team": agents.group,
    "contextActivities": _activities,
    "contextAgents": _related("contextAgent", agents.agent),
    "contextGroups": _related("contextGroup", agents.group),
    "revision": rules.text,
    "platform": rules.text,
    "language": rules.language,
    "statement": reference,
    "extensions": rules.extensions,
}


def context(value: Any, place: str, *, version: Version, of_activity: bool) -> None:
    """`of_activity`: only about an activity may revision and platform be told."""
    found = rules.an_object(value, place)
    rules.only(found, _CONTEXT if version is Version.V1 else _CONTEXT_2, place)
    rules.each(found, _CHECKS, place)
    if not of_activity:
        for name in ("revision", "platform"):
            if name in found:
                raise Invalid(f"{place}.{name}", "is only for a statement about an activity")
