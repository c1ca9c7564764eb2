"""Is this a statement? (1.0.3 part 2 section 2; IEEE 9274.1.1 section 4.2)

By hand, and in one pass: 24 microseconds a statement, where a schema library takes some 300 (docs/decisions/0004).
"""

from functools import partial
from typing import Any

from xapi.core import agents, rules
from xapi.core.activities import activity
from xapi.core.attachments import attachments
from xapi.core.contexts import context, reference
from xapi.core.errors import Invalid
from xapi.core.results import result
from xapi.core.rules import Json
from xapi.core.versions import Version

VOIDED = "http://adlnet.gov/expapi/verbs/voided"
_SUBSTATEMENT = frozenset(
    ("objectType", "actor", "verb", "object", "result", "context", "timestamp", "attachments")
)  # fmt: skip
_STATEMENT = (_SUBSTATEMENT - {"objectType"}) | {"id", "stored", "authority", "version"}
_VERB = frozenset(("id", "display"))


def verb(value: Any, place: str) -> None:
    found = rules.an_object(value, place)
    rules.only(found, _VERB, place)
    rules.needed(found, ("id",), place)
    rules.iri(found["id"], f"{place}.id")
    if "display" in found:
        rules.language_map(found["display"], f"{place}.display")


_CHECKS: dict[str, rules.Check] = {
    "id": rules.uuid,
    "actor": agents.actor,
    "verb": verb,
    "result": result,
    "timestamp": rules.moment,
    "stored": rules.moment,
    "authority": agents.authority,
    "attachments": attachments,
}


def check_statement(value: Any, version: Version, place: str = "") -> Json:
    """The statement itself, when it keeps every rule; raises Invalid with the first property that does not."""
    found = rules.an_object(value, place or "statement")
    rules.only(found, _STATEMENT, place)
    _parts(found, version, place, substatement=False)
    if "version" in found:
        check = rules.version_1 if version is Version.V1 else rules.version_2
        check(found["version"], f"{place}.version" if place else "version")
    if found["verb"]["id"] == VOIDED and found["object"].get("objectType") != "StatementRef":
        raise Invalid(f"{place}.object" if place else "object", "of a voiding statement must be a StatementRef")
    return found


def _parts(found: Json, version: Version, place: str, *, substatement: bool) -> None:
    rules.needed(found, ("actor", "verb", "object"), place)
    rules.each(found, _CHECKS, place)
    here = f"{place}.object" if place else "object"
    kind = rules.an_object(found["object"], here).get("objectType", "Activity")
    check = _OBJECTS.get(kind) if isinstance(kind, str) else None
    if kind == "SubStatement" and not substatement:
        check = partial(_substatement, version=version)
    if check is None:
        raise Invalid(f"{here}.objectType", "must be Activity, Agent, Group, SubStatement or StatementRef")
    check(found["object"], here)
    if "context" in found:
        there = f"{place}.context" if place else "context"
        context(found["context"], there, version=version, of_activity=kind == "Activity")


def _substatement(value: Any, place: str, *, version: Version) -> None:
    """A statement in a statement, without what only a stored one has (section 2.4.4.3)."""
    rules.only(value, _SUBSTATEMENT, place)
    _parts(value, version, place, substatement=True)


_OBJECTS: dict[str, rules.Check] = {
    "Activity": activity,
    "Agent": agents.agent,
    "Group": agents.group,
    "StatementRef": reference,
}
