"""Who reviews with whom: a pure rule, so that a partner who is missing is always replaced in the same way."""

from collections import Counter, defaultdict

People = dict[int, int]
"""Per person where they work."""
Duos = dict[int, int]
"""Per person the number of their duo."""


def arrange(people: People, now: Duos) -> Duos:
    """A duo for everybody, of different organisations wherever that comes out. Nobody is without a partner.

    Duos that are whole stay together. Who has no partner gets one of the others without; does that not come out, then
    one of three joins, and else they join two others. A group of one has no duos.
    """
    whole = _whole(people, now)
    alone = sorted(set(people) - {user for members in whole.values() for user in members})
    if len(alone) % 2 and (three := _three(whole)):
        moved = _unlike(three, [people[user] for user in alone], people)
        three.remove(moved)
        alone = sorted([*alone, moved])
    alone = _largest_first(alone, people)
    half, number = len(alone) // 2, max(whole, default=0)
    for place in range(half):
        number += 1
        whole[number] = [alone[place], alone[place + half]]
    if len(alone) % 2 and whole:
        last = alone[-1]
        fits = sorted(whole, key=lambda duo: (len(whole[duo]), people[last] in _places(whole[duo], people), duo))
        whole[fits[0]].append(last)
    return {user: duo for duo, members in whole.items() for user in members}


def _whole(people: People, now: Duos) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for user, duo in sorted(now.items()):
        if user in people:
            found[duo].append(user)
    return {duo: members for duo, members in found.items() if len(members) > 1}


def _three(whole: dict[int, list[int]]) -> list[int] | None:
    return next((members for _, members in sorted(whole.items()) if len(members) > 2), None)


def _unlike(members: list[int], places: list[int], people: People) -> int:
    """One of these, of another organisation than the places where that is possible."""
    return min(members, key=lambda user: (people[user] in places, -user))


def _largest_first(alone: list[int], people: People) -> list[int]:
    """Those of one organisation together, the largest first: then one half of the list never meets its own."""
    sizes = Counter(people[user] for user in alone)
    return sorted(alone, key=lambda user: (-sizes[people[user]], people[user], user))


def _places(members: list[int], people: People) -> set[int]:
    return {people[user] for user in members}
