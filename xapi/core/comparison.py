"""Do two statements say the same? (1.0.3 part 2 section 2.3.1; IEEE 9274.1.1 sections 4.2.3 and 4.2.7)"""

import re
from typing import Any

from xapi.core import formats
from xapi.core.parsing import canonical
from xapi.core.rules import Json

BY_THE_STORE = ("id", "stored", "authority", "timestamp", "version")
_UNORDERED = frozenset(("member", "parent", "grouping", "category", "other"))
_SECONDS = re.compile(r"([.,]\d\d)\d+S")


def to_hundredths(duration: str) -> str:
    """A duration without what is finer than 0.01 second: cut, not rounded (IEEE 9274.1.1 section 4.2.7)."""
    return _SECONDS.sub(r"\1S", duration)


def same_statement(stored: Json, sent: Json) -> bool:
    """A statement may come again: then only what the store itself adds, and descriptions, may differ."""
    return _comparable(stored, sent, loose=True) == _comparable(sent, stored, loose=True)


def same_as_signed(payload: Json, sent: Json) -> bool:
    """What was signed is what was sent, descriptions included, save the attachment that holds the signature."""
    return _comparable(payload, sent, loose=False) == _comparable(sent, payload, loose=False)


def _comparable(one: Json, other: Json, *, loose: bool) -> str:
    left = {name: value for name, value in one.items() if name not in BY_THE_STORE and name != "attachments"}
    if "timestamp" in one and "timestamp" in other and not _given_by_store(one, other):
        left["timestamp"] = one["timestamp"]
    return canonical(_plain(left, "", loose))


def _given_by_store(one: Json, other: Json) -> bool:
    return any(each.get("timestamp") == each.get("stored") for each in (one, other))


def _plain(value: Any, name: str, loose: bool) -> Any:
    """A value in the one form that equal values share."""
    if name == "extensions":
        return _sorted(value)
    if isinstance(value, dict):
        if name in _UNORDERED and "id" in value:
            return [_plain(value, "", loose)]
        return {
            key: _plain(value[key], key, loose)
            for key in sorted(value)
            if not (loose and key in ("display", "definition")) and not _said_anyway(key, value[key])
        }
    if isinstance(value, list):
        plain = [_plain(inner, "", loose) for inner in value]
        return sorted(plain, key=canonical) if name in _UNORDERED else plain
    if isinstance(value, str):
        return _plain_text(value, name)
    return value


def _said_anyway(name: str, value: Any) -> bool:
    """An objectType that is what it would be without."""
    return name == "objectType" and value in ("Activity", "Agent")


def _plain_text(value: str, name: str) -> str:
    if name == "duration" and formats.DURATION(value):
        return to_hundredths(value)
    if name == "timestamp":
        return formats.moment(value, name).isoformat()
    return value.lower() if name in ("id", "registration", "mbox_sha1sum") and formats.UUID(value) else value


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(inner) for inner in value] if isinstance(value, list) else value
