"""No table that goes out lets anyone compute what is hidden in it: across groups, pages and quarters."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from insight.suppression.audit import Audit, Sum, Wanted, pinned, possible
from insight.suppression.release import (
    ALONG,
    FEW,
    FIRM_COUNTS,
    GROUP_SHARES,
    REGION_COUNTS,
    REGION_SHARES,
    Reader,
    Table,
    audited,
    region_class,
    release,
)

YES, NO = "ja", "nee"
FEWER = settings(max_examples=60)
FEW_TABLES = settings(max_examples=8)


def shares_of(people: dict[str, tuple[int, int]], **groups: str) -> Table:
    """Parts as (said yes, of how many); groups as letters of parts."""
    counts = {part: {YES: yes, NO: of - yes} for part, (yes, of) in people.items()}
    return Table(counts, {name: frozenset(letters) for name, letters in groups.items()}, (YES,))


PART = st.integers(0, 30).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
PARTS = st.fixed_dictionaries(dict.fromkeys("abcd", PART))


def fitting(table: Table, rows):
    """Every division of the parts that would have been told the same: by trying all, without any solver."""
    parts = sorted(table.people)
    told = [(table.groups[group], row.figures[YES]) for group, row in rows.items() if not row.hidden]
    for counts in product(*(range(table.size(frozenset({part})) + 1) for part in parts)):
        yes = dict(zip(parts, counts, strict=True))
        if all(figure.low <= sum(yes[part] for part in group) <= figure.high for group, figure in told):
            yield yes


SMALL = st.integers(0, 12).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@FEWER
@given(st.fixed_dictionaries(dict.fromkeys("abc", SMALL)))
def test_whoever_tries_all_counts_finds_no_hidden_team(people):
    """Teams of one employer, beside the whole: the check knows nothing of linear programming."""
    table = shares_of(people, whole="abc", a="a", b="b", c="c")
    rows = release(table, GROUP_SHARES)
    found = list(fitting(table, rows))
    for group, row in rows.items():
        size = table.size(table.groups[group])
        if row.hidden and size:
            values = {sum(one[part] for part in table.groups[group]) for one in found}
            assert max(values) - min(values) >= GROUP_SHARES.room(size), (group, rows)


@FEWER
@given(st.fixed_dictionaries(dict.fromkeys("abc", SMALL)))
def test_teams_that_share_people_do_not_give_away_who_is_in_one_only(people):
    """`b` is in both teams; who are in one of them only may be few."""
    table = shares_of(people, whole="abc", first="ab", second="bc")
    rows = release(table, GROUP_SHARES)
    found = list(fitting(table, rows))
    for part in "abc":
        size = table.size(frozenset({part}))
        if 0 < size < 10:
            values = {one[part] for one in found}
            assert max(values) - min(values) >= GROUP_SHARES.room(size)


@FEWER
@given(st.fixed_dictionaries(dict.fromkeys(("ap", "aq", "bp", "bq", "cp", "cq"), PART)))
def test_a_table_of_two_directions_with_its_margins_keeps_each_hidden_cell(people):
    counts = {part: {YES: yes, NO: of - yes} for part, (yes, of) in people.items()}
    groups = {part: frozenset({part}) for part in people}
    groups |= {side: frozenset(part for part in people if side in part) for side in "abcpq"}
    table = Table(counts, groups | {"whole": frozenset(people)}, (YES,))
    rows = release(table, GROUP_SHARES)
    told = {group: row for group, row in rows.items() if not row.hidden}
    most, known, _ = audited(table, GROUP_SHARES, told)
    audit = Audit(most, known)
    for group, row in rows.items():
        size = table.size(table.groups[group])
        if row.hidden and size:
            low, high = audit.possible(frozenset((part, YES) for part in table.groups[group]))
            assert low <= table.count(table.groups[group], YES) <= high
            assert high - low >= GROUP_SHARES.room(size)


@FEWER
@given(PARTS)
def test_what_is_told_is_never_of_fewer_than_ten(people):
    table = shares_of(people, whole="abcd", a="a", b="b", c="c", d="d")
    for group, row in release(table, GROUP_SHARES).items():
        size, yes = table.size(table.groups[group]), table.count(table.groups[group], YES)
        if size < 10 or min(yes, size - yes) < 2:
            assert row.hidden == FEW
        if not row.hidden:
            assert row.figures[YES].low <= yes <= row.figures[YES].high


def test_of_one_small_team_the_next_smallest_is_hidden_along():
    """As a reader would: whole minus the teams that are told is the team that is not."""
    table = shares_of({"a": (15, 30), "b": (60, 120), "c": (9, 9)}, whole="ac", all="abc", a="a", b="b", c="c")
    rows = release(table, GROUP_SHARES)
    assert rows["c"].hidden == FEW
    assert rows["a"].hidden == ALONG
    assert rows["b"].figures[YES].text == "50%"
    assert rows["whole"].figures[YES].text == "60%"


def test_nothing_is_hidden_where_nothing_is_given_away():
    table = shares_of({"a": (12, 40), "b": (20, 40)}, whole="ab", a="a", b="b")
    assert not [row for row in release(table, GROUP_SHARES).values() if row.hidden]


@pytest.mark.parametrize("came", [0, 1])
@pytest.mark.parametrize("yes", range(2, 19))
def test_a_second_quarter_over_the_same_people_and_one_more_does_not_tell_of_the_one(yes, came):
    """A cumulative figure would: the audit of both quarters together sees it, and hides the first or the second."""
    people = {"before": {YES: yes, NO: 20 - yes}, "came": {YES: came, NO: 1 - came}}
    groups = {"first": frozenset({"before"}), "second": frozenset({"before", "came"})}
    table = Table(people, groups, (YES,))
    told = {group: row for group, row in release(table, GROUP_SHARES).items() if not row.hidden}
    most, known, _ = audited(table, GROUP_SHARES, told)
    assert possible(most, known, frozenset({("came", YES)})) == (0, 1)


def test_what_one_page_told_is_known_on_the_next():
    """The exact number of an employer's own page hides what the table of the region would give away with it."""
    people = {"x": {YES: 9, NO: 11}, "y": {YES: 5, NO: 4}, "z": {YES: 9, NO: 11}}
    groups = {"sector": frozenset("xyz")}
    alone = release(Table(people, groups, (YES,)), REGION_SHARES)
    assert not alone["sector"].hidden
    known = [Sum(frozenset({("x", YES)}), 9, 9), Sum(frozenset({("z", YES)}), 9, 9)]
    both = release(Table(people, groups, (YES,), (Reader(known, frozenset("xz")),)), REGION_SHARES)
    assert both["sector"].hidden == ALONG


