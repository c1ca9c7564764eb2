"""How a statement is shown: exact, ids or canonical (1.0.3 part 3 section 2.1.3; IEEE 9274.1.1 section 4.1.6.1)."""

from collections.abc import Callable, Sequence
from typing import Any

from xapi.core.agents import IDENTIFIERS
from xapi.core.contexts import ROLES
from xapi.core.rules import Json

Definitions = Callable[[str], Json | None]
_MAPS = ("name", "description")
_LISTS = ("choices", "scale", "source", "target", "steps")


def languages(header: str) -> list[str]:
    """The languages of an Accept-Language header, the best first (RFC 9110 section 12.5.4)."""
    wanted = []
    for number, part in enumerate(header.split(",")):
        tag, _, quality = part.partition(";")
        try:
            weight = float(quality.strip().removeprefix("q=") or 1)
        except ValueError:
            weight = 0.0
        if tag.strip() and weight > 0:
            wanted.append((-weight, number, tag.strip().lower()))
    return [tag for _, _, tag in sorted(wanted)]


def one_language(texts: Json, wanted: Sequence[str]) -> Json:
    """A language map with one text: the best of those wanted, else the first."""
    for tag in wanted:
        for have in texts:
            if tag == "*" or have.lower() == tag or have.lower().startswith(f"{tag}-"):
                return {have: texts[have]}
        for have in texts:
            if tag.startswith(f"{have.lower()}-") or tag.split("-")[0] == have.lower().split("-")[0]:
                return {have: texts[have]}
    return dict(list(texts.items())[:1])


def ids(statement: Json) -> Json:
    """Only what is needed to say which agents, activities and verb are meant."""
    return _shaped(statement, _agent_ids, _activity_ids, lambda verb: {"id": verb["id"]})


def canonical(statement: Json, definition_of: Definitions, wanted: Sequence[str]) -> Json:
    """Activities as the store knows them, and one language of every text."""

    def activity(found: Json) -> Json:
        known = definition_of(found["id"]) or found.get("definition")
        shown = {name: value for name, value in found.items() if name != "definition"}
        return {**shown, "definition": in_one_language(known, wanted)} if known else shown

    def verb(found: Json) -> Json:
        return {**found, "display": one_language(found["display"], wanted)} if "display" in found else found

    shown = _shaped(statement, lambda agent: agent, activity, verb)
    if "attachments" in shown:
        shown["attachments"] = [
            {**one, **{name: one_language(one[name], wanted) for name in ("display", "description") if name in one}}
            for one in shown["attachments"]
        ]
    return shown


def in_one_language(definition: Json, wanted: Sequence[str]) -> Json:
    shown = dict(definition)
    for name in _MAPS:
        if name in shown:
            shown[name] = one_language(shown[name], wanted)
    for name in _LISTS:
        if name in shown:
            shown[name] = [
                {**one, "description": one_language(one["description"], wanted)} if "description" in one else one
                for one in shown[name]
            ]
    return shown


def merged(known: Json, told: Json) -> Json:
    """What is known of an activity, with what a statement tells on top (section 2.4.4.1)."""
    both = {**known, **told}
    for name in (*_MAPS, "extensions"):
        if name in known and name in told:
            both[name] = {**known[name], **told[name]}
    return both


def _agent_ids(agent: Json) -> Json:
    shown = {name: agent[name] for name in ("objectType", *IDENTIFIERS) if name in agent}
    if "member" in agent and not any(name in agent for name in IDENTIFIERS):
        shown["member"] = [_agent_ids(member) for member in agent["member"]]
    return shown


def _activity_ids(activity: Json) -> Json:
    return {"id": activity["id"]}


Change = Callable[[Json], Json]


def _shaped(statement: Json, agent: Change, activity: Change, verb: Change) -> Json:
    shown = dict(statement)
    shown["actor"], shown["verb"] = agent(shown["actor"]), verb(shown["verb"])
    shown["object"] = _thing(shown["object"], agent, activity, verb)
    if "authority" in shown:
        shown["authority"] = agent(shown["authority"])
    if "context" in shown:
        shown["context"] = _context(shown["context"], agent, activity)
    return shown


def _thing(thing: Json, agent: Change, activity: Change, verb: Change) -> Json:
    kind = thing.get("objectType", "Activity")
    if kind == "Activity":
        return activity(thing)
    if kind in ("Agent", "Group"):
        return agent(thing)
    return _shaped(thing, agent, activity, verb) if kind == "SubStatement" else thing


def _context(context: Json, agent: Change, activity: Change) -> Json:
    shown: dict[str, Any] = dict(context)
    for name in ("instructor", "team"):
        if name in shown:
            shown[name] = agent(shown[name])
    if "contextActivities" in shown:
        shown["contextActivities"] = {
            role: [activity(one) for one in shown["contextActivities"][role]]
            for role in ROLES
            if role in shown["contextActivities"]
        }
    for name, inner in (("contextAgents", "agent"), ("contextGroups", "group")):
        if name in shown:
            shown[name] = [{**one, inner: agent(one[inner])} for one in shown[name]]
    return shown
