"""Turns the steps of a curriculum file into the stored form of the page's steps, and back."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from wagtail.blocks import Block, BooleanBlock, ChooserBlock, FieldBlock, ListBlock, StructBlock

from modules.blocks import StepsBlock
from modules.curriculum.photos import photo_data
from modules.steps import TWIN

Data = dict[str, Any]
_BLOCKS: Mapping[str, Block] = StepsBlock().child_blocks


PhotoId = Callable[[Data], Any]


def stored_steps(steps: list[Data], photo_id: PhotoId = lambda photo: photo) -> list[Data]:
    """[{id, type, ...fields}] -> [{id, type, value}]; ids are kept, so answers keep their question.

    photo_id: the id of the picture that a photo of a file is on the site; without it what the file says stands there.
    """
    return [{"id": step["id"], "type": step["type"], "value": _value(step, photo_id)} for step in steps]


def _value(step: Data, photo_id: PhotoId) -> Data:
    value = {name: field for name, field in step.items() if name not in ("id", "type")}
    if "picture" in value:
        value["picture"] = _picture(value["picture"], photo_id)
        value["trades"] = [
            {"type": "item", "id": f"{step['id']}-{trade}", "value": {"trade": trade, "text": text}}
            for trade, text in value.get("trades", {}).items()
        ]
        return value
    block = _BLOCKS.get(step["type"])
    return _stored(block, value) if block else value


def _stored(block: Block, field: Any) -> Any:
    """A field as the block keeps it: entries of lists with their ids, and what was left out as 'no' or empty."""
    if isinstance(block, ListBlock) and isinstance(field, list):
        return [{"type": "item", "id": item["id"], "value": _stored(block.child_block, _own(item))} for item in field]
    if isinstance(block, StructBlock) and isinstance(field, Mapping):
        inner = block.child_blocks
        return {
            **{name: _left_out(inner[name]) for name in inner if name not in field and _may_be_left_out(inner[name])},
            **{name: _stored(inner[name], part) if name in inner else part for name, part in field.items()},
        }
    return field


def _own(item: Mapping[str, Any]) -> Data:
    return {name: part for name, part in item.items() if name != "id"}


def _may_be_left_out(block: Block) -> bool:
    return isinstance(block, BooleanBlock | ListBlock) or _is_optional(block)


def _is_optional(block: Block) -> bool:
    return isinstance(block, FieldBlock) and not isinstance(block, BooleanBlock) and not block.required


def _left_out(block: Block) -> Any:
    if isinstance(block, ListBlock):
        return []
    if isinstance(block, ChooserBlock):
        return None
    return False if isinstance(block, BooleanBlock) else ""


def lists_in(field: Data, path: str = "") -> Iterator[tuple[str, list[Data]]]:
    """Every list of entries with an id in a step of a file, also inside entries, with its place ('cards')."""
    for name, inner in field.items():
        if isinstance(inner, list) and inner and all(isinstance(item, dict) and "id" in item for item in inner):
            yield path + name, inner
            for item in inner:
                yield from lists_in(item, f"{path}{name}.{item['id']}.")


def _picture(picture: Data, photo_id: PhotoId) -> Data:
    return {
        "scene": picture.get("scene", ""),
        "photo": photo_id(picture["photo"]) if "photo" in picture else None,
        "pictograms": [
            {"type": "item", "id": f"p{number}", "value": name}
            for number, name in enumerate(picture.get("pictograms", []), 1)
        ],
        "arrow": picture.get("arrow", False),
        "alt": picture.get("alt", ""),
        "decorative": picture.get("decorative", False),
    }


def file_steps(stored: Sequence[Mapping[str, Any]]) -> list[Data]:
    """The reverse of `stored_steps`. A step that misses something comes back as it is; the schema will say so.

    A database may give keys in any order, so the order is that of the blocks.
    """
    return [_file_step(step["id"], step["type"], step["value"]) for step in stored]


def _file_step(key: str, kind: str, value: Mapping[str, Any]) -> Data:
    step: Data = {"id": key, "type": kind}
    block = _BLOCKS.get(kind)
    if not isinstance(block, StructBlock):
        return step
    if "picture" not in block.child_blocks:
        return step | _file_struct(block, value, whole=True)
    for name in (name for name in block.child_blocks if name in value):
        if name == "picture":
            step[name] = _file_picture(value[name])
        elif name != "trades":
            step[name] = _file_field(block.child_blocks[name], value[name])
        elif value[name]:
            step[name] = _file_trades(value[name])
    return step


def _file_struct(block: StructBlock, value: Mapping[str, Any], *, whole: bool = False) -> Data:
    """The fields of a block that say something; a mark such as 'alleen Gewoon' stands first.

    whole: also a 'no' is said, as at the top of a step.
    """
    inner = block.child_blocks
    said = [name for name in inner if name in value and (value[name] or not _is_mark(inner[name], whole))]
    order = sorted(said, key=lambda name: name != "only_standaard")
    return {name: _file_field(inner[name], value[name]) for name in order}


def _is_mark(block: Block, whole: bool) -> bool:
    """True for what a file leaves out when it is no, or empty."""
    return isinstance(block, ListBlock) or _is_optional(block) or (isinstance(block, BooleanBlock) and not whole)


def _file_field(block: Block, field: Any) -> Any:
    if isinstance(block, ListBlock):
        return [{"id": item["id"], **_file_field(block.child_block, item["value"])} for item in field]
    if isinstance(block, StructBlock) and isinstance(field, Mapping):
        return _file_struct(block, field)
    return field


def _file_trades(versions: Sequence[Mapping[str, Any]]) -> Data:
    """Per trade its text. A second text for one trade gets a name that no file can hold, so that nothing is lost."""
    found: Data = {}
    for version in versions:
        trade, again = version["value"]["trade"], 2
        name = trade
        while name in found:
            name, again = f"{trade} ({again})", again + 1
        text = version["value"]["text"]
        found[name] = {variant: text[variant] for variant in TWIN if variant in text}
    return found


def _file_picture(picture: Mapping[str, Any]) -> Data:
    """What is not used is left out, so that a new field changes no file; without words for it there is no `alt`."""
    names = [item["value"] for item in picture.get("pictograms") or []]
    photo, alt = picture.get("photo"), picture.get("alt")
    said: Data = {
        "scene": picture.get("scene"),
        "photo": (photo if isinstance(photo, Mapping) else photo_data(photo)) if photo else None,
        "pictograms": names,
        "arrow": picture.get("arrow"),
    }
    has_words = alt or not (photo or picture.get("decorative"))
    return {
        **{name: value for name, value in said.items() if value},
        **({"alt": alt} if has_words else {}),
        **({"decorative": True} if picture.get("decorative") else {}),
    }
