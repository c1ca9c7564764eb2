"""Reads of course paths. Those that are ready are public; those of an organisation are for its own people."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from courses.models import AssignedPlace, Assignment, CoursePath, Group, PathLesson, PathPage, Sharing
from modules.choices import Level, Trade
from people.models import Cohort, CohortMember, Organisation, User
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


def paths_to_assign(user: User, cohort: Cohort) -> QuerySet[CoursePath]:
    """What who leads this group may let it do: ready paths, and those of its organisation that they may look at."""
    own = Q(organisation=None) | Q(organisation=cohort.organisation_id)
    return paths_to_copy(user).filter(own).order_by("organisation", "title", "pk")


def main_assignment(cohort: Cohort) -> Assignment | None:
    """What everybody in this group does, with its lessons. The caller leads the group."""
    found = cohort.assignments.filter(is_main=True).select_related("path", "cohort__organisation")
    return found.prefetch_related("path__lessons").first()


def other_assignments(cohort: Cohort) -> dict[int, Assignment]:
    """Per learner (user) who does another path than the others: which. For who leads this group and nobody else."""
    found = AssignedPlace.objects.filter(assignment__cohort=cohort)
    rows = found.select_related("place", "assignment__path").prefetch_related("assignment__path__lessons")
    return {row.place.user_id: row.assignment for row in rows}


def _done_by(user: User) -> QuerySet[Assignment]:
    """The paths of the groups in which someone learns, their own other one among them.

    A union and no OR: each half finds its few rows by an index, however many groups there are.
    """
    learns = CohortMember.objects.filter(user=user, leads=False).values("cohort")
    of_all = Assignment.objects.filter(is_main=True, cohort__in=learns).values("pk")
    mine = AssignedPlace.objects.filter(place__user=user, place__leads=False).values("assignment")
    return Assignment.objects.filter(pk__in=of_all.union(mine, all=True))


def does_a_path() -> Combinable:
    """For a query of users: whether this one does a path with a class or team."""
    learns = CohortMember.objects.filter(user=OuterRef("pk"), leads=False)
    mine = AssignedPlace.objects.filter(place__user=OuterRef("pk"), place__leads=False)
    found = Q(Exists(learns.filter(cohort__assignments__is_main=True))) | Q(Exists(mine))
    return ExpressionWrapper(found, output_field=BooleanField())


@dataclass(frozen=True)
class GroupPath:
    """A path that someone does with a class or team (`kind`). `codes`: what belongs to it, without extra lessons.

    starts_on: when its week 1 begins, if who leads the group said so.
    """

    path: CoursePath
    kind: str
    codes: tuple[str, ...]
    starts_on: date | None = None


def group_paths_of(user: User) -> list[GroupPath]:
    """The paths that this learner does, one for each class or team: their own eyes only. One query."""
    lessons = PathLesson.objects.filter(required=True, path__assignments__in=_done_by(user)).annotate(
        cohort=F("path__assignments__cohort"),
        kind=F("path__assignments__cohort__kind"),
        is_main=F("path__assignments__is_main"),
        starts_on=F("path__assignments__starts_on"),
    )
    found: dict[int, list[Any]] = {}
    for row in lessons.select_related("path").order_by("cohort", "is_main", "place"):
        rows = found.setdefault(row.cohort, [])
        if not rows or rows[0].is_main == row.is_main:  # what is only theirs comes first, and wins
            rows.append(row)
    return [
        GroupPath(rows[0].path, rows[0].kind, tuple(row.module for row in rows), rows[0].starts_on)
        for rows in found.values()
    ]


def organisations_that_assign(user: User, module: str | None = None) -> QuerySet[Organisation]:
    """The organisations that let this learner do a lesson with a class or team of theirs that goes on; or any lesson.

    An extra lesson of the path does not count, nor the path of all where the learner has another one.
    """
    other = AssignedPlace.objects.filter(place__user=user, place__leads=False).values("place__cohort")
    paths = _done_by(user).exclude(is_main=True, cohort__in=other).filter(cohort__closed_at=None)
    lessons = PathLesson.objects.filter(required=True, **({} if module is None else {"module": module}))
    paths = paths.filter(path__in=lessons.values("path"))
    return Organisation.objects.filter(cohorts__in=paths.values("cohort")).distinct()


def start_of(user: User, path: CoursePath) -> date | None:
    """When week 1 of this path begins for someone who does it with a group; None where nobody said so."""
    starts = _done_by(user).filter(path=path).exclude(starts_on=None).order_by("pk")
    return starts.values_list("starts_on", flat=True).first()


def paths_to_follow(user: User | None, *, followed: int | None = None) -> QuerySet[CoursePath]:
    """The paths that a learner may open: those that are ready, those of an organisation they belong to, and, also
    after it was put away, what they follow or do with a group. The address of an organisation's own cannot
    be guessed, and stands in no list. `with_group` says whether it is done with a group.
    """
    offered, kept = Q(organisation=None), Q(pk=followed)
    with_group: Any = Value(False)
    if user and user.pk:
        offered |= Q(organisation__in=organisations_of(user))
        with_group = Exists(_done_by(user).filter(path=OuterRef("pk")))
        kept |= with_group
    found = CoursePath.objects.filter(Q(offered, archived=False) | kept).annotate(with_group=with_group)
    return found.select_related("organisation").order_by("organisation_id").prefetch_related("lessons")


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
