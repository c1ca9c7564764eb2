"""Results and scores (1.0.3 part 2 section 2.4.5; IEEE 9274.1.1 section 4.2.2.4)."""

from typing import Any

from xapi.core import rules
from xapi.core.errors import Invalid

_RESULT = frozenset(("score", "success", "completion", "response", "duration", "extensions"))
_SCORE = frozenset(("scaled", "raw", "min", "max"))


def score(value: Any, place: str) -> None:
    found = rules.an_object(value, place)
    rules.only(found, _SCORE, place)
    for name, inner in found.items():
        rules.number(inner, f"{place}.{name}")
    if "scaled" in found and not -1 <= found["scaled"] <= 1:
        raise Invalid(f"{place}.scaled", "must lie between -1 and 1")
    low, high = found.get("min"), found.get("max")
    if low is not None and high is not None and not low < high:
        raise Invalid(f"{place}.min", "must be less than max")
    if "raw" in found and ((low is not None and found["raw"] < low) or (high is not None and found["raw"] > high)):
        raise Invalid(f"{place}.raw", "must lie between min and max")


_CHECKS: dict[str, rules.Check] = {
    "score": score,
    "success": rules.flag,
    "completion": rules.flag,
    "response": rules.text,
    "duration": rules.duration,
    "extensions": rules.extensions,
}


def result(value: Any, place: str) -> None:
    rules.only(rules.an_object(value, place), _RESULT, place)
    rules.each(value, _CHECKS, place)
