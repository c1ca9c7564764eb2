"""Figures that were released, as pages and files show them: nothing is counted here."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from insight.models import Release, ReleasedFigure
from insight.registry import Indicator, Theme, employer_indicators, region_indicators
from insight.tables import ALL, DIMENSIONS
from people.models import Organisation


@dataclass(frozen=True)
class Group:
    """One row of an employer's sheet: what the group is called, and a figure per indicator, in their order."""

    name: str
    figures: list[ReleasedFigure]

    @property
    def hidden(self) -> str:
        """Why the whole row is hidden, where one reason holds for all of it."""
        reasons = {figure.hidden for figure in self.figures}
        return self.figures[0].get_hidden_display() if len(reasons) == 1 and self.figures[0].hidden else ""


@dataclass(frozen=True)
class Sheet:
    """What HR sees of their own employer in one quarter; empty where there are too few people."""

    release: Release
    indicators: list[Indicator]
    groups: list[Group]


def quarters_of(organisation: Organisation | None) -> QuerySet[Release]:
    """The releases of an employer, or of the region, the last first. The caller made sure that who looks may."""
    return Release.objects.filter(organisation=organisation)


def sheet_of(release: Release) -> Sheet:
    """Per group of an employer all figures; two queries whatever there is."""
    indicators = employer_indicators()
    codes = [one.code for one in indicators]
    rows: dict[str, dict[str, ReleasedFigure]] = {}
    for figure in release.figures.all():
        rows.setdefault(figure.group, {})[figure.indicator] = figure
    groups = [
        Group(next(iter(row.values())).name, [row[code] for code in codes if code in row]) for row in rows.values()
    ]
    return Sheet(release, [one for one in indicators if any(one.code in row for row in rows.values())], groups)


@dataclass(frozen=True)
class Told:
    """One indicator in the monitor. whole: its figures for the region. parts: those of groups that are shown, per
    dimension; few: what the groups are called of which nothing is shown."""

    indicator: Indicator
    whole: list[ReleasedFigure]
    parts: list[tuple[str, list[ReleasedFigure], list[str]]]

    @property
    def is_hidden(self) -> bool:
        return all(figure.hidden for figure in self.whole)

    @property
    def is_share(self) -> bool:
        """Whether a bar to 100 says something."""
        return any(figure.told.endswith("%") for figure in self.whole) or self.indicator.shown == "deel"

    def label(self, figure: ReleasedFigure) -> str:
        return self.indicator.told.get(figure.category, figure.category)


def monitor_of(release: Release) -> list[tuple[Theme, list[Told]]]:
    """What the region is told of a quarter, by theme; one query."""
    found: dict[str, list[ReleasedFigure]] = {}
    for figure in release.figures.all():
        found.setdefault(figure.indicator, []).append(figure)
    themes: dict[Theme, list[Told]] = {}
    for indicator in region_indicators():
        if figures := found.get(indicator.code):
            whole = [figure for figure in figures if figure.group == ALL]
            themes.setdefault(indicator.theme, []).append(Told(indicator, whole, list(_parts(figures))))
    return list(themes.items())


def _parts(figures: list[ReleasedFigure]) -> Iterator[tuple[str, list[ReleasedFigure], list[str]]]:
    for dimension, (title, _) in DIMENSIONS.items():
        own = [figure for figure in figures if figure.group.startswith(f"{dimension}:")]
        if own:
            shown = [figure for figure in own if not figure.hidden]
            yield title, shown, list(dict.fromkeys(figure.name for figure in own if figure.hidden))


def release_in(organisation: Organisation | None, wanted: str) -> Release | None:
    """The release of this quarter ('2026-07-01'), the last one for ''; None where there is none, or no such day."""
    releases = quarters_of(organisation)
    if not wanted:
        return releases.first()
    try:
        return releases.filter(quarter=date.fromisoformat(wanted)).first()
    except ValueError:
        return None