@pytest.mark.parametrize("sizes", [(30, 30), (200, 20, 20), (40,)])
def test_two_firms_or_one_large_one_are_no_region(sizes):
    people = {f"firm {n}": {YES: size // 2, NO: size - size // 2} for n, size in enumerate(sizes)}
    for manner in (REGION_SHARES, REGION_COUNTS):
        table = Table(people, {"all": frozenset(people)}, (YES,))
        assert release(table, manner)["all"].hidden == FEW


def test_of_firms_the_number_is_told_from_three_and_one_or_two_cannot_be_subtracted():
    people = {f"{sector}{n}": {YES: 1} for sector, firms in (("z", 5), ("b", 4), ("h", 2)) for n in range(firms)}
    groups = {sector: frozenset(firm for firm in people if firm[0] == sector) for sector in "zbh"}
    rows = release(Table(people, groups | {"all": frozenset(people)}, (YES,)), FIRM_COUNTS)
    assert (rows["h"].hidden, rows["b"].hidden) == (FEW, ALONG)
    assert (rows["z"].figures[YES].text, rows["all"].figures[YES].text) == ("5", "11")


FIRMS = st.dictionaries(
    st.tuples(st.sampled_from("zbl"), st.sampled_from("KMG"), st.sampled_from("gd"), st.integers(0, 3)),
    st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))),
    min_size=3,
    max_size=14,
)


