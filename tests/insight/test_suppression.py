"""The rules of figures, for whatever counts there are: nothing told gives away a person, a small cell or one firm."""

from hypothesis import assume, given
from hypothesis import strategies as st

from insight.suppression import (
    GROUP,
    Rules,
    counts,
    is_dominated,
    is_unanimous,
    may_tell_anew,
    rounded,
    share,
    shares,
    step_of,
    told_share,
)

CELLS = st.dictionaries(st.text("abcdefgh", min_size=1, max_size=2), st.integers(0, 60), min_size=2, max_size=8)
PEOPLE = st.integers(10, 600)


@given(CELLS)
def test_no_share_of_fewer_than_ten_or_of_who_all_did_the_same(cells):
    whole = sum(cells.values())
    told = shares(cells)
    if whole < 10 or max(cells.values()) >= whole - 1:
        assert told is None
    else:
        assert told is not None
        assert set(told) == set(cells)


@given(PEOPLE)
def test_a_share_of_two_answers_never_says_how_many_it_were(people):
    """Whatever is told, at least two different counts would have been told so."""
    by_told: dict[int | None, int] = {}
    for part in range(people + 1):
        told = share(part, people)
        by_told[told] = by_told.get(told, 0) + 1
    assert min(by_told.values()) >= 2


@given(PEOPLE, st.data())
def test_one_person_more_or_less_changes_a_share_by_one_step_at_most(people, data):
    part = data.draw(st.integers(0, people - 1))
    step = step_of(people)
    assert 0 <= rounded(part + 1, people, step) - rounded(part, people, step) <= step
    assert step * people >= 100 * GROUP.in_step


@given(PEOPLE, st.integers(0, 300), st.integers(0, 300))
def test_the_share_of_one_of_more_answers_never_says_how_many_it_were(people, first, second):
    """Also not where it is nobody or nearly all: the others may be divided in any way."""
    assume(first + second <= people)
    told = shares({"a": first, "b": second, "c": people - first - second})
    assume(told is not None)
    fitting = 0
    for other in range(people - 1):
        left = people - other
        found = shares({"a": other, "b": left // 2, "c": left - left // 2})
        fitting += found is not None and found["a"] == told["a"]
    assert fitting >= 2


@given(PEOPLE, st.data())
def test_a_share_is_near_what_it_is(people, data):
    part = data.draw(st.integers(0, people))
    told, step = share(part, people), step_of(people)
    assert told is None or abs(told - 100 * part / people) <= step
    assert abs(rounded(part, people, step) - 100 * part / people) <= step / 2 + 1e-9


@given(CELLS)
def test_no_small_cell_is_told_as_a_count(cells):
    told = counts(cells)
    assert all(count is None or count >= GROUP.minimum for count in told.values())
    assert all(count in (None, cells[key]) for key, count in told.items())


@given(CELLS)
def test_what_is_hidden_cannot_be_computed_from_the_total(cells):
    """Who knows the total and what is told, knows the sum of the hidden cells: that is enough people, in cells enough
    that for each another count fits as well."""
    told = counts(cells)
    hidden = [key for key, count in told.items() if count is None]
    if len(hidden) in (0, len(cells)):
        return
    together = sum(cells.values()) - sum(count for count in told.values() if count is not None)
    assert len(hidden) >= 2
    assert together >= GROUP.minimum
    for key in hidden:
        assert any(other != cells[key] and together - other >= 0 for other in range(together + 1))


@given(CELLS)
def test_no_more_is_hidden_than_the_rule_asks(cells):
    told = counts(cells)
    if all(count >= GROUP.minimum for count in cells.values()):
        assert told == cells


@given(st.lists(st.integers(1, 500), min_size=1, max_size=8))
def test_a_figure_of_firms_is_not_one_of_the_largest(people):
    if len(people) < 3 or max(people) * 2 > sum(people):
        assert is_dominated(people)
    else:
        assert not is_dominated(people)
    assert is_dominated(people, Rules(organisations=9))


@given(st.integers(0, 100), st.integers(0, 100))
def test_a_figure_is_told_anew_with_five_more_only(before, now):
    assert may_tell_anew(before, now) == (now >= 10 and now - before >= 5)


@given(st.integers(10, 2000), st.data())
def test_shares_of_the_region_have_open_ends(whole, data):
    told = told_share(data.draw(st.integers(0, whole)), whole)
    assert told is not None
    assert told not in ("0%", "100%")


@given(CELLS)
def test_unanimous_is_all_or_all_but_one(cells):
    assume(sum(cells.values()))
    rest = sum(cells.values()) - max(cells.values())
    assert is_unanimous(list(cells.values())) == (rest < 2)
