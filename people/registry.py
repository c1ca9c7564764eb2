"""Where each room says how what it holds about a person is exported, erased, kept no longer and merged.

A room calls `register` in `AppConfig.ready`. A test fails when a model with personal data belongs to
no registered room (tests/people/test_personal_data_is_registered.py).
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from people.models import User
from people.purposes import Fixed, Purpose, Sign

Export = Callable[[User], dict[str, Any]]
Erase = Callable[[User], dict[str, int]]
Retain = Callable[[datetime], dict[str, int]]
Merge = Callable[[User, User], None]
Describe = Callable[[User], str]


WITH_THE_PERSON = "zo lang als de mens hier is"


@dataclass(frozen=True, slots=True)
class Held:
    """Why rows of a model are kept and until when, in Dutch, for the register of processing (AVG art. 5 and 30)."""

    why: str
    until: str


@dataclass(frozen=True)
class PersonalData:
    """How one room treats a person's data.

    models: by its label ('room.Model') each model that this entry answers for, with why and until when.
    export: everything held about the person, as plain data that can become JSON.
    erase: deletes it; gives counts per kind of thing.
    retain: deletes what is past a term that nobody sets at the given moment; gives counts.
    purposes: what goes after a term that can be set. fixed: the terms of `retain`, in words.
    signs: what here says when a person was last seen.
    merge: moves it from the first person to the second; nothing lost, nothing doubled.
    describe: what the person did here, in a few words for them ('3 lessen'); "" for nothing.
    """

    room: str
    models: Mapping[str, Held]
    export: Export
    erase: Erase
    retain: Retain
    merge: Merge
    describe: Describe = lambda _: ""
    purposes: tuple[Purpose, ...] = ()
    fixed: tuple[Fixed, ...] = ()
    signs: tuple[Sign, ...] = ()


_rooms: dict[str, PersonalData] = {}


def register(entry: PersonalData) -> None:
    """Take in a room's entry. Raises ValueError when the room has one already."""
    if entry.room in _rooms:
        raise ValueError(f"{entry.room} is registered already")
    _rooms[entry.room] = entry


def rooms() -> Iterator[PersonalData]:
    """The entries, those that may point at others first, `people` itself last."""
    yield from sorted(_rooms.values(), key=lambda entry: entry.room == "people")


def holdings_of(user: User) -> list[str]:
    """What a person did, in words for them; empty for someone who did nothing yet."""
    return [words for entry in rooms() if (words := entry.describe(user))]


def purposes() -> list[Purpose]:
    """Every purpose: those whose rows are people first, since with them goes all that is theirs."""
    found = [purpose for entry in _rooms.values() for purpose in entry.purposes]
    return sorted(found, key=lambda purpose: not purpose.people)


def purpose_of(key: str) -> Purpose:
    """The purpose of this key. Raises KeyError."""
    return {purpose.key: purpose for purpose in purposes()}[key]


def keeps_nothing(_: datetime) -> dict[str, int]:
    """A `retain` for rooms whose rows go when the person goes."""
    return {}
