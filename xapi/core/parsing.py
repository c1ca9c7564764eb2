"""JSON as the specification means it: UTF-8, no key twice, no NaN (1.0.3 part 2 section 2.2; RFC 8259)."""

import json
from typing import Any

from xapi.core.errors import Invalid

DEEPEST = 100  # no real statement comes near


def parse(body: bytes | str, place: str = "body") -> Any:
    """What the JSON says; raises Invalid for what is no JSON, or means something else to another reader."""
    try:
        text = body if isinstance(body, str) else body.decode()
    except UnicodeDecodeError as error:
        raise Invalid(place, "must be UTF-8") from error
    try:
        return _DECODER.decode(text)
    except Invalid as error:
        raise Invalid(place, str(error)) from error
    except RecursionError as error:
        raise Invalid(place, "is nested too deeply") from error
    except ValueError as error:
        raise Invalid(place, f"must be JSON ({error})") from error


def canonical(value: Any) -> str:
    """The one text of a value; raises Invalid, with the property, for what JSON or UTF-8 cannot say."""
    try:
        text = _ENCODER.encode(value)
        text.encode()
    except (ValueError, RecursionError) as error:  # a lone surrogate is a ValueError too
        raise Invalid(
            _culprit(value, "") or "body", "holds what cannot be kept: no number, or half a character"
        ) from error
    return text


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise Invalid("", f"has {next(name for name in names if names.count(name) > 1)!r} twice")
    return found


def _no_number(name: str) -> Any:
    raise Invalid("", f"holds {name}, which is no number")


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_number)
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def check_depth(value: Any, place: str) -> None:
    """Raises Invalid for a value that is nested deeper than any reader likes."""
    layer = [value]
    for _ in range(DEEPEST):
        layer = [
            inner
            for outer in layer
            for inner in (outer.values() if isinstance(outer, dict) else outer)
            if isinstance(inner, dict | list)
        ]
        if not layer:
            return
    raise Invalid(place, "is nested too deeply")


def _culprit(value: Any, place: str) -> str:
    """The first property that cannot be written."""
    if isinstance(value, dict):
        for name, inner in value.items():
            here = f"{place}.{name}" if place else name
            if _broken(name):
                return place or "body"
            if found := _culprit(inner, here):
                return found
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if found := _culprit(inner, f"{place}[{number}]"):
                return found
    return place if _broken(value) else ""


def _broken(value: Any) -> bool:
    if isinstance(value, float):
        return value != value or value in (float("inf"), float("-inf"))
    return isinstance(value, str) and any("\ud800" <= letter <= "\udfff" for letter in value)
