"""Activities and their definitions (1.0.3 part 2 section 2.4.4.1; IEEE 9274.1.1 section 4.2.2.3)."""

from typing import Any

from xapi.core import rules
from xapi.core.errors import Invalid

_ACTIVITY = frozenset(("objectType", "id", "definition"))
_COMPONENT = frozenset(("id", "description"))
# Which lists of components an interaction may have (section 2.4.4.1, table of interaction types).
COMPONENTS: dict[str, tuple[str, ...]] = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
_LISTS = ("choices", "scale", "source", "target", "steps")
_DEFINITION = frozenset(
    ("name", "description", "type", "moreInfo", "extensions", "interactionType", "correctResponsesPattern", *_LISTS)
)


def _interaction_type(value: Any, place: str) -> None:
    if not isinstance(value, str) or value not in COMPONENTS:
        raise Invalid(place, f"must be one of {', '.join(COMPONENTS)}")


def _pattern(value: Any, place: str) -> None:
    for number, answer in enumerate(rules.a_list(value, place)):
        rules.text(answer, f"{place}[{number}]")


def _components(value: Any, place: str) -> None:
    seen = set()
    for number, component in enumerate(rules.a_list(value, place)):
        here = f"{place}[{number}]"
        rules.only(rules.an_object(component, here), _COMPONENT, here)
        rules.needed(component, ("id",), here)
        rules.text(component["id"], f"{here}.id")
        if component["id"] in seen:
            raise Invalid(f"{here}.id", "is there twice")
        seen.add(component["id"])
        if "description" in component:
            rules.language_map(component["description"], f"{here}.description")


_CHECKS: dict[str, rules.Check] = {
    "name": rules.language_map,
    "description": rules.language_map,
    "type": rules.iri,
    "moreInfo": rules.iri,
    "extensions": rules.extensions,
    "interactionType": _interaction_type,
    "correctResponsesPattern": _pattern,
    **dict.fromkeys(_LISTS, _components),
}


def definition(value: Any, place: str) -> None:
    found = rules.an_object(value, place)
    rules.only(found, _DEFINITION, place)
    rules.each(found, _CHECKS, place)
    kind = found.get("interactionType")
    for name in _LISTS:
        if name in found and (kind is None or name not in COMPONENTS[kind]):
            raise Invalid(f"{place}.{name}", f"does not go with interactionType {kind}")
    if kind is None and "correctResponsesPattern" in found:
        raise Invalid(f"{place}.interactionType", "is needed beside correctResponsesPattern")


def activity(value: Any, place: str) -> None:
    found = rules.an_object(value, place)
    if found.get("objectType", "Activity") != "Activity":
        raise Invalid(f"{place}.objectType", "must be Activity")
    rules.only(found, _ACTIVITY, place)
    rules.needed(found, ("id",), place)
    rules.iri(found["id"], f"{place}.id")
    if "definition" in found:
        definition(found["definition"], f"{place}.definition")
