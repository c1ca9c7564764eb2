"""A product as a sheet to read: its questions with what stands there, for the screen, paper, PDF and Word alike."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.template.defaultfilters import date as in_dutch
from django.utils import timezone
from django.utils.text import slugify

from leadership.blocks import Block, blocks_of, plain
from leadership.models import WorkProduct
from leadership.programme import ProgrammeText, Values

LONG = re.compile(r"\S{22}(?=\S)")
BREAK = "\u200b"  # a place where a line may end, of no width


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
        return replace(self, author=plain(author))

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
    return Sheet(
        title=form.title,
        programme=programme.title,
        week=week.number,
        day=timezone.localdate(made_at),
        version=version,
        blocks=tuple(blocks_of(form, values)),
    )


def sheet_of_product(product: WorkProduct) -> Sheet | None:
    """A product as its author has it now."""
    return sheet_of(
        product.programme.text, product.template, product.values, product.changed_at, version=product.version
    )


def breakable(text: str) -> str:
    """The same, where a word that is longer than a column can go on below instead of over the edge."""
    return LONG.sub(lambda match: match[0] + BREAK, text)
