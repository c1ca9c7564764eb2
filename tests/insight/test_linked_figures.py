"""Who finished a lesson also learned: what HR was told of the one and everybody of the other is audited together."""

import uuid
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.registry import YES, employer_indicators, region_indicators
from insight.services import release_employer, release_region
from insight.suppression.release import EVERYBODY, GROUP_SHARES, REGION_COUNTS, Linked, Reader, Table, release
from learning.models import Attempt, Event, Progress
from people.models import Organisation, User
from tests.insight.teams import BEFORE, DURING, QUARTER, employer, team
from tests.insight.test_release import shares_of
from tests.insight.test_releases import told

LEARNED, FINISHED = "lerenden", "lessen"


def learned(users: list[User]) -> None:
    for user in users:
        attempt = Attempt.objects.create(id=uuid.uuid4(), user=user, module="B1", revision=1, started_at=DURING)
        Event.objects.create(
            id=uuid.uuid4(), user=user, attempt=attempt, module="B1", step="x", at=DURING, received_at=DURING
        )


def finished(users: list[User]) -> None:
    Progress.objects.bulk_create(
        Progress(
            user=user, module="B1", attempt=uuid.uuid4(), revision=1, step="x", saved_at=DURING, completed_at=DURING
        )
        for user in users
    )


def firms_of(*counts: tuple[int, int, int]) -> list[Organisation]:
    """Firms in the monitor: how many finished a lesson, learned, and are in the team."""
    made = []
    for done, some, people in counts:
        firm = employer(in_monitor_since=BEFORE, sector="zorg", size="10-49", province="drenthe")
        users = team(firm, "Team", people)
        finished(users[:done])
        learned(users[:some])
        release_employer(organisation=firm, quarter=QUARTER)
        made.append(firm)
    return made


@pytest.mark.django_db
def test_a_count_is_hidden_where_what_leads_were_told_leaves_too_little_room():
    """34 people are told as 30, which is at most 35. The three leads know of at least 13, 13 and 8 who finished, so of
    the first firm 13 or 14 people learned: too exact."""
    firms_of((13, 13, 100), (13, 13, 100), (8, 8, 100))
    assert told(release_region(quarter=QUARTER), LEARNED)["Hele regio"] == "along"


@pytest.mark.django_db
def test_a_count_is_told_where_few_finished_what_they_learned():
    firms_of((4, 13, 100), (4, 13, 100), (4, 8, 100))
    assert told(release_region(quarter=QUARTER), LEARNED)["Hele regio"] == "30"


@pytest.mark.django_db
def test_of_an_employer_that_came_in_the_quarter_nothing_follows():
    firms = firms_of((13, 13, 100), (13, 13, 100), (8, 8, 100))
    for firm in firms:
        firm.in_monitor_since = DURING
        firm.save()
    assert told(release_region(quarter=QUARTER), LEARNED)["Hele regio"] == "30"


def test_what_implies_another_names_one_that_is_there():
    assert {one.code: one.implies for one in employer_indicators() if one.implies} == {FINISHED: LEARNED}
    assert LEARNED in {one.code for one in region_indicators()}


SIZES = {"a": 60, "b": 3, "c": 80, "d": 100}
AT = {"A": "ab", "B": "c", "C": "d"}


@st.composite
def quarters(draw) -> tuple[dict[str, int], dict[str, int]]:
    """How many of each team finished a lesson, and how many of each firm learned: of most of them both."""
    done = {part: draw(st.integers(0, 3) if size < 10 else st.integers(8, 15)) for part, size in SIZES.items()}
    return done, {firm: sum(done[part] for part in parts) + draw(st.integers(0, 2)) for firm, parts in AT.items()}


def ends(values) -> int:
    values = list(values)
    return max(values) - min(values)


@settings(max_examples=60, deadline=None)
@given(quarters())
def test_whoever_tries_all_counts_of_both_finds_nothing_that_one_of_them_hides(drawn):
    done, some = drawn
    tables = {
        firm: shares_of(
            {part: (done[part], SIZES[part]) for part in parts}, alles=parts, **{part: part for part in parts}
        )
        for firm, parts in AT.items()
    }
    rows = {firm: release(table, GROUP_SHARES) for firm, table in tables.items()}
    out = {firm: {group: row for group, row in rows[firm].items() if not row.hidden} for firm in AT}
    linked = [Linked((firm, YES), tables[firm], GROUP_SHARES, out[firm]) for firm in AT]
    counted = {firm: {YES: count} for firm, count in some.items() if count}
    linked = [one for one in linked if one.pair[0] in counted]
    region = Table(
        counted,
        {"alles": frozenset(counted)},
        (YES,),
        (EVERYBODY, Reader([one.known for one in linked], linked=linked)),
    )
    row = release(region, REGION_COUNTS)["alles"]
    if row.hidden:
        return
    fit = {firm: list(_fitting(AT[firm], out[firm], tables[firm])) for firm in AT}
    low, high = row.figures[YES].low, row.figures[YES].high
    most = {firm: sum(SIZES[part] for part in parts) for firm, parts in AT.items()}
    least = {firm: min(sum(one.values()) for one in fit[firm]) for firm in AT}
    ranges = [range(least[firm], min(most[firm], high) + 1) if firm in counted else range(1) for firm in AT]
    possible = [found for found in product(*ranges) if low <= sum(found) <= high]
    for place, firm in enumerate(AT):
        if firm not in counted:
            continue
        room = ends(found[place] for found in possible)
        assert room >= min(REGION_COUNTS.room(some[firm]), most[firm] - least[firm]), (firm, room)
        top = max(found[place] for found in possible)
        left = [one for one in fit[firm] if sum(one.values()) <= top]
        for group, shown in rows[firm].items():
            size = tables[firm].size(tables[firm].groups[group])
            if shown.hidden:
                before = ends(sum(one[part] for part in tables[firm].groups[group]) for one in fit[firm])
                after = ends(sum(one[part] for part in tables[firm].groups[group]) for one in left)
                assert after >= min(GROUP_SHARES.room(size), before), (firm, group)


def _fitting(parts: str, out, table: Table):
    """Every count of who finished that would be told the same."""
    for counts in product(*(range(SIZES[part] + 1) for part in parts)):
        one = dict(zip(parts, counts, strict=True))
        if all(
            row.figures[YES].low <= sum(one[part] for part in table.groups[group]) <= row.figures[YES].high
            for group, row in out.items()
        ):
            yield one


def test_a_count_that_says_too_much_of_a_hidden_team_elsewhere_is_found():
    """A team of four of whom nothing is told: that at most one person of the firm learned says too much of them."""
    table = shares_of({"a": (1, 4), "b": (30, 100)}, alles="ab", a="a")
    linked = Linked(("firm", YES), table, GROUP_SHARES, {})
    assert linked.possible == (0, 104)
    assert linked.known.high == 104
    assert [linked.is_given_away(most) for most in (0, 2, 3, 104)] == [True, True, False, False]
