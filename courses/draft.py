"""A path as it is being built: what is on it, in which order and when. Plain values, without the database.

Two drafts that say the same are equal; so a form that comes twice changes nothing, and who saves over somebody else's
work can be told what differs.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from courses.models import CoursePath, Pace

MOST_ITEMS = 100
MOST_WEEK = 40


@dataclass(frozen=True)
class Item:
    """One line: a lesson ('les:B2') or an own page ('blad:<id>')."""

    key: str
    required: bool = True
    week: int | None = None
    on: date | None = None
    note: str = ""

    @property
    def lesson(self) -> str:
        """The code of the lesson; '' for an own page."""
        kind, _, code = self.key.partition(":")
        return code if kind == "les" else ""

    @property
    def page(self) -> str:
        """The id of the own page; '' for a lesson."""
        kind, _, page = self.key.partition(":")
        return page if kind == "blad" else ""


@dataclass(frozen=True)
class Draft:
    """Everything about a path that its builder changes."""

    title: str
    intro: str = ""
    intro_makkelijk: str = ""
    pace: str = Pace.FREE.value
    items: tuple[Item, ...] = field(default=())

    @property
    def keys(self) -> list[str]:
        return [item.key for item in self.items]

    def place_of(self, key: str) -> int:
        """The number of a line, from 1; 0 when it is not there."""
        return self.keys.index(key) + 1 if key in self.keys else 0

    def moved(self, key: str, steps: int) -> "Draft":
        """With one line so many places down (or up, below zero); at an end it stays there."""
        if key not in self.keys:
            return self
        items = list(self.items)
        old = self.keys.index(key)
        items.insert(max(0, min(len(items) - 1, old + steps)), items.pop(old))
        return replace(self, items=tuple(items))

    def without(self, key: str) -> "Draft":
        return replace(self, items=tuple(item for item in self.items if item.key != key))

    def having(self, key: str) -> "Draft":
        """With this line at the end, unless it is there already."""
        return self if key in self.keys else replace(self, items=(*self.items, Item(key)))

    def spread(self, per_week: int, begin: date | None) -> "Draft":
        """With so many lines in each week from the first; own pages go with what stands before them.

        On dates: from `begin` on, every week on that day; without it the dates stay as they are.
        """
        items, count = list[Item](), 0
        for item in self.items:
            count += bool(item.lesson)
            week = min(max(count - 1, 0) // per_week, MOST_WEEK - 1)
            if self.pace == Pace.WEEKS:
                item = replace(item, week=week + 1)
            elif self.pace == Pace.DATES and begin:
                item = replace(item, on=begin + timedelta(weeks=week))
            items.append(item)
        return replace(self, items=tuple(items))


def draft_of(path: CoursePath) -> Draft:
    """A path as it stands."""
    return Draft(
        title=path.title,
        intro=path.intro,
        intro_makkelijk=path.intro_makkelijk,
        pace=path.pace,
        items=tuple(Item(item.key, item.required, item.week, item.on, item.note) for item in path.items),
    )


@dataclass(frozen=True)
class Difference:
    """One thing that differs between what one made and what a colleague saved meanwhile."""

    key: str
    theirs: int  # its place there; 0 when it is not there
    mine: int
    what: tuple[str, ...] = ()  # the names of the fields that differ

    @property
    def has_moved(self) -> bool:
        return "place" in self.what


def differences(mine: Draft, theirs: Draft) -> list[Difference]:
    """Per line what differs, in the order of theirs, then what is only in mine. Key '' is the path itself."""
    found = []
    own = tuple(name for name in ("title", "intro", "intro_makkelijk", "pace") if _differ(mine, theirs, name))
    if own:
        found.append(Difference("", 1, 1, own))
    both = {item.key: item for item in mine.items}
    kept_there = [key for key in theirs.keys if key in both]
    kept_here = [key for key in mine.keys if theirs.place_of(key)]
    for key in kept_there:
        here, there = both[key], theirs.items[theirs.place_of(key) - 1]
        what = [name for name in ("required", "week", "on", "note") if _differ(here, there, name)]
        if kept_there.index(key) != kept_here.index(key):
            what.insert(0, "place")
        if what:
            found.append(Difference(key, theirs.place_of(key), mine.place_of(key), tuple(what)))
    only_there = [Difference(key, theirs.place_of(key), 0) for key in theirs.keys if key not in both]
    only_here = [Difference(key, 0, mine.place_of(key)) for key in mine.keys if not theirs.place_of(key)]
    return [*found, *_by_place(only_there), *only_here]


def _differ(one: object, other: object, name: str) -> bool:
    return getattr(one, name) != getattr(other, name)


def _by_place(found: Sequence[Difference]) -> list[Difference]:
    return sorted(found, key=lambda one: one.theirs)