@FEW_TABLES
@given(FIRMS, st.sampled_from([REGION_SHARES, REGION_COUNTS]))
def test_no_firm_can_be_computed_from_sector_size_and_province_together(firms, manner):
    people = {firm: {YES: yes, NO: of - yes} for firm, (yes, of) in firms.items()}
    if manner is REGION_COUNTS:
        people = {firm: {YES: of} for firm, (_, of) in firms.items()}
    groups = {
        f"{axis}{value}": frozenset(firm for firm in people if firm[axis] == value)
        for axis in range(3)
        for value in {firm[axis] for firm in people}
    }
    table = Table(people, groups | {"all": frozenset(people)}, (YES,))
    rows = release(table, manner)
    most, known, _ = audited(table, manner, {group: row for group, row in rows.items() if not row.hidden})
    for firm in people:
        low, high = possible(most, known, frozenset({(firm, YES)}))
        assert low <= people[firm][YES] <= high
        assert high - low >= manner.room(sum(people[firm].values()))


@FEWER
@given(st.fixed_dictionaries(dict.fromkeys("abc", SMALL)), st.data())
def test_the_audit_finds_what_trying_all_counts_finds(people, data):
    """Held against a search over everything, for any sums that are told, exactly or not."""
    sums = data.draw(st.lists(st.tuples(st.sampled_from(["a", "b", "ab", "bc", "ac", "abc"]), st.integers(0, 2))))
    yes = {part: count for part, (count, _) in people.items()}
    known = []
    for letters, about in sums:
        exact = sum(yes[part] for part in letters)
        known.append(Sum(frozenset(letters), exact - about, exact + about))
    most = {part: float(of) for part, (_, of) in people.items()}
    fits = [
        dict(zip("abc", counts, strict=True))
        for counts in product(*(range(people[part][1] + 1) for part in "abc"))
        if all(one.low <= sum(dict(zip("abc", counts, strict=True))[p] for p in one.parts) <= one.high for one in known)
    ]
    for letters in ("a", "b", "c", "ac"):
        values = [sum(one[part] for part in letters) for one in fits]
        assert possible(most, known, frozenset(letters)) == (min(values), max(values))


def test_halves_of_people_do_not_hide_what_whole_people_give_away():
    """Of three people at most one of each two: halves would be one and a half together, people are one."""
    trios = ("abc", "def")
    pairs = [Sum(frozenset(trio) - {one}, 0, 1) for trio in trios for one in trio]
    known = [*pairs, Sum(frozenset("abcdef"), 2, 6)]
    most = dict.fromkeys("abcdef", 1.0)
    assert possible(most, known, frozenset("abcdef")) == (2, 2)
    assert list(pinned(most, known, [Wanted(frozenset("abcdef"), 1)]))


def test_what_cannot_all_be_true_is_an_error_and_no_answer():
    with pytest.raises(ValueError, match="cannot all be true"):
        possible({"a": 1.0}, [Sum(frozenset("a"), 2, 3)], frozenset("a"))


@given(st.integers(10, 300))
def test_every_class_of_a_ranking_holds_two_counts_or_more(whole):
    """So that '<20%' is never 'nobody', and no class is one number; told once for every count."""
    seen: dict[str, list[int]] = {}
    for part in range(whole + 1):
        figure = region_class(part, whole)
        assert figure is not None
        assert figure.low <= part <= figure.high
        seen.setdefault(figure.text, []).append(part)
    for text, parts in seen.items():
        assert len(parts) >= 2, text
        assert parts == list(range(parts[0], parts[-1] + 1))
    assert region_class(4, 9) is None


@FEWER
@given(st.integers(2, 12), st.data())
def test_two_questions_to_the_same_people_tell_nothing_of_each_other(size, data):
    """One program over who said what to both (per pair of answers an unknown) has the same ends as one over the first:
    why each indicator is audited by itself (decision 0045)."""
    pairs = [(first, second) for first in (YES, NO) for second in (YES, NO)]
    counts = [data.draw(st.integers(0, size)) for _ in range(2)]
    about = [data.draw(st.integers(0, 3)) for _ in range(2)]
    told = [
        Sum(
            frozenset(pair for pair in pairs if pair[question] == YES),
            counts[question] - about[question],
            counts[question] + about[question],
        )
        for question in range(2)
    ]
    both = possible(dict.fromkeys(pairs, float(size)), [Sum(frozenset(pairs), size, size), *told], told[0].parts)
    alone = Sum(frozenset({YES}), told[0].low, told[0].high)
    one = possible(
        {YES: float(size), NO: float(size)}, [Sum(frozenset({YES, NO}), size, size), alone], frozenset({YES})
    )
    assert both == one
