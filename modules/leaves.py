"""The steps of a lesson as a list of places with a text each, in reading order: for comparing two versions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import Block, BooleanBlock, ChoiceBlock, ListBlock, StructBlock

from modules.anatomy import BLOCKS
from modules.steps import Step

Key = tuple[str, ...]


@dataclass(frozen=True)
class Leaf:
    """One field. `label`: where it stands, in the words of the editor; `text`: what it says, in words too."""

    label: str
    text: str


def leaves_of(step: Step) -> dict[Key, Leaf]:
    """The fields of a step by a key that stays when entries of a list move."""
    block = BLOCKS.get(step.type)
    return dict(_leaves(block, step.value, (), "")) if block else {}


def orders_of(step: Step) -> dict[Key, list[str]]:
    """The ids of the entries of each list, in their order."""
    block = BLOCKS.get(step.type)
    return dict(_orders(block, step.value, ())) if block else {}


def name_of(step: Step) -> str:
    """The kind of step, and its title or question in Gewoon where it has one."""
    block = BLOCKS.get(step.type)
    label = str(block.label) if block else step.type
    for name in ("title", "question", "statement"):
        twin = step.value.get(name)
        if isinstance(twin, Mapping) and twin.get("standaard"):
            first: str = twin["standaard"].splitlines()[0]
            return f"{label}: {first}"
    return label


def _leaves(block: Block, value: Any, key: Key, label: str) -> Iterator[tuple[Key, Leaf]]:
    if isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            if isinstance(value, Mapping) and name in value:
                yield from _leaves(inner, value[name], (*key, name), _joined(label, str(inner.label)))
    elif isinstance(block, ListBlock):
        for number, (name, inner) in enumerate(_entries(value), 1):
            yield from _leaves(block.child_block, inner, (*key, name), f"{label} {number}")
    else:
        yield key, Leaf(label, _in_words(block, value))


def _orders(block: Block, value: Any, key: Key) -> Iterator[tuple[Key, list[str]]]:
    if isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            if isinstance(value, Mapping) and name in value:
                yield from _orders(inner, value[name], (*key, name))
    elif isinstance(block, ListBlock):
        entries = list(_entries(value))
        yield key, [name for name, _ in entries]
        for name, inner in entries:
            yield from _orders(block.child_block, inner, (*key, name))


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Per entry of a list its id (its place where it has none) and its value."""
    for number, item in enumerate(value or [], 1):
        if isinstance(item, Mapping) and "value" in item:
            yield str(item.get("id") or number), item["value"]
        else:
            yield str(number), item


def _joined(label: str, more: str) -> str:
    return f"{label} › {more}" if label else more


def _in_words(block: Block, value: Any) -> str:
    if isinstance(block, BooleanBlock):
        return "ja" if value else "nee"
    if isinstance(block, ChoiceBlock):
        return str(dict(block.field.choices).get(value, value)) if value else ""
    return "" if value is None else str(value)
