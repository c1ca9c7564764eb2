"""Reads of course paths. Those that are ready are public; those of an organisation are for its own people."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet

from courses.models import CoursePath, Group, PathPage, Sharing
from modules.choices import Level, Trade
from people.models import User
from people.queries import organisations_led_by, organisations_of


def all_ready_paths() -> QuerySet[CoursePath]:
    """Every path of nobody's own, with its lessons, also one that is offered no more; two queries."""
    return CoursePath.objects.filter(organisation=None).order_by("slug").prefetch_related("lessons")


def ready_paths() -> QuerySet[CoursePath]:
    """Those that are offered to everybody."""
    return all_ready_paths().filter(archived=False)


def paths_to_build(user: User) -> QuerySet[CoursePath]:
    """The paths of an organisation that this teacher or lead may look at: their own, what colleagues share with them,
    and what nobody's is any more. Nothing for anybody else."""
    seen = Q(made_by=user) | Q(made_by=None) | ~Q(sharing=Sharing.ALONE)
    own = CoursePath.objects.filter(seen, organisation__in=organisations_led_by(user))
    return own.select_related("organisation", "made_by", "changed_by").order_by("-changed_at", "pk")


def paths_to_copy(user: User) -> QuerySet[CoursePath]:
    """What a new path may begin with: every ready path, and those of an organisation that this person may look at."""
    ready = Q(organisation=None)
    seen = Q(pk__in=paths_to_build(user).values("pk"))
    return CoursePath.objects.filter(ready | seen, archived=False).prefetch_related("lessons", "pages")


def paths_to_follow(user: User | None) -> QuerySet[CoursePath]:
    """Every path that this learner may open: those that are ready, and those of an organisation they belong to.

    The address of the latter cannot be guessed; it is not in a list of this room.
    """
    ready = Q(organisation=None)
    own = Q(organisation__in=organisations_of(user)) if user and user.pk else Q(pk=None)
    return CoursePath.objects.filter(ready | own).prefetch_related("lessons", "pages__file")


def pages_of(path: CoursePath) -> QuerySet[PathPage]:
    """The own pages of a path that are on it."""
    return PathPage.objects.filter(path=path).exclude(place=None).select_related("file")


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
