"""Which figures about people may be shown: `rules` for one figure, `audit` for what all of them give away together,
`release` for what goes out at once. Pure functions; no database and no screen (decisions 0037 and 0045)."""

from insight.suppression.audit import Sum, pinned, possible
from insight.suppression.release import GROUP_SHARES, REGION_COUNTS, REGION_SHARES, Manner, Row, Table, release
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
    "GROUP_SHARES",
    "REGION",
    "REGION_COUNTS",
    "REGION_SHARES",
    "Manner",
    "Row",
    "Rules",
    "Sum",
    "Table",
    "counts",
    "is_dominated",
    "is_group",
    "is_unanimous",
    "may_tell_anew",
    "nearest_five",
    "pinned",
    "possible",
    "release",
    "rounded",
    "share",
    "shares",
    "step_of",
    "told_share",
]
