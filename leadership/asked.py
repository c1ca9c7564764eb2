"""A guided form as it stands on a page: each question with what was typed, and what is wrong there."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leadership.blocks import Block, block_of
from leadership.programme import Column, Field, Template

SHOWN_ROWS = 3  # of a table in which nothing stands yet, where it asks that many


@dataclass(frozen=True)
class Cell:
    """One place in a row. `name` is what a browser sends it under."""

    column: Column
    name: str
    value: str


@dataclass(frozen=True)
class AskedRow:
    """One row of a table; `number` counts from 1."""

    place: int
    cells: tuple[Cell, ...]

    @property
    def number(self) -> int:
        """As people count."""
        return self.place + 1


@dataclass(frozen=True)
class Asked:
    """One question, with what stands there. wrong: what the server could not take; missing: what it still needs."""

    field: Field
    value: str
    rows: tuple[AskedRow, ...]
    wrong: str = ""
    missing: str = ""

    @property
    def empty_row(self) -> AskedRow:
        """The row that a script copies."""
        return _row(self.field, "nieuw", {})

    @property
    def is_full(self) -> bool:
        """Whether no row fits any more."""
        return len(self.rows) >= self.field.most


def asked_of(
    template: Template, values: Mapping[str, Any], *, wrong: Mapping[str, str], missing: Mapping[str, str]
) -> list[Asked]:
    """Every question of a form; values as they came, so perhaps of a wrong shape."""
    return [
        Asked(
            field,
            "" if field.kind == "table" else _text(values.get(field.id)),
            tuple(_rows(field, values.get(field.id))) if field.kind == "table" else (),
            wrong.get(field.id, ""),
            missing.get(field.id, ""),
        )
        for field in template.fields
    ]


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _rows(field: Field, value: Any) -> Iterator[AskedRow]:
    """What was typed and, where one fits, a row to type in."""
    rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
    wanted = max(len(rows), min(SHOWN_ROWS, max(1, field.least)))
    for place, row in enumerate([*rows, *[{}] * (wanted - len(rows))]):
        yield _row(field, place, row)


def _row(field: Field, place: int | str, row: Mapping[str, Any]) -> AskedRow:
    cells = (Cell(one, f"{field.id}-{place}-{one.id}", _text(row.get(one.id))) for one in field.columns)
    return AskedRow(place if isinstance(place, int) else 0, tuple(cells))


@dataclass(frozen=True)
class Difference:
    """One question that two versions of a product answer differently."""

    field: Field
    mine: Block
    theirs: Block


def differences(template: Template, mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> list[Difference]:
    """Where two versions differ, in the order of the form."""
    return [
        Difference(field, block_of(field, mine.get(field.id, "")), block_of(field, theirs.get(field.id, "")))
        for field in template.fields
        if mine.get(field.id, "") != theirs.get(field.id, "")
    ]
