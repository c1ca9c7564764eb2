from collections.abc import Mapping
from typing import Any

from assessments.kind import Spec, Verdict, WrongShape, items, makkelijk_ids


def grade(spec: Spec, response: Any) -> Verdict:
    """`response` is a list of ids in the chosen order: all of them, or all that makkelijk shows."""
    right = [key for key, _ in items(spec, "items")]
    if not isinstance(response, list) or not all(isinstance(key, str) for key in response):
        raise WrongShape("verwacht een lijst met de gekozen volgorde")
    given = frozenset(response)
    if len(given) != len(response) or given not in (frozenset(right), makkelijk_ids(spec, "items")):
        raise WrongShape("verwacht elke stap van deze opdracht precies 1 keer")
    return Verdict.whole(response == [key for key in right if key in given])


def key(spec: Spec) -> dict[str, Any]:
    """The ids in the right order, and those that makkelijk shows."""
    order, shown = [item for item, _ in items(spec, "items")], makkelijk_ids(spec, "items")
    return {"order": order, "makkelijk": [item for item in order if item in shown]}


def from_form(spec: Spec, posted: Mapping[str, str]) -> list[str]:
    """Each step has a select with its place; steps that the shown variant leaves out stay empty."""
    places = {key: posted[key] for key, _ in items(spec, "items") if posted.get(key)}
    if not all(place.isdecimal() and len(place) < 3 for place in places.values()):
        raise WrongShape("Geef elke stap een plaats.")
    if len({int(place) for place in places.values()}) != len(places):
        raise WrongShape("Geef elke stap een eigen plaats.")
    if frozenset(places) not in (frozenset(key for key, _ in items(spec, "items")), makkelijk_ids(spec, "items")):
        raise WrongShape("Geef elke stap een plaats.")
    return sorted(places, key=lambda key: int(places[key]))


def explain(spec: Spec, response: Any) -> Mapping[str, str]:
    """Why this is the order, or where to look."""
    found: Mapping[str, str] = spec["why"] if grade(spec, response).correct else spec["hint"]
    return found
