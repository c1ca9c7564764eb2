"""Which texts of a step one learner meets who answers everything right: what a lesson's minutes are counted from.

Other answers give other feedback, but that comes in the place of this, and is about as long.
"""

from collections.abc import Mapping
from typing import Any


def is_met(value: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    """Whether the text at this path (the names that lead to it, lists counted from 1) is met.

    Of the versions per trade, of the ways through a scenario and of its endings one meets only one.
    """
    name = path[-1]
    if "trades" in path or name in ("hint", "vague_answer"):
        return False
    if path[0] == "moments":
        return path[1] == "1"
    if path[0] == "endings":
        return path[1] == "goed"
    if name == "why":
        return _is_told(value, path)
    return True


def _is_told(value: Mapping[str, Any], path: tuple[str, ...]) -> bool:
    """Feedback: on what was right to choose or to find; of a sentence with reasons, that on the reason."""
    if len(path) == 1:
        return not value.get("reasons")
    if path[0] == "slots":
        return False
    item = value[path[0]][int(path[1]) - 1]
    inner = item.get("value", item)
    return bool(inner.get("right", inner.get("wrong", True)))
