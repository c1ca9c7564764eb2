"""Which figures about people may be shown (decisions 0037 and 0045). Pure functions; no database and no screen.

`rules`, offered here: one figure. `audit`: what all that is told gives away. `release`: what goes out at once.
"""

from insight.suppression.rules import (
    GROUP,
    REGION,
    Rules,
    counts,
    is_dominated,
    is_group,
    is_unanimous,
    may_tell_anew,
    nearest_five,
    rounded,
    share,
    shares,
    step_of,
    told_share,
)

__all__ = [
    "GROUP",
    "REGION",
    "Rules",
    "counts",
    "is_dominated",
    "is_group",
    "is_unanimous",
    "may_tell_anew",
    "nearest_five",
    "rounded",
    "share",
    "shares",
    "step_of",
    "told_share",
]
