"""A group and its weeks: who may begin, open and plan; who is told of another partner."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from leadership.models import Meeting, PeerPlace
from leadership.queries import groups_led_by, groups_of, partners_of, people_in
from leadership.services import NotAMonday, NotYours, make_duos, open_week, plan_meeting, start_group
from people.models import CohortMember, Notice, Role
from people.services import close_cohort, leave_cohort
from tests.factories import CohortMemberFactory, MembershipFactory
from tests.leadership.conftest import MONDAY, lead

AT = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)


def test_weeks_open_on_their_monday_or_earlier_by_the_facilitator(group, fenna):
    last_week = MONDAY + timedelta(weeks=7)
    assert [group.open_until(MONDAY + timedelta(days=days)) for days in (-1, 0, 6, 7)] == [0, 1, 1, 2]
    assert group.open_until(date(2030, 1, 1)) == 8
    with time_machine.travel(MONDAY):
        open_week(group=group, number=3, actor=fenna)
        open_week(group=group, number=2, actor=fenna)
    group.refresh_from_db()
    assert group.open_until(MONDAY) == 3
    assert group.week_starts_on(8) == last_week
    assert group.returns_on == last_week + timedelta(days=7 + 90)


@pytest.mark.parametrize("number", [0, -1, 9, 10**9])
def test_a_week_that_is_not_there_is_not_opened(group, fenna, number):
    with pytest.raises(ValueError, match="no such week"):
        open_week(group=group, number=number, actor=fenna)


def test_a_programme_begins_on_a_monday_in_a_group_made_for_it(cohort, fenna, programme, school_class, bram):
    with pytest.raises(NotAMonday):
        start_group(cohort=cohort, programme=programme, starts_on=MONDAY + timedelta(days=1), actor=fenna)
    with pytest.raises(ValueError, match="only a cohort of this kind"):
        start_group(cohort=school_class, programme=programme, starts_on=MONDAY, actor=bram)
    first = start_group(cohort=cohort, programme=programme, starts_on=MONDAY, actor=fenna)
    later = MONDAY + timedelta(weeks=1)
    with time_machine.travel(MONDAY - timedelta(days=1)):
        moved = start_group(cohort=cohort, programme=programme, starts_on=later, actor=fenna)
    assert (moved.pk, moved.starts_on) == (first.pk, later)


def test_nobody_but_its_facilitator_begins_opens_or_plans(
    group, cohort, programme, chantal, driss, anna, bram, elsewhere
):
    other = lead("Piet", elsewhere, Role.FACILITATOR)
    for person in (chantal, driss, anna, bram, other):
        assert not groups_led_by(person).exists()
        with pytest.raises(NotYours):
            start_group(cohort=cohort, programme=programme, starts_on=MONDAY, actor=person)
        with pytest.raises(NotYours):
            open_week(group=group, number=2, actor=person)
        with pytest.raises(NotYours):
            plan_meeting(group=group, week=1, starts_at=AT, minutes=120, place="Assen", actor=person)
    assert not Meeting.objects.exists()


def test_planning_a_meeting_again_moves_it(group, fenna):
    for week, place in ((1, "Assen"), (Meeting.RETURN, "Zwolle"), (1, "  Assen,  of online ")):
        plan_meeting(group=group, week=week, starts_at=AT, minutes=120, place=place, actor=fenna)
    found = Meeting.objects.order_by("week").values_list("week", "place")
    assert list(found) == [(0, "Zwolle"), (1, "Assen, of online")]


@pytest.mark.parametrize(
    "wrong",
    [{"place": ""}, {"place": "x" * 201}, {"place": "a\x00b"}, {"minutes": 0}, {"minutes": 481}, {"week": 9},
     {"starts_at": AT.replace(tzinfo=None)}],
)  # fmt: skip
def test_a_meeting_that_cannot_be_is_refused(group, fenna, wrong):
    planned = {"week": 1, "starts_at": AT, "minutes": 120, "place": "Assen", **wrong}
    with pytest.raises(ValueError, match="no such"):
        plan_meeting(group=group, actor=fenna, **planned)


def test_someone_who_only_learns_takes_no_part_not_even_with_the_code(group, anna, cohort, chantal):
    CohortMemberFactory(cohort=cohort, user=anna)
    assert not groups_of(anna).exists()
    assert set(people_in(group)) == {chantal.pk}
    chantal.only_learns = True
    assert not groups_of(chantal).exists(), "a session without a password only learns"


def test_who_leaves_is_replaced_by_rule_and_only_who_gets_another_partner_is_told(
    group, cohort, chantal, gijs, hilde, elsewhere, django_capture_on_commit_callbacks
):
    jan = lead("Jan", elsewhere, Role.TEAM_LEAD, cohort)
    make_duos(group_id=group.pk)
    [partner] = partners_of(chantal, group)
    assert partner in (gijs, jan), "of another organisation"
    rest = [user for user in (gijs, jan, hilde) if user != partner]
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        leave_cohort(user=partner, cohort=cohort)
    assert set(partners_of(chantal, group)) == set(rest), "three together"
    assert Notice.objects.filter(user__in=[chantal, *rest]).count() == 3
    assert not partners_of(partner, group).exists()
    assert not PeerPlace.objects.filter(user=partner).exists()


def test_a_group_that_ends_tells_nobody_of_new_partners(
    group, cohort, chantal, gijs, fenna, django_capture_on_commit_callbacks
):
    make_duos(group_id=group.pk)
    Notice.objects.all().delete()
    with django_capture_on_commit_callbacks(execute=True):
        close_cohort(cohort=cohort, actor=fenna)
    assert not Notice.objects.filter(text__contains="nieuw duo").exists()
    assert not groups_of(chantal).exists()
    assert not CohortMember.objects.filter(cohort=cohort).exists()


def test_inside_one_firm_its_hr_lead_facilitates_and_team_leads_take_part(employer, programme, hilde):
    from tests.factories import CohortFactory

    own = CohortFactory(organisation=employer, name="Onze teamleiders", kind="programme")
    hr = lead("Karin", employer, Role.HR_LEAD, own, leads=True)
    CohortMemberFactory(cohort=own, user=hilde)
    MembershipFactory(user=hilde, organisation=employer, role=Role.LEARNER)
    group = start_group(cohort=own, programme=programme, starts_on=MONDAY, actor=hr)
    assert list(groups_of(hilde)) == [group]
    assert not groups_of(hr).exists()
