"""A product as a sheet to read: its questions with what stands there, for the screen, paper, PDF and Word alike."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.template.defaultfilters import date as in_dutch
from django.utils import timezone
from django.utils.text import slugify

from leadership.models import WorkProduct
from leadership.programme import Field, ProgrammeText, Row, Values

WIDE = 4  # a table with more columns gets a page on its side
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what lets a text stand the other way around
LONG = re.compile(r"\S{22}(?=\S)")
BREAK = "\u200b"  # a place where a line may end, of no width


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


@dataclass(frozen=True)
class Sheet:
    """What a product says. `version` is None where versions are not counted; `author` is empty unless they chose."""

    title: str
    programme: str
    week: int
    day: date
    version: int | None
    blocks: tuple[Block, ...]
    author: str = ""

    @property
    def about(self) -> tuple[str, ...]:
        """What stands below the title."""
        said = [f"{self.programme}, week {self.week}", str(in_dutch(self.day, "j F Y"))]
        if self.version is not None:
            said.append(f"versie {self.version}")
        return (*said, f"gemaakt door {self.author}") if self.author else tuple(said)

    def by(self, author: str) -> "Sheet":
        """The same with the name of who made it, who chose so."""
        return replace(self, author=_plain(author))

    def file_name(self, ending: str) -> str:
        """A name for a file that every system takes."""
        return f"{slugify(self.title)[:60].strip('-') or 'stuk'}-{self.day:%Y-%m-%d}.{ending}"


def sheet_of(
    programme: ProgrammeText, template: str, values: Values, made_at: datetime, version: int | None = None
) -> Sheet | None:
    """These values on the form they were made with, without what is empty; None when that form left the programme."""
    form, week = programme.templates.get(template), programme.week_of(template)
    if form is None or week is None:
        return None
    blocks = [_block(field, values.get(field.id, "")) for field in form.fields]
    return Sheet(
        title=form.title,
        programme=programme.title,
        week=week.number,
        day=timezone.localdate(made_at),
        version=version,
        blocks=tuple(block for block in blocks if block.lines or block.rows),
    )


def sheet_of_product(product: WorkProduct) -> Sheet | None:
    """A product as its author has it now."""
    return sheet_of(
        product.programme.text, product.template, product.values, product.changed_at, version=product.version
    )


def _block(field: Field, value: str | list[Row]) -> Block:
    """A field whose kind changed in the file since keeps nothing that no longer fits it."""
    if field.kind == "table":
        rows = value if isinstance(value, list) else []
        return Block(field.label, heads=tuple(column.label for column in field.columns), rows=_cells(field, rows))
    if not isinstance(value, str):
        return Block(field.label)
    if field.options:
        value = {option.id: option.text for option in field.options}.get(value, "")
    lines = (line.strip() for line in _plain(value).splitlines())
    return Block(field.label, lines=tuple(line for line in lines if line))


def _cells(field: Field, rows: list[Row]) -> tuple[tuple[str, ...], ...]:
    chosen = {column.id: {option.id: option.text for option in column.options} for column in field.columns}

    def cell(column: str, value: str) -> str:
        return chosen[column].get(value, "") if chosen[column] else _plain(value)

    return tuple(tuple(cell(column.id, row.get(column.id, "")) for column in field.columns) for row in rows)


def _plain(text: str) -> str:
    """Right to left where the letters are; never because of a sign that nobody sees."""
    return TURNING.sub("", text)


def breakable(text: str) -> str:
    """The same, where a word that is longer than a column can go on below instead of over the edge."""
    return LONG.sub(lambda match: match[0] + BREAK, text)
