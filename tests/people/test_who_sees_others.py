"""Who has rights over others is asked at every visit of an account, so in one query."""

import pytest
from django.contrib.auth.models import Group, Permission

from people.models import Role
from people.queries import has_rights, sees_others
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", list(Role))
def test_every_role_but_the_learners_has_rights_and_an_owner_sees_nobody_else(anna, role):
    MembershipFactory(user=anna, role=role)
    assert has_rights(anna) is (role != Role.LEARNER)
    assert sees_others(anna) is (role not in (Role.LEARNER, Role.OWNER))


def test_a_learner_in_a_class_has_no_rights_until_they_lead_one(anna):
    CohortMemberFactory(user=anna)
    assert not sees_others(anna)
    CohortMemberFactory(user=anna, cohort=CohortFactory(), leads=True)
    assert sees_others(anna)
    assert has_rights(anna)


@pytest.mark.parametrize("given", ["group", "permission", "staff", "superuser"])
def test_rights_of_the_admin_count(anna, driss, given):
    if given == "group":
        anna.groups.add(Group.objects.get_or_create(name="Auteurs")[0])
    elif given == "permission":
        anna.user_permissions.add(Permission.objects.first())
    else:
        setattr(anna, f"is_{given}", True)
    assert sees_others(anna)
    assert has_rights(anna)
    assert not sees_others(driss)  # of another they say nothing


def test_it_is_one_query(anna, django_assert_num_queries):
    MembershipFactory(user=anna, role=Role.LEARNER)
    with django_assert_num_queries(1):
        assert not sees_others(anna)
