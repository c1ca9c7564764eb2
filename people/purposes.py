"""For what something about people is kept, for how many days, and how that term is carried out.

A room declares its purposes with `people.registry`. What holds now stands in `people.terms`; what goes, goes by
`people.services.retention_runs`. Why it is so: docs/decisions/0059-terms-per-purpose-and-organisation.md.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.db.models import OuterRef, Q, QuerySet

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose term this is, and which rows it is for.

    organisation: its number; None for the term of the site, which is for every organisation without one of its own.
    own: the organisations with a term of their own. longer: those of them that keep longer than this one.
    site_is_longer: so does the site.
    """

    organisation: int | None
    days: int
    own: frozenset[int] = frozenset()
    longer: frozenset[int] = frozenset()
    site_is_longer: bool = False

    def rows(self, path: str) -> Q:
        """The rows this term is for; `path` leads from them to their organisation."""
        if self.organisation is not None:
            return Q(**{path: self.organisation})
        return ~Q(**{f"{path}__in": self.own}) if self.own else Q()

    def kept_longer(self, path: str) -> Q:
        """The rows of organisations that keep longer."""
        found = Q(**{f"{path}__in": self.longer})
        return found | ~Q(**{f"{path}__in": self.own}) if self.site_is_longer else found


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that says when a person was last here: a model, which field is the person, and which the moment.

    ahead: how long after it the moment lies, for what ends later than it began. Without a moment it counts as long as
    it is there and `where` holds: what they still use without coming.
    """

    model: str
    person: str
    moment: str = ""
    ahead: timedelta = timedelta(0)
    where: tuple[tuple[str, Any], ...] = ()

    def since(self, moment: datetime) -> "QuerySet[Any]":
        """Signs of one person since this moment; for a query over people."""
        rows = apps.get_model(self.model)._default_manager.filter(**{self.person: OuterRef("pk")}, **dict(self.where))
        return rows.filter(**{f"{self.moment}__gte": moment + self.ahead}) if self.moment else rows


@dataclass(slots=True)
class Batch:
    """Some rows that go together, in one transaction. `due` finds what may still go; what did not is in `failed`."""

    keys: list[Any]
    due: "QuerySet[Any]"
    limit: datetime
    failed: list[Any] = field(default_factory=list)


Tell = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose, as a privacy officer reads it.

    about: what it is about, in one sentence. unit: one of it, and more.
    default: days that hold when nobody set any, at the site; None is as long as the person is here. setting: where
    those days come from. least and most: between what a term lies, each with why.
    due: the rows from before a moment that this scope is for. drop: takes a batch of them away, gives how many.
    sweep: takes all away by itself, in transactions of its own in which it tells how many; then there is no `drop`.
    people: the rows are people, who go whole. owner: leads from a row to its person; who goes, takes the row along.
    told: what the person reads, with {term} in it; "" where it is nothing of theirs.
    applies: whether it is read by this person.
    """

    key: str
    name: str
    about: str
    unit: tuple[str, str]
    default: Callable[[], int | None]
    least: int
    least_why: str
    most: int
    most_why: str
    due: "Callable[[datetime, Scope], QuerySet[Any]]"
    drop: Callable[[Batch], int] | None = None
    sweep: Callable[[datetime, Tell], None] | None = None
    setting: str = ""
    per_organisation: bool = False
    people: bool = False
    owner: str = ""
    at_once: int = 200
    told: str = ""
    applies: Callable[[Any], bool] = lambda _: True

    def within(self, days: int | None) -> int | None:
        """These days, never fewer than the least nor more than the most; None stays as long as the person is here."""
        return None if days is None else max(self.least, min(self.most, days))


@dataclass(frozen=True, slots=True)
class Fixed:
    """A term that nobody sets: what it is about, how long, and why."""

    name: str
    term: str
    why: str


def in_words(days: int | None) -> str:
    """A term as people say it."""
    if days is None:
        return "zo lang als de mens hier is"
    if days % 365 == 0:
        return "1 jaar" if days == 365 else f"{days // 365} jaar"
    return "1 dag" if days == 1 else f"{days} dagen"


def delete(batch: Batch) -> int:
    """A `drop` for rows that simply go."""
    rows = batch.due.model._default_manager.filter(pk__in=batch.keys)
    count = len(batch.keys)
    rows.delete()
    return count
