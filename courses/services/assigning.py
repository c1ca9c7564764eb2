"""Which path a class or team does."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from courses.models import AssignedPlace, Assignment, CoursePath
from courses.queries import paths_to_assign
from people.models import Cohort, CohortMember, User
from people.queries import cohorts_led_by
from people.services import record_audit


@transaction.atomic
def assign_path(*, cohort: Cohort, path: CoursePath, starts_on: date | None, actor: User) -> Assignment:
    """This path is what everybody in the group does, in place of an earlier one.

    Raises ValueError for who does not lead the group, or a path that is not theirs to give.
    """
    _lock(cohort, actor)
    _check(cohort, path, actor)
    found, _ = Assignment.objects.update_or_create(
        cohort=cohort, is_main=True, defaults={"path": path, "starts_on": starts_on}
    )
    record_audit(actor=actor, action="assign_path", about=cohort, path=path.pk)
    return found


@transaction.atomic
def end_assignment(*, cohort: Cohort, actor: User) -> None:
    """The group does no path any more; what was done stays done."""
    _lock(cohort, actor)
    if cohort.assignments.filter(is_main=True).delete()[0]:
        record_audit(actor=actor, action="end_assignment", about=cohort)


@transaction.atomic
def assign_to_some(
    *, cohort: Cohort, path: CoursePath | None, places: Collection[CohortMember], actor: User
) -> Assignment | None:
    """These learners of a class do this path instead of what the class does; None gives them that of the class again.

    Raises ValueError, also for a team: there nobody is named.
    """
    _lock(cohort, actor)
    if not cohort.shows_people or any(place.cohort_id != cohort.pk or place.leads for place in places):
        raise ValueError("only learners of this class of a school")
    AssignedPlace.objects.filter(place__in=places).delete()
    assignment = None
    if path is not None:
        _check(cohort, path, actor)
        assignment, _ = Assignment.objects.get_or_create(cohort=cohort, path=path, is_main=False)
        AssignedPlace.objects.bulk_create([AssignedPlace(place=place, assignment=assignment) for place in places])
    cohort.assignments.filter(is_main=False, places=None).delete()
    record_audit(actor=actor, action="assign_to_some", about=cohort, learners=len(places))
    return assignment


def _lock(cohort: Cohort, actor: User) -> None:
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if not cohorts_led_by(actor).filter(pk=cohort.pk).exists():
        raise ValueError("only who leads this group")


def _check(cohort: Cohort, path: CoursePath, actor: User) -> None:
    if not paths_to_assign(actor, cohort).filter(pk=path.pk).exists():
        raise ValueError("a ready path, or one of this organisation that who assigns it may see")
