"""Reads of course paths. Those that are ready are public, so no organisation limits them."""

from collections.abc import Sequence

from django.db.models import QuerySet

from courses.models import CoursePath, Group
from modules.choices import Level, Trade


def all_ready_paths() -> QuerySet[CoursePath]:
    """Every path of nobody's own, with its lessons, also one that is offered no more; two queries."""
    return CoursePath.objects.filter(organisation=None).order_by("slug").prefetch_related("lessons")


def ready_paths() -> QuerySet[CoursePath]:
    """Those that are offered to everybody."""
    return all_ready_paths().filter(archived=False)


def by_group(paths: Sequence[CoursePath], *, own_trade: str = "") -> list[tuple[Group, list[CoursePath]]]:
    """These paths per group in the order of the lists of trades and levels; groups without any are left out.

    What is for the own trade stands first of its group.
    """
    ordered = sorted(paths, key=lambda path: (not own_trade or path.trade != own_trade, _place(path)))
    grouped = ((group, [path for path in ordered if path.group is group]) for group in Group)
    return [(group, found) for group, found in grouped if found]


def _place(path: CoursePath) -> tuple[int, list[int], str]:
    trade = Trade.values.index(path.trade) if path.trade in Trade.values else len(Trade)
    return trade, sorted(Level.values.index(level) for level in path.levels if level in Level.values), path.slug
