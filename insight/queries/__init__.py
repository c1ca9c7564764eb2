"""Reads of insight: `cohorts`, what a lead sees of a class or team; `releases`, figures that were released; `underway`,
how far the ones of the last quarter are."""

from insight.figures import last_whole_quarter
from insight.queries.cohorts import (
    ClassView,
    Question,
    class_view,
    in_words,
    phones_in,
    questions_of,
    use_in_quarter,
)
from insight.queries.releases import (
    Sheet,
    TakingPart,
    Told,
    monitor_of,
    quarters_of,
    release_in,
    sheets_of,
    taking_part_of,
)
from insight.queries.underway import Underway, employers_to_release, underway

__all__ = [
    "ClassView",
    "Question",
    "Sheet",
    "TakingPart",
    "Told",
    "Underway",
    "class_view",
    "employers_to_release",
    "in_words",
    "last_whole_quarter",
    "monitor_of",
    "phones_in",
    "quarters_of",
    "questions_of",
    "release_in",
    "sheets_of",
    "taking_part_of",
    "underway",
    "use_in_quarter",
]
