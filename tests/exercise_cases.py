"""The examples that each kind of exercise brings in its folder (cases.yaml), with answers to hold it to."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import yaml

from assessments.exercises import KINDS, folder_of
from assessments.kind import Kind

# The lesson of the tests has these first, and ends with the plan for today.
FIRST, LAST = ("sorteer", "keuze", "waar_onwaar", "volgorde"), ("dit_doe_ik",)


@dataclass(frozen=True)
class Case:
    """One example: the step as a curriculum file has it, and answers to it.

    done: answers that complete it: the right ones, or any where nothing is right or wrong. None where all stays
      on the phone.
    """

    kind: Kind
    step: dict[str, Any]
    done: list[Any]
    wrong: list[Any]
    refused: list[Any]
    forms: list[dict[str, Any]]

    @property
    def id(self) -> str:
        """The id of the step."""
        found: str = self.step["id"]
        return found


@cache
def cases() -> tuple[Case, ...]:
    """Every example of every kind."""
    between = sorted(set(KINDS) - {*FIRST, *LAST})
    return tuple(case for name in (*FIRST, *between, *LAST) for case in _read(KINDS[name]))


def _read(kind: Kind) -> list[Case]:
    examples = yaml.safe_load((folder_of(kind) / "cases.yaml").read_text(encoding="utf-8"))
    return [
        Case(
            kind,
            example["step"],
            [] if kind.stays_here else example["right"] if kind.graded else example["done"],
            example.get("wrong", []),
            example["refused"],
            example.get("forms", []),
        )
        for example in examples
    ]
