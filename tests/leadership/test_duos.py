"""Who reviews with whom, by rule: nobody is alone, who has a partner keeps them, and colleagues are kept apart."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from leadership.pairs import arrange

PEOPLE = st.dictionaries(st.integers(1, 40), st.integers(1, 4), min_size=2, max_size=17)


def sizes(duos: dict[int, int]) -> list[int]:
    return sorted(Counter(duos.values()).values())


@given(PEOPLE)
def test_everybody_has_a_partner_and_at_most_three_are_together(people):
    duos = arrange(people, {})
    assert set(duos) == set(people)
    assert set(sizes(duos)) <= {2, 3}
    assert sizes(duos).count(3) == len(people) % 2


@given(PEOPLE)
def test_colleagues_are_apart_when_no_organisation_has_more_than_half(people):
    most = max(Counter(people.values()).values())
    if most * 2 <= len(people) and len(people) % 2 == 0:
        duos = arrange(people, {})
        together = Counter((duos[user], place) for user, place in people.items())
        assert max(together.values()) == 1


@given(PEOPLE, st.data())
def test_whoever_leaves_the_others_have_a_partner_and_whole_duos_of_two_stay(people, data):
    before = arrange(people, {})
    gone = data.draw(st.sets(st.sampled_from(sorted(people)), max_size=len(people) - 2))
    left = {user: place for user, place in people.items() if user not in gone}
    after = arrange(left, before)
    assert set(after) == set(left)
    assert set(sizes(after)) <= {2, 3}
    for duo in set(before.values()):
        members = {user for user, number in before.items() if number == duo}
        if len(members) == 2 and not members & gone:
            assert len({after[user] for user in members}) == 1
    assert arrange(left, after) == after, "nothing changes when nobody left"


def test_one_of_three_goes_to_who_lost_a_partner_a_colleague_only_when_there_is_no_other():
    people = {1: 10, 2: 20, 3: 30, 4: 10}
    assert arrange(people, {1: 1, 2: 1, 3: 1, 4: 2}) == {1: 1, 2: 1, 3: 2, 4: 2}


def test_alone_in_a_group_there_is_no_duo():
    assert arrange({1: 10}, {1: 1}) == arrange({}, {1: 1}) == {}
