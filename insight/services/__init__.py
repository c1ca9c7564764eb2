"""Writes of figures: counting what no page may count by itself, and releasing what may be told of it."""

from insight.services.counting import count_all_plans, count_all_questions, count_plans, count_questions, count_use
from insight.services.releases import make_releases, release_employer, release_region

__all__ = [
    "count_all_plans",
    "count_all_questions",
    "count_plans",
    "count_questions",
    "count_use",
    "make_releases",
    "release_employer",
    "release_region",
]
