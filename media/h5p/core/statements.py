"""What content says of itself while it is played, brought back to the little that can be kept of it.

It comes from a browser, out of code that was made elsewhere: nothing of it is believed. Who, when, which object, which
id and which words are for the receiver to say. Of a statement stays: which of a few verbs, of the whole or of which
part, and a result that is bounded.
"""

import json
import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

VERBS = {
    "http://adlnet.gov/expapi/verbs/attempted": "attempted",
    "http://adlnet.gov/expapi/verbs/answered": "answered",
    "http://adlnet.gov/expapi/verbs/completed": "completed",
    "http://adlnet.gov/expapi/verbs/progressed": "progressed",
    "http://activitystrea.ms/schema/1.0/consume": "consumed",
    "http://activitystrea.ms/consume": "consumed",
    "http://activitystrea.ms/schema/1.0/consumed": "consumed",
}
CLOSING = ("answered", "completed")
MOST_POINTS = 10_000
_PARTS = uuid.UUID("5b0c4e3e-8d0a-4a43-9a0b-7f5f2f0f6a51")


@dataclass(frozen=True, slots=True)
class Told:
    """One statement.

    part: '' for the whole, else a name for what it is about inside.
    result: at most `success`, `completion` and `score` (scaled, raw, min, max), as the content says it.
    """

    verb: str
    part: str = ""
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def closes(self) -> bool:
        """The whole was answered or gone through; parts of it never make it done."""
        return self.verb in CLOSING and not self.part

    def name_in(self, attempt: uuid.UUID, step: str) -> uuid.UUID:
        """The same for the same thing said again in one attempt, as content does when it begins where one stopped."""
        said = json.dumps([step, self.verb, self.part, self.result], sort_keys=True)
        return uuid.uuid5(attempt, said)


def read_statement(raw: Any) -> Told:
    """What can be kept of a statement. Raises ValueError for what is none, or says something that is not kept."""
    if not isinstance(raw, Mapping):
        raise ValueError("verwacht een mededeling")
    verb = VERBS.get(_text(_in(raw, "verb", "id")))
    if verb is None:
        raise ValueError("dit werkwoord wordt niet bewaard")
    return Told(verb, _part(raw), _result(_in(raw, "result")))


def _part(raw: Mapping[str, Any]) -> str:
    """Content names its parts by `subContentId`; some only say that they have a parent."""
    name = _text(_in(raw, "object", "id"))
    try:
        given = parse_qs(urlsplit(name).query).get("subContentId", [""])[0]
    except ValueError:
        given = ""
    if given:
        return _as_uuid(given)
    parent = _in(raw, "context", "contextActivities", "parent")
    return _as_uuid(name or "?") if parent else ""


def _as_uuid(name: str) -> str:
    try:
        return str(uuid.UUID(name))
    except ValueError:
        return str(uuid.uuid5(_PARTS, name[:2000]))


def _result(raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping):
        return {}
    found: dict[str, Any] = {name: raw[name] for name in ("success", "completion") if isinstance(raw.get(name), bool)}
    if score := _score(raw.get("score")):
        found["score"] = score
    return found


def _score(raw: Any) -> dict[str, float] | None:
    """Points within bounds that make sense; `scaled` is counted here."""
    if not isinstance(raw, Mapping):
        return None
    least, most, points = _number(raw.get("min", 0)), _number(raw.get("max")), _number(raw.get("raw"))
    if least is None or most is None or points is None or not -MOST_POINTS <= least < most <= MOST_POINTS:
        return None
    points = min(max(points, least), most)
    scaled = min(max((points - least) / (most - least), 0.0), 1.0)
    return {"scaled": round(scaled, 4), "raw": points, "min": least, "max": most}


def _number(value: Any) -> float | None:
    """A finite number of a size that means something."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, int) and abs(value) > 10**9:
        return None
    return round(value, 4) if math.isfinite(value) and abs(value) <= 10**9 else None


def _in(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
