"""The rules by which a figure about a group may be shown (curriculum brief, section 7: group rules)."""

from collections.abc import Sequence
from datetime import date

from insight.models import GROUP_FROM

ORGANISATIONS_FROM = 3
LARGEST_SHARE = 0.5


def share(part: int, whole: int) -> str | None:
    """`part` of `whole` in steps of 5%, the ends as '<5%' and '>95%'; None for fewer than 10."""
    if whole < GROUP_FROM:
        return None
    rounded = rounded_share(part, whole)
    return "<5%" if rounded < 5 else ">95%" if rounded > 95 else f"{rounded}%"


def rounded_share(part: int, whole: int) -> int:
    """A percentage in steps of 5, from 0 to 100."""
    return min(5 * round(20 * part / whole), 100)


def is_regional(learners: Sequence[int]) -> bool:
    """Whether figures over these organisations are about a region: at least 3, and none with more than half."""
    return len(learners) >= ORGANISATIONS_FROM and max(learners) <= LARGEST_SHARE * sum(learners)


def quarter_of(day: date) -> tuple[date, date]:
    """The first day of the quarter that `day` is in, and of the one after."""
    begin = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return begin, date(begin.year + begin.month // 10, (begin.month + 2) % 12 + 1, 1)
