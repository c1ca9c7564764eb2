"""Turns the steps of a curriculum file into the stored form of the page's steps."""

from typing import Any

Data = dict[str, Any]
LISTS = ("options", "reasons", "cards", "items", "lines")


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
