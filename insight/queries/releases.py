"""Figures that were released, as pages and files show them: nothing is counted here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from insight.indicators import TAKING_PART
from insight.models import Release, ReleasedFigure
from insight.registry import Indicator, Shown, Theme, employer_indicators, region_indicators
from insight.tables import ALL, DIMENSIONS
from people.models import Organisation


@dataclass(frozen=True)
class Group:
    """One row of an employer's table: what the group is called, and a figure per indicator, in their order."""

    name: str
    cells: list[tuple[Indicator, ReleasedFigure]]

    @property
    def hidden(self) -> str:
        """Why the whole row is hidden, where one reason holds for all of it."""
        figures = [figure for _, figure in self.cells]
        same = len({figure.hidden for figure in figures}) == 1
        return figures[0].get_hidden_display() if same and figures[0].hidden else ""


@dataclass(frozen=True)
class Sheet:
    """One table that HR sees of their own employer in a quarter."""

    caption: str
    indicators: list[Indicator]
    groups: list[Group]


SHEETS = (
    (
        "Weten mensen welke AI-afspraken er zijn? Lukt het om veilig te werken?",
        ("afspraken-start", "afspraken-nu", "gelukt"),
    ),
    ("Gebruiken mensen AI? Doen ze lessen?", ("gebruik-start", "gebruik-nu", TAKING_PART)),
)


def quarters_of(organisation: Organisation | None) -> QuerySet[Release]:
    """The releases of an employer, or of the region, the last first. The caller made sure that who looks may."""
    return Release.objects.filter(organisation=organisation, is_whole=True)


def sheets_of(release: Release) -> list[Sheet]:
    """What HR sees of their own employer in one quarter, in one query; empty where there are too few people."""
    by_code = {one.code: one for one in employer_indicators()}
    rows: dict[str, dict[str, ReleasedFigure]] = {}
    for figure in release.figures.all():
        rows.setdefault(figure.group, {})[figure.indicator] = figure
    sheets = []
    for caption, codes in SHEETS:
        known = [code for code in codes if rows and all(code in row for row in rows.values())]
        groups = [
            Group(row[code].name, [(by_code[one], row[one]) for one in known])
            for row in rows.values()
            for code in known[:1]
        ]
        sheets.append(Sheet(caption, [by_code[code] for code in known], groups))
    return [one for one in sheets if one.groups]


@dataclass(frozen=True)
class TakingPart:
    """About which part of an employer took part in a quarter, as it was released.

    what, of: what they did, and which people. told: the figure or why there is none; '' where all teams together had
    too few people for any figure.
    """

    quarter: date
    what: str
    of: str
    told: str


def taking_part_of(organisation: Organisation) -> list[TakingPart]:
    """Of each quarter that was released, the first one first. The caller made sure that who looks may."""
    indicator = next(one for one in employer_indicators() if one.code == TAKING_PART)
    whole = ReleasedFigure.objects.filter(indicator=TAKING_PART, group=ALL)
    releases = quarters_of(organisation).order_by("quarter").prefetch_related(Prefetch("figures", whole, "whole"))
    return [
        TakingPart(
            release.quarter, indicator.title, indicator.what, "".join(figure.in_words for figure in release.whole)
        )
        for release in releases
    ]


Labelled = tuple[str, ReleasedFigure]
FIRST = 3  # of a ranking, per group


@dataclass(frozen=True)
class Told:
    """One indicator in the monitor. whole: its figures for the region. parts: per dimension its name, the figures of
    groups that are shown, and what the groups are called of which nothing is. Each figure with its words."""

    indicator: Indicator
    whole: list[Labelled]
    parts: list[tuple[str, list[Labelled], list[str]]]

    @property
    def is_hidden(self) -> bool:
        return all(figure.hidden for _, figure in self.whole)

    @property
    def is_ranking(self) -> bool:
        """Whether its figures stand by size, and of a group only the first."""
        return self.indicator.is_ranking

    @property
    def is_share(self) -> bool:
        """Whether a bar to 100 says something."""
        return self.indicator.shown is Shown.SHARE


def monitor_of(release: Release) -> list[tuple[Theme, list[Told]]]:
    """What the region is told of a quarter, by theme; one query."""
    found: dict[str, list[ReleasedFigure]] = {}
    for figure in release.figures.all():
        found.setdefault(figure.indicator, []).append(figure)
    themes: dict[Theme, list[Told]] = {}
    for indicator in region_indicators():
        if figures := found.get(indicator.code):
            whole = [(indicator.told.get(one.category, ""), one) for one in _ranked(indicator, figures, ALL)]
            themes.setdefault(indicator.theme, []).append(Told(indicator, whole, list(_parts(indicator, figures))))
    return list(themes.items())


def _parts(indicator: Indicator, figures: list[ReleasedFigure]) -> Iterator[tuple[str, list[Labelled], list[str]]]:
    for dimension, (title, _) in DIMENSIONS.items():
        own = [figure for figure in figures if figure.group.startswith(f"{dimension}:")]
        if own:
            groups = dict.fromkeys(figure.group for figure in own if not figure.hidden)
            most = FIRST if indicator.is_ranking else None
            shown = [(_words(indicator, one), one) for group in groups for one in _ranked(indicator, own, group)[:most]]
            yield title, shown, list(dict.fromkeys(figure.name for figure in own if figure.hidden))


def _ranked(indicator: Indicator, figures: list[ReleasedFigure], group: str) -> list[ReleasedFigure]:
    """The figures of one group: in the order of the categories, of many the largest first."""
    own = [figure for figure in figures if figure.group == group]
    return sorted(own, key=lambda figure: -figure.width) if indicator.is_ranking else own


def _words(indicator: Indicator, figure: ReleasedFigure) -> str:
    """A group, and what is told of it where that is more than one thing."""
    return figure.name if len(indicator.told) == 1 else f"{figure.name}: {indicator.told.get(figure.category, '')}"


def release_in(organisation: Organisation | None, wanted: str) -> Release | None:
    """The release of this quarter ('2026-07-01'), the last one for ''; None where there is none, or no such day."""
    releases = quarters_of(organisation)
    if not wanted:
        return releases.first()
    try:
        return releases.filter(quarter=date.fromisoformat(wanted)).first()
    except ValueError:
        return None
