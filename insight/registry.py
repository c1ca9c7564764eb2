"""What is counted for figures of groups and of the region, and which room can count it.

A room above this one registers its own in `AppConfig.ready`, as with `people.registry`. An indicator reads; what may be
told of it is decided elsewhere (insight.services.releases).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from insight.figures import moments_of

YES, NO = "ja", "nee"
MOST_SHARES = 4
Counts = Mapping[str, int]
Since = Mapping[int, datetime]
"""Per person or organisation from when on what happened counts."""


@dataclass(frozen=True)
class Period:
    """A quarter; `quarter` is its first day, `end` the first moment after it."""

    quarter: date
    begin: datetime
    end: datetime

    @classmethod
    def of(cls, quarter: date) -> "Period":
        """The quarter that begins on this day, on the clock here."""
        return cls(quarter, *moments_of(quarter))


class Theme(StrEnum):
    """What an indicator is about, in the order of the page."""

    REACH = "Bereik"
    INCLUSION = "Lezen en luisteren"
    AI_AT_WORK = "AI op het werk"
    KNOWLEDGE = "Wat mensen weten"
    BEHAVIOUR = "Veilig werken"
    FIRMS = "Bedrijven"
    LEADERSHIP = "Leidinggeven"
    WORK = "Hoe het werk is"


class Shown(StrEnum):
    """How a figure is told."""

    SHARE = "deel"
    COUNT = "aantal"
    FIRMS = "bedrijven"


@dataclass(frozen=True)
class Indicator:
    """One thing that is counted in a quarter.

    told: the categories that are shown, with their words. what: whom the figure is about, for the page and the data
    dictionary. employer: HR sees it of their own groups. region: it is in the monitor. implies: the code of another one
    that counts everybody who is counted with yes here, so that the two are audited together.
    """

    code: str
    theme: Theme
    title: str
    what: str
    told: Mapping[str, str]
    shown: Shown = Shown.SHARE
    employer: bool = False
    region: bool = True
    implies: str = ""

    @property
    def is_ranking(self) -> bool:
        """Whether there are so many categories that most are small: told in classes, and shown by size."""
        return len(self.told) > MOST_SHARES


@dataclass(frozen=True)
class OfPeople(Indicator):
    """read: of these people, each since a moment, the category of who has one."""

    read: Callable[[Since, Period], Mapping[int, str]] = field(kw_only=True)


@dataclass(frozen=True)
class OfTeams(Indicator):
    """read: of these teams how many people are in each category, from figures that were told before."""

    read: Callable[[Collection[int], Period], Mapping[int, Counts]] = field(kw_only=True)


@dataclass(frozen=True)
class OfFirms(Indicator):
    """read: of these employers, each since a moment, how many of something are in each category."""

    read: Callable[[Since, Period], Mapping[int, Counts]] = field(kw_only=True)


_indicators: dict[str, Indicator] = {}


def register_indicator(indicator: Indicator) -> None:
    """Take in an indicator. Raises ValueError for a code that is there already."""
    if indicator.code in _indicators:
        raise ValueError(f"{indicator.code} is registered already")
    _indicators[indicator.code] = indicator


def indicators() -> Iterator[Indicator]:
    """All of them, by theme and then as they were registered."""
    themes = list(Theme)
    yield from sorted(_indicators.values(), key=lambda one: themes.index(one.theme))


def employer_indicators() -> list[Indicator]:
    """What HR sees of their own groups."""
    return [one for one in indicators() if one.employer]


def region_indicators() -> list[Indicator]:
    """What the monitor tells."""
    return [one for one in indicators() if one.region]
