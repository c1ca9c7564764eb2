"""One front door per region: the desk where an owner of a firm begins (curriculum/front_door.yaml)."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone
from jsonschema import Draft202012Validator

from language.files import FilesError, Problem, read_data, validator_of

SCHEMA = Path(__file__).parent / "curriculum" / "schemas" / "front_door.schema.json"
GOOD_FOR = timedelta(days=90)


@dataclass(frozen=True)
class Region:
    """A region and its desk. desk: '' where none is known. email: '' unless the desk itself said that it is right."""

    id: str
    name: str
    does: Mapping[str, str]
    checked_on: date
    verified: bool
    source: str
    desk: str = ""
    email: str = ""
    behind: tuple[str, ...] = ()

    @property
    def is_old(self) -> bool:
        """Nobody looked for 90 days whether this is still right."""
        return timezone.localdate() - self.checked_on > GOOD_FOR


@dataclass(frozen=True)
class Help:
    """Whom to ask about one subject, in any region."""

    id: str
    title: str
    names: tuple[str, ...]
    note: Mapping[str, str] | None = None


@dataclass(frozen=True)
class FrontDoor:
    """Every region, and what is the same everywhere."""

    regions: tuple[Region, ...]
    also: tuple[Help, ...] = ()

    def region(self, key: str) -> Region | None:
        """The region with this id, if there is one."""
        return next((region for region in self.regions if region.id == key), None)

    @property
    def old(self) -> list[Region]:
        return [region for region in self.regions if region.is_old]


@cache
def front_door() -> FrontDoor:
    """What the file of this site says; read once per process. Raises FilesError when it is not right."""
    return read_front_door(Path(settings.FRONT_DOOR))


def read_front_door(file: Path) -> FrontDoor:
    """One file, checked. Raises FilesError with everything that is wrong."""
    problems: list[Problem] = []
    try:
        data = read_data(file, file.read_bytes(), _schema(), problems)
    except FileNotFoundError:
        data, problems = None, [Problem(file, "", "dit bestand is er niet")]
    if not problems:
        problems = list(_meaning(file, data))
    if problems:
        raise FilesError(problems)
    return FrontDoor(
        tuple(_region(entry) for entry in data["regions"]),
        tuple(
            Help(entry["id"], entry["title"], tuple(entry["names"]), entry.get("note"))
            for entry in data.get("also", [])
        ),
    )


@cache
def _schema() -> Draft202012Validator:
    return validator_of(json.loads(SCHEMA.read_text(encoding="utf-8")))


def _region(entry: Mapping[str, Any]) -> Region:
    return Region(
        id=entry["id"],
        name=entry["name"],
        does=entry["does"],
        checked_on=date.fromisoformat(entry["checked_on"]),
        verified=entry["verified"],
        source=entry["source"],
        desk=entry.get("desk", ""),
        email=entry.get("email", ""),
        behind=tuple(entry.get("behind", [])),
    )


def _meaning(file: Path, data: Mapping[str, Any]) -> Iterator[Problem]:
    for part in ("regions", "also"):
        for key, count in Counter(entry["id"] for entry in data.get(part, [])).items():
            if count > 1:
                yield Problem(file, part, f"'{key}' staat er {count} keer")
    for number, entry in enumerate(data["regions"]):
        where = f"regions.{number} ({entry['id']})"
        if date.fromisoformat(entry["checked_on"]) > timezone.localdate():
            yield Problem(file, f"{where}.checked_on", "ligt in de toekomst")
        if entry.get("email") and not entry["verified"]:
            yield Problem(file, f"{where}.email", "mag er pas staan als het loket zei dat het klopt: verified: true")
        for name in ("email", "behind"):
            if entry.get(name) and not entry.get("desk"):
                yield Problem(file, f"{where}.{name}", "hoort bij een loket: geef ook 'desk'")
