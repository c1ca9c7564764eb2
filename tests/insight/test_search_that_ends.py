"""A search over whole people that ends early hides more, never less."""

import pytest

from insight.suppression import audit
from insight.suppression.audit import Audit, Sum, Undecided, Wanted
from insight.suppression.release import ALONG, GROUP_SHARES, REGION_COUNTS, Linked, Reader, Table, release

PARTS = [f"p{number}" for number in range(12)]
MOST = dict.fromkeys(PARTS, 9.0)
# Odd sums of even weights of three: halves fit at once, whole people have to be looked for.
KNOWN = [Sum(frozenset(PARTS[at : at + 3]), 13, 14) for at in range(0, 10)]
WANTED = [Wanted(frozenset(PARTS[at : at + 2]), room) for at in range(0, 11) for room in (2, 6, 11, 15)]


def test_what_a_short_search_calls_safe_is_safe(monkeypatch):
    whole = set(Audit(MOST, KNOWN).pinned(WANTED))
    monkeypatch.setattr(audit, "NODES", 0)
    assert whole <= set(Audit(MOST, KNOWN).pinned(WANTED))


def test_what_a_search_could_not_decide_is_given_away(monkeypatch):
    def undecided(*_: object) -> tuple[int, float]:
        raise Undecided

    monkeypatch.setattr(Audit, "possible", undecided)
    free = Wanted(frozenset({"a"}), 2)
    assert list(Audit({"a": 9.0}, []).pinned([free])) == [free]


@pytest.mark.parametrize("nodes", [0, 1, 500])
def test_an_end_that_is_told_is_possible(monkeypatch, nodes: int):
    pairs = [frozenset(PARTS[at : at + 2]) for at in range(10)]
    monkeypatch.setattr(audit, "NODES", 2**31 - 1)
    ends = [Audit(MOST, KNOWN).possible(pair) for pair in pairs]
    monkeypatch.setattr(audit, "NODES", nodes)
    for pair, (low, high) in zip(pairs, ends, strict=True):
        try:
            least, most = Audit(MOST, KNOWN).possible(pair)
        except Undecided:
            continue
        assert low <= least
        assert most <= high


def test_what_it_could_not_decide_of_tables_that_are_linked_is_hidden(monkeypatch):
    def undecided(*_: object) -> tuple[int, float]:
        raise Undecided

    monkeypatch.setattr(Audit, "possible", undecided)
    told = Table({"a": {"ja": 20, "nee": 20}}, {"alles": frozenset("a")}, ("ja",))
    linked = Linked(("firm", "ja"), told, GROUP_SHARES, {})
    readers = (Reader([linked.known], linked=[linked]),)
    region = Table(
        {one: {"ja": 30} for one in ("firm", "b", "c")}, {"alles": frozenset({"firm", "b", "c"})}, ("ja",), readers
    )
    assert linked.known.low == 20
    assert release(region, REGION_COUNTS)["alles"].hidden == ALONG
