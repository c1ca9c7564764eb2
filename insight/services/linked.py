"""Figures of employers of which a figure of the region says something, as what their HR leads know of it."""

from collections.abc import Iterator
from datetime import date

from insight.models import ReleasedFigure
from insight.registry import YES, Indicator, OfPeople, Period, employer_indicators
from insight.suppression.release import GROUP_SHARES, Linked, Row, Table
from insight.tables import Places, employer_table


def linked_to(indicator: Indicator, places: Places, period: Period) -> Iterator[Linked]:
    """Per employer its table of each indicator that implies this one, with what was told of it in this quarter.

    Not of an employer that began to take part in the quarter: its people count there since then only.
    """
    firm_of = places.firm_of
    for other in employer_indicators():
        if other.implies != indicator.code or not isinstance(other, OfPeople):
            continue
        shown = _shown(other, period.quarter)
        for firm in sorted(places.firms):
            own = places.at(firm)
            people = own.people
            if people and places.firms[firm] <= period.begin:
                table = employer_table(other, own, period)
                elsewhere = sum(firm_of[user] != firm for user in people)
                yield Linked((firm, YES), table, GROUP_SHARES, _rows(table, shown.get(firm, set())), elsewhere)


def _shown(indicator: Indicator, quarter: date) -> dict[int, set[str]]:
    """Per employer the groups of which a figure is out."""
    found: dict[int, set[str]] = {}
    out = ReleasedFigure.objects.filter(release__quarter=quarter, indicator=indicator.code, hidden="")
    for firm, group in out.exclude(release__organisation=None).values_list("release__organisation_id", "group"):
        found.setdefault(firm, set()).add(group)
    return found


def _rows(table: Table, shown: set[str]) -> dict[str, Row]:
    """What was told of these groups, with the counts that would be told so."""
    rows = {}
    for group in shown & set(table.groups):
        size = table.size(table.groups[group])
        told = {name: GROUP_SHARES.tell(table.count(table.groups[group], name), size) for name in table.told}
        figures = {name: figure for name, figure in told.items() if figure is not None}
        if len(figures) == len(told):
            rows[group] = Row(figures)
    return rows
