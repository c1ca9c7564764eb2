"""Releases: what may be told of a quarter is computed once, audited as a whole, and kept as it is shown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction

from insight.figures import can_be_told, last_whole_quarter
from insight.indicators import USE
from insight.models import Release, ReleasedFigure
from insight.queries.cohorts import use_in_quarter
from insight.queries.underway import employers_to_release
from insight.registry import Indicator, Period, Shown, employer_indicators, region_indicators
from insight.services.linked import linked_to
from insight.suppression import is_group
from insight.suppression.audit import Sum
from insight.suppression.release import (
    EVERYBODY,
    FIRM_COUNTS,
    GROUP_SHARES,
    REGION_CLASSES,
    REGION_COUNTS,
    REGION_SHARES,
    Manner,
    Reader,
    Row,
    Table,
    release,
)
from insight.tables import ALL, DIMENSIONS, Places, employer_table, group_of_team, region_table
from people.models import Cohort, Organisation
from people.queries import employers_in_monitor

WHOLE_FIRM, WHOLE_REGION = "Hele organisatie", "Hele regio"
MANNERS = {Shown.SHARE: REGION_SHARES, Shown.COUNT: REGION_COUNTS, Shown.FIRMS: FIRM_COUNTS}


def make_releases(*, today: date) -> int:
    """Of the last quarter, each employer first, then the region; gives how many are new. What is there stays.

    Each in a transaction of its own, so that who stops halfway goes on there the next time.
    """
    quarter = last_whole_quarter(today)
    if not can_be_told(quarter, today):
        return 0
    waiting = employers_to_release().exclude(releases__quarter=quarter).order_by("pk")
    made = sum(release_employer(organisation=one, quarter=quarter) is not None for one in waiting)
    return made + (release_region(quarter=quarter) is not None)


def release_employer(*, organisation: Organisation, quarter: date) -> Release | None:
    """What HR of this employer may be told of a quarter; None when that was done before.

    With fewer than ten people in its teams nothing is told, and the release is empty.
    """
    if Release.objects.filter(quarter=quarter, organisation=organisation).exists():
        return None
    period = Period.of(quarter)
    places = Places.of([organisation], period)
    names = {ALL: WHOLE_FIRM}
    for cohort in Cohort.objects.filter(pk__in=places.teams):
        names[group_of_team(cohort.pk)] = cohort.name
    figures: list[ReleasedFigure] = []
    if is_group(len(places.people)):
        for indicator in employer_indicators():
            rows = release(employer_table(indicator, places, period), GROUP_SHARES)
            figures += _figures(indicator, rows, names)
    return _keep(quarter, organisation, figures)


def release_region(*, quarter: date) -> Release | None:
    """What everybody may be told of the region in a quarter; None when that was done before.

    Of employers that take part now. Audited against who reads it alone, and against all HR leads together. Kept per
    indicator, so that who takes over from a worker that died goes on there; nobody is told before it is whole.
    """
    made, _ = Release.objects.get_or_create(quarter=quarter, organisation=None, defaults={"is_whole": False})
    if made.is_whole:
        return None
    period = Period.of(quarter)
    firms = list(employers_in_monitor().order_by("pk"))
    places = Places.of(firms, period)
    names = {ALL: WHOLE_REGION}
    for dimension, (_, values) in DIMENSIONS.items():
        names |= {f"{dimension}:{value}": label for value, label in values.items()}
    there = set(made.figures.values_list("indicator", flat=True))
    for indicator in region_indicators():
        if indicator.code in there:
            continue
        if indicator.code == USE:
            _add(made, _use(quarter, indicator))
            continue
        table = region_table(indicator, places, firms, period)
        readers = (EVERYBODY, _hr_together(table, indicator, places, period))
        table = Table(table.people, table.groups, table.told, readers)
        _add(made, _figures(indicator, release(table, _manner(indicator)), names))
    ended = Release.objects.filter(pk=made.pk, is_whole=False).update(is_whole=True)
    made.is_whole = True
    return made if ended else None


def _manner(indicator: Indicator) -> Manner:
    return REGION_CLASSES if indicator.is_ranking else MANNERS[indicator.shown]


def _hr_together(table: Table, indicator: Indicator, places: Places, period: Period) -> Reader:
    """All HR leads together. Of what they were told of their own employer they are taken to know it exactly, and of
    figures that imply this one they know what they were told."""
    told = ReleasedFigure.objects.filter(
        release__quarter=period.quarter, indicator=indicator.code, group=ALL, hidden=""
    )
    open_to = frozenset(told.values_list("release__organisation_id", flat=True)) & frozenset(table.people)
    known = [
        Sum(frozenset({(firm, category)}), count, count)
        for firm in open_to
        for category in table.told
        for count in [table.people[firm].get(category, 0)]
    ]
    linked = [one for one in linked_to(indicator, places, period) if one.pair[0] in table.people]
    return Reader([*known, *(one.known for one in linked)], frozenset(open_to), linked)


def _use(quarter: date, indicator: Indicator) -> Iterator[ReleasedFigure]:
    """How phones read and listened; of phones that are beside nobody there are no groups."""
    shown = {figure.what: figure for figure in use_in_quarter(quarter)}
    for category, label in indicator.told.items():
        figure = shown.get(label)
        yield ReleasedFigure(
            indicator=indicator.code, category=category, group=ALL, name=WHOLE_REGION,
            told=figure.told if figure else "", width=figure.width if figure else 0,
            hidden="" if figure else ReleasedFigure.Hidden.FEW,
        )  # fmt: skip


def _figures(indicator: Indicator, rows: Mapping[str, Row], names: Mapping[str, str]) -> Iterator[ReleasedFigure]:
    """In the order of the names."""
    for group, name in names.items():
        row = rows[group]
        for category in indicator.told:
            figure = row.figures.get(category)
            yield ReleasedFigure(
                indicator=indicator.code, category=category, group=group, name=name,
                told=figure.text if figure and not row.hidden else "",
                width=figure.width if figure and not row.hidden else 0, hidden=row.hidden,
            )  # fmt: skip


def _keep(quarter: date, organisation: Organisation, figures: Sequence[ReleasedFigure]) -> Release | None:
    """All of it or nothing; None when another was first."""
    try:
        with transaction.atomic():
            made = Release.objects.create(quarter=quarter, organisation=organisation)
            _put(made, figures)
    except IntegrityError:
        return None
    return made


def _add(made: Release, figures: Iterable[ReleasedFigure]) -> None:
    """All figures of one indicator; nothing where another was first."""
    try:
        with transaction.atomic():
            _put(made, list(figures))
    except IntegrityError:
        return


def _put(made: Release, figures: Sequence[ReleasedFigure]) -> None:
    for figure in figures:
        figure.release = made
    ReleasedFigure.objects.bulk_create(figures)
