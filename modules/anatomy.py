"""What a lesson is made of, and what of it is not there yet (curriculum brief, section 2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.blocks import Block, ListBlock, StructBlock

from language.blocks import TwinLineBlock, TwinTextBlock
from language.variant import Variant
from modules.blocks import StepsBlock
from modules.steps import Step, Steps

BLOCKS: Mapping[str, Any] = StepsBlock().child_blocks
NAMES = {Variant.STANDAARD.value: "Gewoon", Variant.MAKKELIJK.value: "Makkelijk"}


@dataclass(frozen=True)
class Part:
    """One part of a lesson. `problem` says what is not right about it; '' when it is."""

    name: str
    found: str
    problem: str = ""


@dataclass(frozen=True)
class EmptyText:
    """A text that is not written yet: in which step, where in it, and in which variant."""

    number: int
    step: str
    where: str
    variant: str


def parts_of(steps: Steps) -> list[Part]:
    """The parts of this lesson in their order, as its author knows them."""
    kinds = [step.type for step in steps.all]
    screens = kinds.count("screen")
    check = [step for step in steps.all if is_check(step)]
    practice = [step for step in steps.all if step.kind and step.type != "dit_doe_ik" and not is_check(step)]
    return [
        Part("Haakje", _steps(kinds.count("hook")), "" if kinds[:1] == ["hook"] else "Begin met een haakje."),
        Part("Schermen", _steps(screens), "" if 3 <= screens <= 5 else "Maak 3 tot 5 schermen."),
        Part("Oefening", _steps(len(practice)), "" if practice else "Voeg een oefening toe."),
        Part("Check", _steps(len(check)), "" if 3 <= len(check) <= 5 else "Stel in de check 3 tot 5 vragen."),
        Part(
            "Dit doe ik vandaag",
            _steps(kinds.count("dit_doe_ik")),
            "" if "dit_doe_ik" in kinds else "Voeg ‘Dit doe ik vandaag’ toe.",
        ),
        Part("Kaart", _steps(kinds.count("card")), "" if kinds[-1:] == ["card"] else "Eindig met een kaart."),
    ]


def problems_of_parts(steps: Steps) -> list[str]:
    """What of the anatomy is not there, as sentences."""
    return [part.problem for part in parts_of(steps) if part.problem]


def is_check(step: Step) -> bool:
    """Whether this is a question of the check: its id says so ('b2-check-1')."""
    return "-check" in step.id


def empty_texts(steps: Steps) -> list[EmptyText]:
    """Every text that publishing asks for and that is empty, in either variant, in reading order."""
    return [
        EmptyText(number, str(BLOCKS[step.type].label), where, variant)
        for number, step in enumerate(steps.all, 1)
        if step.type in BLOCKS
        for where, variant in _empty(BLOCKS[step.type], step.value)
    ]


def _empty(block: Block, value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(block, TwinLineBlock | TwinTextBlock):
        yield from ((where, name) for name in NAMES if _is_missing(block, value or {}, name))
    elif isinstance(block, StructBlock):
        for name, inner in block.child_blocks.items():
            if isinstance(value, Mapping) and name in value:
                yield from _empty(inner, value[name], f"{where} › {inner.label}" if where else str(inner.label))
    elif isinstance(block, ListBlock):
        for number, item in enumerate(value or [], 1):
            inner = item.get("value") if isinstance(item, Mapping) and "value" in item else item
            yield from _empty(block.child_block, inner, f"{where} {number}")


def _is_missing(block: Any, value: Mapping[str, Any], name: str) -> bool:
    """A text that may be left out is missing only when the other variant has it."""
    filled = [variant for variant in NAMES if (value.get(variant) or "").strip()]
    return name not in filled and bool(filled or block.child_blocks[name].required)


def _steps(count: int) -> str:
    return "1 stap" if count == 1 else f"{count} stappen"
