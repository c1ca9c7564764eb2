"""What a new lesson starts from: its anatomy, with every text still empty (curriculum brief, section 2).

Nothing here can be published as it is: publishing asks for all texts. Ids are as in curriculum files ('e5-check-1').
"""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import Block, BooleanBlock, ChooserBlock, ListBlock, StructBlock

from assessments.exercises import KINDS
from modules.blocks import StepsBlock
from modules.curriculum.convert import Data

EXERCISES = tuple(name for name, kind in KINDS.items() if name != "dit_doe_ik" and not kind.stays_here)
CHECKS = ("keuze", "waar_onwaar", "keuze", "waar_onwaar", "keuze")
ENTRIES = {"options": 3, "cards": 4, "items": 4}
"""How many entries a list gets where its minimum is less than most lessons use."""


def template_steps(code: str, exercise: str, checks: int = 3) -> list[Data]:
    """The steps of a new lesson in their stored form."""
    return [_step(f"{code.lower()}-{name}", kind) for name, kind in _parts(exercise, checks)]


def _parts(exercise: str, checks: int) -> Iterator[tuple[str, str]]:
    yield "haakje", "hook"
    yield from ((f"scherm-{number}", "screen") for number in (1, 2, 3))
    yield "regel", "screen"
    yield "oefening", exercise
    yield from ((f"check-{number}", kind) for number, kind in enumerate(CHECKS[:checks], 1))
    yield "vandaag", "dit_doe_ik"
    yield "kaart", "card"


def _step(key: str, kind: str) -> Data:
    return {"id": key, "type": kind, "value": _empty(StepsBlock().child_blocks[kind], key)}


def _empty(block: Block, key: str) -> Any:
    """A block with nothing filled in yet; its lists have the entries they need, with ids of this step."""
    if isinstance(block, StructBlock):
        return {name: _empty(inner, f"{key}-{name}") for name, inner in block.child_blocks.items()}
    if isinstance(block, ListBlock):
        return [
            {"type": "item", "id": f"{key}-{number}", "value": _empty(block.child_block, f"{key}-{number}")}
            for number in range(1, _count(block, key.rsplit("-", 1)[-1]) + 1)
        ]
    if isinstance(block, ChooserBlock):
        return None
    if isinstance(block, ChooserBlock):
        return None
    return False if isinstance(block, BooleanBlock) else ""


def _count(block: ListBlock, name: str) -> int:
    least: int = block.meta.min_num or 0
    most = block.meta.max_num or least
    return min(max(least, ENTRIES.get(name, 0)), most) if least else 0
