"""The rules by which a figure about people may be shown: pure functions over counts, tested by properties.

A cell is a count of people. Small cells are hidden, and what could be computed from what stays is hidden along; shares
are rounded so that no published one tells of one person; what all (but one) did is not told, for it would be known of
each; and a figure about more organisations is not one about the largest of them.
Sources: curriculum brief, section 7 (group rules); decision 0037; Hundepool e.a., Statistical Disclosure Control
(2012), chapter 4 (primary and secondary suppression, dominance).
"""

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Rules:
    """What holds for a figure.

    minimum: people behind a figure, and in a cell that is told as a count. more: how many people more before it is told
    anew. steps: percentages that shares may be rounded to, the finest first; in_step: so many people are at least in
    one step. spread: how many did something else than all others before a share is told.
    organisations, largest: how many there are at least, and which part of the people is at most in the largest.
    """

    minimum: int = 10
    more: int = 5
    steps: tuple[int, ...] = (5, 10, 20, 25)
    in_step: float = 2.5
    spread: int = 2
    organisations: int = 3
    largest: float = 0.5


GROUP = Rules()
REGION = Rules()


def is_group(people: int, rules: Rules = GROUP) -> bool:
    """Whether so many people are enough for a figure."""
    return people >= rules.minimum


def is_dominated(people: Sequence[int], rules: Rules = REGION) -> bool:
    """Whether a figure over these organisations would say too much of one: too few, or one with too large a part."""
    return len(people) < rules.organisations or max(people) > rules.largest * sum(people)


def may_tell_anew(before: int, now: int, rules: Rules = GROUP) -> bool:
    """Whether a figure of `before` people may be told again of `now`: so many more, that two looks tell of no one."""
    return is_group(now, rules) and now >= before + rules.more


def is_unanimous(cells: Sequence[int], rules: Rules = GROUP) -> bool:
    """Whether (nearly) all people are in one cell: then it would be known of each of them."""
    whole = sum(cells)
    return bool(cells) and max(cells) > whole - rules.spread


def step_of(people: int, rules: Rules = GROUP) -> int:
    """The finest percentage of which one step is people enough, so that one person more or less does not show."""
    return next((step for step in rules.steps if step * people >= 100 * rules.in_step), rules.steps[-1])


def rounded(part: int, whole: int, step: int) -> int:
    """A percentage in whole steps; what lies in the middle goes down, so that every step holds more than one count."""
    return step * math.ceil(100 * part / (whole * step) - 0.5)


def shares(cells: Mapping[Key, int], rules: Rules = GROUP) -> dict[Key, int] | None:
    """The part of the people in each cell, in steps; None where these cells may not be told.

    `cells` divide the people: everybody is in one of them. No share is 100, and of two cells none is 0: what is left
    there beside what may not be told at all would be one count only.
    """
    whole = sum(cells.values())
    if not is_group(whole, rules) or is_unanimous(list(cells.values()), rules):
        return None
    step = step_of(whole, rules)
    least = step if len(cells) == 2 else 0
    return {key: min(max(rounded(count, whole, step), least), 100 - step) for key, count in cells.items()}


def share(part: int, whole: int, rules: Rules = GROUP) -> int | None:
    """The part of the people that did something; None where it may not be told."""
    found = shares({True: part, False: whole - part}, rules)
    return None if found is None else found[True]


def counts(cells: Mapping[Key, int], rules: Rules = GROUP) -> dict[Key, int | None]:
    """The cells of one row whose total is told too, as counts; None for what is hidden.

    Small cells are hidden, zero among them. What stays must not give them away: one hidden cell alone is the total
    without the others, and hidden cells with few people together are few people. So the smallest of the others are
    hidden along, until two or more are and enough people are in them; else nothing of the row is told.
    """
    hidden = {key for key, count in cells.items() if count < rules.minimum}
    rest = sorted((key for key in cells if key not in hidden), key=lambda key: (cells[key], str(key)))
    while hidden and rest and (len(hidden) < 2 or sum(cells[key] for key in hidden) < rules.minimum):
        hidden.add(rest.pop(0))
    return {key: None if key in hidden else count for key, count in cells.items()}


def told_share(part: int, whole: int, rules: Rules = GROUP) -> str | None:
    """A part in steps of 5% with open ends ('<5%', '>95%'), for the region; None for too few.

    There it is about phones and counts of hundreds; for a group of people `share` is the stricter one.
    """
    if not is_group(whole, rules):
        return None
    near = nearest_five(part, whole)
    return "<5%" if near < 5 else ">95%" if near > 95 else f"{near}%"


def nearest_five(part: int, whole: int) -> int:
    """A percentage in steps of 5, from 0 to 100."""
    return min(5 * round(20 * part / whole), 100)
