"""Everything about a person, as they read it themselves: the export of each room in words (AVG art. 12 and 15)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

_IS_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(\+\d\d:\d\d|Z)")
MOST = 50  # of one kind on the page; the file has all
TITLES = {
    "people": "Over jou",
    "learning": "Je lessen",
    "assessments": "Je antwoorden",
    "courses": "Je routes",
    "leadership": "Je programma",
    "xapi": "Het logboek van je lessen",
    "integrations": "Andere systemen",
    "wagtail": "Wat je maakte",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of thing: its name and what is kept of it, the first of many. more: how many are in the file only."""

    name: str
    values: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """What one room holds."""

    title: str
    rows: tuple[Row, ...]


def sections_of(export: dict[str, Any]) -> list[Section]:
    """The export of all rooms (people.services.export_person) as sections to read, without empty ones."""
    found = []
    for room, held in export.items():
        rows = tuple(_row(name, value) for name, value in held.items() if value not in ("", None, [], {}, 0))
        if rows:
            found.append(Section(TITLES.get(room, room), rows))
    return sorted(found, key=lambda section: section.title != TITLES["people"])


def _row(name: str, value: Any) -> Row:
    if isinstance(value, dict):
        return Row(name, tuple(_pairs(value)))
    if not isinstance(value, list):
        return Row(name, (_words(value),))
    return Row(name, tuple(_words(one) for one in value[-MOST:]), max(0, len(value) - MOST))


def _words(value: Any) -> str:
    """One value on a line: what is in it, by name."""
    if isinstance(value, dict):
        return ", ".join(_pairs(value))
    if isinstance(value, list):
        return ", ".join(_words(one) for one in value)
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return _moment(str(value))


def _moment(text: str) -> str:
    """A moment as people write it; other text as it is."""
    if not _IS_MOMENT.fullmatch(text):
        return text
    return date_format(timezone.localtime(datetime.fromisoformat(text)), "j F Y, G.i") + " uur"


def _pairs(value: dict[str, Any]) -> Iterator[str]:
    for name, one in value.items():
        if one not in ("", None, [], {}):
            yield f"{name}: {_words(one)}"
