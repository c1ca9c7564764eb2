"""Agents and groups (1.0.3 part 2 section 2.4.2; IEEE 9274.1.1 section 4.2.2.1)."""

from typing import Any

from xapi.core import rules
from xapi.core.errors import Invalid
from xapi.core.rules import Json

IDENTIFIERS = ("mbox", "mbox_sha1sum", "openid", "account")
_AGENT = frozenset(("objectType", "name", *IDENTIFIERS))
_GROUP = _AGENT | {"member"}
_ACCOUNT = frozenset(("homePage", "name"))


def account(value: Any, place: str) -> None:
    found = rules.an_object(value, place)
    rules.only(found, _ACCOUNT, place)
    rules.needed(found, ("homePage", "name"), place)
    rules.iri(found["homePage"], f"{place}.homePage")
    rules.text(found["name"], f"{place}.name")


_CHECKS: dict[str, rules.Check] = {
    "name": rules.text,
    "mbox": rules.mailto,
    "mbox_sha1sum": rules.sha1,
    "openid": rules.iri,
    "account": account,
}


def agent(value: Any, place: str) -> None:
    """One inverse functional identifier, no more and no less (section 2.4.2.3)."""
    found = rules.an_object(value, place)
    if found.get("objectType", "Agent") != "Agent":
        raise Invalid(f"{place}.objectType", "must be Agent")
    rules.only(found, _AGENT, place)
    if _identifiers(found) != 1:
        raise Invalid(place, f"must have exactly one of {', '.join(IDENTIFIERS)}")
    rules.each(found, _CHECKS, place)


def group(value: Any, place: str) -> None:
    """Identified by one identifier, or anonymous and then with members (section 2.4.2.2)."""
    found = rules.an_object(value, place)
    if found.get("objectType") != "Group":
        raise Invalid(f"{place}.objectType", "must be Group")
    rules.only(found, _GROUP, place)
    identifiers = _identifiers(found)
    if identifiers > 1:
        raise Invalid(place, f"must have no more than one of {', '.join(IDENTIFIERS)}")
    rules.each(found, _CHECKS, place)
    if "member" in found:
        for number, member in enumerate(rules.a_list(found["member"], f"{place}.member")):
            agent(member, f"{place}.member[{number}]")
    if not identifiers and not found.get("member"):
        raise Invalid(f"{place}.member", "is needed in a group without an identifier")


def actor(value: Any, place: str) -> None:
    """An agent or a group, as its objectType says."""
    if rules.an_object(value, place).get("objectType") == "Group":
        group(value, place)
    else:
        agent(value, place)


def identified(value: Any, place: str) -> None:
    """An agent or an identified group: whom a document or a search can be about."""
    actor(value, place)
    if not _identifiers(value):
        raise Invalid(place, f"must have one of {', '.join(IDENTIFIERS)}")


def authority(value: Any, place: str) -> None:
    """An agent, or the pair of OAuth: an anonymous group of two agents (section 2.4.9)."""
    actor(value, place)
    if value.get("objectType") == "Group" and (_identifiers(value) or len(value["member"]) != 2):
        raise Invalid(f"{place}.member", "must be two agents, and the group anonymous")


def _identifiers(value: Json) -> int:
    return sum(name in value for name in IDENTIFIERS)
