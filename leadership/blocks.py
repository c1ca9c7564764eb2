"""What stands in a product, to read: its questions with their answers in words, for every place that shows one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leadership.programme import Field, Row, Template

WIDE = 4  # a table with more columns gets a page on its side
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what lets a text stand the other way around


@dataclass(frozen=True)
class Block:
    """One question with its answer: lines of text, or a table with a row of heads."""

    label: str
    lines: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_wide(self) -> bool:
        """True for a table that does not fit on a page that stands."""
        return len(self.heads) > WIDE

    @property
    def named(self) -> list[list[tuple[str, str]]]:
        """Each row as pairs of a head and what stands under it."""
        return [list(zip(self.heads, row, strict=True)) for row in self.rows]

    @property
    def pairs(self) -> list[list[tuple[str, str]]]:
        """The same without what is empty."""
        return [[pair for pair in row if pair[1]] for row in self.named]


def blocks_of(form: Template, values: Mapping[str, Any]) -> list[Block]:
    """These values on their form, without what is empty."""
    found = [block_of(field, values.get(field.id, "")) for field in form.fields]
    return [block for block in found if block.lines or block.rows]


def block_of(field: Field, value: Any) -> Block:
    """A field whose kind changed in the file since keeps nothing that no longer fits it."""
    if field.kind == "table":
        rows = [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []
        return Block(field.label, heads=tuple(column.label for column in field.columns), rows=_cells(field, rows))
    if not isinstance(value, str):
        return Block(field.label)
    if field.options:
        value = {option.id: option.text for option in field.options}.get(value, "")
    lines = (line.strip() for line in plain(value).splitlines())
    return Block(field.label, lines=tuple(line for line in lines if line))


def _cells(field: Field, rows: list[Row]) -> tuple[tuple[str, ...], ...]:
    chosen = {column.id: {option.id: option.text for option in column.options} for column in field.columns}

    def cell(column: str, value: str) -> str:
        return chosen[column].get(value, "") if chosen[column] else plain(value)

    return tuple(tuple(cell(column.id, row.get(column.id, "")) for column in field.columns) for row in rows)


def plain(text: str) -> str:
    """Right to left where the letters are; never because of a sign that nobody sees."""
    return TURNING.sub("", text)
