"""Beginning a group, its Monday, who comes and goes, and what its people are told."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from leadership.models import PeerPlace, ProgrammeGroup, Shared
from leadership.queries import circle_of, groups_led_by, partners_of, shared_products
from leadership.services import (
    IsOpen,
    NotAMonday,
    NotYours,
    begin_group,
    end_group,
    make_all_duos,
    open_week,
    plan_meeting,
    save_product,
    share_product,
    start_group,
)
from people.models import Cohort, CohortMember, Membership, Notice, Organisation, Role
from people.services import GroupRefused, join_cohort
from tests.factories import CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory
from tests.leadership.conftest import MONDAY, lead

AT = datetime(2026, 3, 3, 13, 0, tzinfo=UTC)
BEFORE, DURING = MONDAY - timedelta(days=3), MONDAY + timedelta(days=1)


@pytest.fixture
def early(db):
    """The Friday before."""
    with time_machine.travel(BEFORE, tick=False) as clock:
        yield clock


def told(user) -> list[str]:
    return [notice.text for notice in Notice.objects.filter(user=user).order_by("pk")]


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.HR_LEAD, Role.OWNER])
def test_who_may_begin_a_group_facilitates_it_with_a_code(db, programme, role):
    firm = OrganisationFactory(kind=Organisation.Kind.EMPLOYER)
    someone = lead("Iris", firm, role)
    group = begin_group(
        organisation=firm, name=" Onze  teamleiders ", programme=programme, starts_on=MONDAY, actor=someone
    )
    assert (group.cohort.name, group.cohort.kind) == ("Onze teamleiders", Cohort.Kind.PROGRAMME)
    assert list(groups_led_by(someone)) == [group]
    assert group.cohort.join_codes.get().is_open


@pytest.mark.parametrize("role", [Role.LEARNER, Role.TEACHER, Role.TEAM_LEAD, Role.AUTHOR, Role.ADMINISTRATOR])
def test_nobody_else_begins_one_nor_anybody_at_another_organisation(db, programme, role, elsewhere):
    firm = OrganisationFactory(kind=Organisation.Kind.EMPLOYER)
    for someone in (lead("Iris", firm, role), lead("Joost", elsewhere, Role.FACILITATOR)):
        with pytest.raises(ValueError, match="only who leads"):
            begin_group(organisation=firm, name="Groep", programme=programme, starts_on=MONDAY, actor=someone)
    assert not Cohort.objects.exists()


def test_a_group_that_cannot_begin_leaves_nothing_behind(cohort, fenna, programme):
    begin = {"organisation": cohort.organisation, "programme": programme, "actor": fenna}
    with pytest.raises(NotAMonday):
        begin_group(name="Nieuw", starts_on=MONDAY + timedelta(days=2), **begin)
    with pytest.raises(GroupRefused):
        begin_group(name="voorjaar", starts_on=MONDAY, **begin)
    assert list(Cohort.objects.all()) == [cohort]


def test_an_owner_leads_programmes_and_no_other_group(employer):
    owner = lead("Olga", employer, Role.OWNER)
    team = Cohort.objects.create(organisation=employer, name="Team", kind=Cohort.Kind.TEAM)
    CohortMemberFactory(cohort=team, user=owner, leads=True)
    from people.queries import cohorts_led_by, organisations_led_by

    assert not cohorts_led_by(owner).exists()
    assert not organisations_led_by(owner).exists()


def test_another_monday_is_told_until_a_week_is_open(early, group, cohort, programme, fenna, chantal):
    later = MONDAY + timedelta(weeks=2)
    for _ in range(2):
        start_group(cohort=cohort, programme=programme, starts_on=later, actor=fenna)
    assert told(chantal) == ["Voorjaar begint nu op maandag 16 maart."]
    early.move_to(later)
    with pytest.raises(IsOpen):
        start_group(cohort=cohort, programme=programme, starts_on=MONDAY, actor=fenna)
    assert ProgrammeGroup.objects.get().starts_on == later


def test_duos_wait_for_the_first_week_so_that_colleagues_are_not_paired(
    early, group, cohort, chantal, hilde, gijs, elsewhere, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        jan = lead("Jan", elsewhere, Role.TEAM_LEAD, cohort)
    assert not PeerPlace.objects.exists()
    assert not told(chantal)
    early.move_to(DURING)
    make_all_duos()
    assert {*partners_of(chantal, group), *partners_of(hilde, group)} == {gijs, jan}
    make_all_duos()
    assert told(chantal) == ["Je hebt een nieuw duo in je leergroep."]


def test_who_joins_late_or_gets_a_role_gets_a_partner(
    early, group, cohort, chantal, gijs, driss, employer, django_capture_on_commit_callbacks
):
    early.move_to(DURING)
    make_all_duos()
    assert list(partners_of(chantal, group)) == [gijs]
    with django_capture_on_commit_callbacks(execute=True):
        join_cohort(user=driss, cohort=cohort)
    assert not partners_of(driss, group).exists()
    with django_capture_on_commit_callbacks(execute=True):
        MembershipFactory(user=driss, organisation=employer, role=Role.TEAM_LEAD)
    assert partners_of(driss, group).count() == 2, "three together"
    with django_capture_on_commit_callbacks(execute=True):
        Membership.objects.filter(user=driss, role=Role.TEAM_LEAD).get().delete()
    assert list(partners_of(chantal, group)) == [gijs]
    assert not PeerPlace.objects.filter(user=driss).exists()


def test_opening_a_week_by_hand_makes_duos_and_is_told_once(early, group, fenna, chantal, gijs, jorrit):
    for _ in range(2):
        open_week(group=group, number=1, actor=fenna)
    assert list(partners_of(chantal, group)) == [gijs]
    assert sorted(told(gijs)) == [
        "Je hebt een nieuw duo in je leergroep.",
        "Week 1 staat open: Meten en terugkoppelen.",
    ]
    assert told(jorrit) == told(fenna) == []
    early.move_to(DURING)
    open_week(group=group, number=1, actor=fenna)
    assert ProgrammeGroup.objects.get().opened == 1
    assert len(told(gijs)) == 2


def test_a_meeting_planned_or_moved_is_told_to_who_takes_part(group, fenna, chantal, jorrit):
    planned = {"group": group, "week": 4, "minutes": 120, "actor": fenna}
    for _ in range(2):
        plan_meeting(starts_at=AT, place="Assen", **planned)
    assert told(chantal) == [
        "De bijeenkomst van week 4 is op dinsdag 3 maart, 14.00 uur. De plaats staat bij je programma."
    ]
    plan_meeting(starts_at=AT + timedelta(hours=1), place="x" * 200, **planned)
    [only] = told(chantal)
    assert only.startswith("De bijeenkomst van week 4 is veranderd: dinsdag 3 maart, 15.00 uur."), "the old one goes"
    assert len(only) <= 240
    plan_meeting(**{**planned, "week": 0}, starts_at=AT, place="Assen")
    assert told(chantal)[-1].startswith("De terugkomdag is op")
    assert told(jorrit) == []


def test_the_end_of_a_group_ends_what_was_shared_and_leaves_products_to_their_authors(
    group, fenna, chantal, gijs, piet
):
    values = {"team": "Team A"}
    product = save_product(group=group, owner=chantal, template="taakscan", values=values, base=0).product
    share_product(product_id=product.pk, owner=chantal, shared_with=Shared.GROUP)
    assert shared_products(fenna, group)
    for someone in (piet, chantal):
        with pytest.raises(NotYours):
            end_group(group=group, actor=someone)
    end_group(group=group, actor=fenna)
    assert shared_products(gijs, group) == shared_products(fenna, group) == []
    assert not groups_led_by(fenna).exists()
    assert not CohortMember.objects.filter(cohort=group.cohort).exists()
    product.refresh_from_db()
    assert (product.owner, product.values) == (chantal, values)


def test_a_facilitator_sees_who_is_in_and_who_has_no_role_apart(early, group, fenna, chantal, gijs, hilde, jorrit):
    before = circle_of(fenna, group)
    assert (before.people, before.guests, before.organisations) == ((chantal, gijs, hilde), (jorrit,), 2)
    assert before.alone == before.people
    open_week(group=group, number=1, actor=fenna)
    after = circle_of(fenna, group)
    assert after.alone == ()
    assert sorted(len(duo) for duo in after.duos) == [3]


@pytest.mark.parametrize("who", ["chantal", "gijs", "anna", "bram", "driss", "jorrit", "petra", "piet"])
def test_nobody_but_its_facilitator_learns_who_is_in_a_group(group, hilde, who, request):
    assert circle_of(request.getfixturevalue(who), group).people == ()


def test_a_session_that_only_learns_shows_a_facilitator_nothing(group, fenna, chantal):
    fenna.only_learns = True
    assert circle_of(fenna, group).people == ()
    with pytest.raises(NotYours):
        open_week(group=group, number=2, actor=fenna)


def test_who_is_not_active_any_more_is_not_in_the_circle(group, fenna, cohort):
    CohortMemberFactory(cohort=cohort, user=UserFactory(is_active=False))
    assert circle_of(fenna, group).guests == ()
