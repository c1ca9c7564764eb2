"""Which paths someone does with a group: found by an index of their own few groups, however many there are."""

import pytest
from django.db import connection

from courses.models import AssignedPlace, Assignment
from courses.queries import does_a_path, group_paths_of
from people.models import CohortMember, User
from tests.factories import CohortFactory, CohortMemberFactory

pytestmark = pytest.mark.django_db


def asked(user: User) -> bool:
    return User.objects.annotate(does=does_a_path()).values_list("does", flat=True).get(pk=user.pk)


@pytest.fixture
def place(anna) -> CohortMember:
    return CohortMemberFactory(user=anna, cohort=CohortFactory())


def test_who_is_in_no_group_or_in_one_without_a_path_does_none(anna, bram, place, path):
    assert not asked(anna)
    Assignment.objects.create(cohort=CohortFactory(), path=path)
    assert not asked(anna)
    assert group_paths_of(anna) == []


def test_what_the_group_does_counts_for_who_learns_in_it_and_not_for_who_leads_it(anna, driss, place, path):
    Assignment.objects.create(cohort=place.cohort, path=path)
    CohortMember.objects.create(cohort=place.cohort, user=driss, leads=True)
    assert (asked(anna), asked(driss)) == (True, False)
    assert [one.path for one in group_paths_of(anna)] == [path]
    assert group_paths_of(driss) == []


def test_a_path_of_ones_own_counts_also_where_the_group_has_none(anna, driss, place, path):
    other = CohortMember.objects.create(cohort=place.cohort, user=driss)
    own = Assignment.objects.create(cohort=place.cohort, path=path, is_main=False)
    AssignedPlace.objects.create(place=place, assignment=own)
    assert (asked(anna), asked(driss)) == (True, False)
    assert len(group_paths_of(anna)) == 1
    assert group_paths_of(other.user) == []


@pytest.mark.skipif(connection.vendor != "postgresql", reason="how PostgreSQL plans")
def test_no_query_reads_all_assignments(anna, place, path):
    Assignment.objects.create(cohort=place.cohort, path=path)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # small tables are read whole: can it be done otherwise?
        plan = User.objects.annotate(does=does_a_path()).filter(pk=anna.pk).explain()
    assert "Seq Scan on courses_assignment" not in plan
