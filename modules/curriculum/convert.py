"""Turns the steps of a curriculum file into the stored form of the page's steps, and back."""

from collections.abc import Mapping, Sequence
from typing import Any

from modules.blocks import StepsBlock
from modules.steps import TWIN

Data = dict[str, Any]
LISTS = ("options", "reasons", "cards", "items", "lines")
FALSE_WHEN_LEFT_OUT = ("only_standaard", "right")


def stored_steps(steps: list[Data]) -> list[Data]:
    """[{id, type, ...fields}] -> [{id, type, value}]; ids are kept, so answers keep their question."""
    return [{"id": step["id"], "type": step["type"], "value": _value(step)} for step in steps]


def _value(step: Data) -> Data:
    value = {name: field for name, field in step.items() if name not in ("id", "type")}
    for name in LISTS:
        if name in value:
            value[name] = [_item(item) for item in value[name]]
    if "picture" in value:
        value["picture"] = _picture(value["picture"])
        value["trades"] = [
            {"type": "item", "id": f"{step['id']}-{trade}", "value": {"trade": trade, "text": text}}
            for trade, text in value.get("trades", {}).items()
        ]
    if step["type"] == "waar_onwaar":
        value.setdefault("reasons", [])
    return value


def _item(item: Data) -> Data:
    value = {name: field for name, field in item.items() if name != "id"}
    if "why" in value and "sign" not in value:
        value.setdefault("right", False)
    if "pictogram" not in value and set(value) != {"standaard", "makkelijk"}:
        value.setdefault("only_standaard", False)
    return {"type": "item", "id": item["id"], "value": value}


def _picture(picture: Data) -> Data:
    return {
        "scene": picture.get("scene", ""),
        "pictograms": [
            {"type": "item", "id": f"p{number}", "value": name}
            for number, name in enumerate(picture.get("pictograms", []), 1)
        ],
        "alt": picture["alt"],
    }


_BLOCKS: Mapping[str, Any] = StepsBlock().child_blocks


def file_steps(stored: Sequence[Mapping[str, Any]]) -> list[Data]:
    """The reverse of `stored_steps`. A step that misses something comes back as it is; the schema will say so.

    A database may give keys in any order, so the order is that of the blocks.
    """
    return [_file_step(step["id"], step["type"], step["value"]) for step in stored]


def _file_step(key: str, kind: str, value: Mapping[str, Any]) -> Data:
    step: Data = {"id": key, "type": kind}
    block = _BLOCKS.get(kind)
    for name, inner in block.child_blocks.items() if block else ():
        if name not in value or (name in ("trades", "reasons") and not value[name]):
            continue
        if name == "picture":
            step[name] = _file_picture(value[name])
        elif name == "trades":
            step[name] = _file_trades(value[name])
        elif name in LISTS:
            step[name] = [_file_item(item, inner.child_block.child_blocks) for item in value[name]]
        else:
            step[name] = _file_field(value[name])
    return step


def _file_item(item: Mapping[str, Any], names: Mapping[str, Any]) -> Data:
    value = item["value"]
    order = sorted((name for name in names if name in value), key=lambda name: name != "only_standaard")
    kept = [name for name in order if value[name] or name not in FALSE_WHEN_LEFT_OUT]
    return {"id": item["id"], **{name: _file_field(value[name]) for name in kept}}


def _file_field(field: Any) -> Any:
    return {name: field[name] for name in TWIN if name in field} if isinstance(field, Mapping) else field


def _file_trades(versions: Sequence[Mapping[str, Any]]) -> Data:
    """Per trade its text. A second text for one trade gets a name that no file can hold, so that nothing is lost."""
    found: Data = {}
    for version in versions:
        trade, again = version["value"]["trade"], 2
        name = trade
        while name in found:
            name, again = f"{trade} ({again})", again + 1
        found[name] = _file_field(version["value"]["text"])
    return found


def _file_picture(picture: Mapping[str, Any]) -> Data:
    names = [item["value"] for item in picture.get("pictograms") or []]
    return {
        **({"scene": picture["scene"]} if picture.get("scene") else {}),
        **({"pictograms": names} if names else {}),
        "alt": picture.get("alt"),
    }
