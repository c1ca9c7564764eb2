"""Giving and taking a role: who may, what it ends, who is told, and that somebody stays who can do it."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from people.models import AuditEntry, CohortMember, Membership, Notice, Organisation, Role, RoleInvite, Session, User
from people.queries import cohorts_led_by, sees_others
from people.roles import FOR_LESSONS, LETS, groups_without_leader, roles_to_give
from people.services import (
    RoleRefused,
    appoint_leader,
    erase_person,
    export_person,
    give_role,
    invite_to_role,
    take_role,
    take_up_invites,
    withdraw_invite,
)
from people.services.firms import account_with
from tests.factories import CohortFactory, CohortMemberFactory, MembershipFactory, OrganisationFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
SCHOOLS = [role for role in LETS if role not in FOR_LESSONS]


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


@pytest.fixture
def petra(school) -> User:
    """Who manages the school."""
    return administrator(school, "petra")


def administrator(organisation: Organisation, name: str) -> User:
    user = UserFactory(username=name, first_name=name.capitalize())
    user.set_password("x")
    user.save()
    MembershipFactory(user=user, organisation=organisation, role=Role.ADMINISTRATOR)
    return user


def invite(petra: User, school: Organisation, role: str = Role.TEACHER, email: str = "sara@school.nl") -> RoleInvite:
    return invite_to_role(email=email, name="Sara", organisation=school, role=role, actor=petra)


def test_who_gets_a_role_is_told_here_and_by_mail_and_the_trail_knows_who_gave_it(
    petra, driss, school, django_capture_on_commit_callbacks
):
    driss.email = "driss@voorbeeld.nl"
    driss.save()
    with django_capture_on_commit_callbacks(execute=True):
        given_role = give_role(user=driss, organisation=school, role=Role.TEACHER, actor=petra)
    assert given_role.role == Role.TEACHER
    entry = AuditEntry.objects.get(action="give_role", person_key=driss.audit_key)
    assert (entry.actor_key, entry.organisation_id, entry.details) == (petra.audit_key, school.pk, {"role": "teacher"})
    assert "Je bent nu Docent bij Voorbeeldschool." in driss.notices.get().text
    [sent] = mail.outbox
    assert sent.to == ["driss@voorbeeld.nl"]
    assert LETS[Role.TEACHER] in sent.body


def test_twice_is_once(petra, driss, school):
    for _ in range(2):
        give_role(user=driss, organisation=school, role=Role.TEACHER, actor=petra)
    assert driss.memberships.count() == driss.notices.count() == 1
    held = driss.memberships.get()
    for _ in range(2):
        take_role(membership=held, actor=petra)
    assert driss.notices.count() == 2
    assert AuditEntry.objects.filter(action="take_role", person_key=driss.audit_key).count() == 1


@pytest.mark.parametrize("role", list(LETS))
def test_every_text_about_a_role_fits_in_a_message(role):
    assert len(f"Je bent nu {role.label} bij {'x' * 80}. {LETS[role]}") <= 240


def test_an_administrator_of_a_school_gives_nothing_of_another_and_nothing_about_lessons(petra, school, employer):
    assert roles_to_give(petra, employer) == ()
    assert set(roles_to_give(petra, school)) == set(SCHOOLS)
    for role in (*FOR_LESSONS, Role.LEARNER, Role.OWNER, "made_up", ""):
        with pytest.raises(ValueError, match="not theirs"):
            give_role(user=UserFactory(), organisation=school, role=role, actor=petra)
        with pytest.raises(ValueError, match="not theirs"):
            invite(petra, school, role)
    with pytest.raises(ValueError, match="not theirs"):
        give_role(user=UserFactory(), organisation=employer, role=Role.TEAM_LEAD, actor=petra)


def test_nobody_else_gives_or_takes(anna, bram, chantal, driss, school):
    held = bram.memberships.get()
    owner = UserFactory()
    MembershipFactory(user=owner, organisation=school, role=Role.OWNER)
    for actor in (anna, bram, chantal, driss, owner):
        with pytest.raises(ValueError, match="not theirs"):
            give_role(user=driss, organisation=school, role=Role.TEACHER, actor=actor)
        with pytest.raises(ValueError, match="not theirs"):
            take_role(membership=held, actor=actor)
        with pytest.raises(ValueError, match="not theirs"):
            invite(actor, school)
    assert Membership.objects.filter(pk=held.pk).exists()


def test_a_session_that_only_learns_gives_nothing(petra, chief, school, driss):
    for actor in (petra, chief):
        actor.only_learns = True
        with pytest.raises(ValueError, match="not theirs"):
            give_role(user=driss, organisation=school, role=Role.TEACHER, actor=actor)


def test_an_employer_has_no_teachers(chief, employer):
    assert Role.TEACHER not in roles_to_give(chief, employer)


@pytest.mark.parametrize("wrong", ["off", "nameless", "no_account"])
def test_a_role_is_for_who_can_sign_in(petra, school, wrong):
    user = UserFactory(is_active=wrong != "off", is_nameless=wrong == "nameless")
    if wrong == "no_account":
        user.set_unusable_password()
        user.save()
    with pytest.raises(RoleRefused, match="account"):
        give_role(user=user, organisation=school, role=Role.TEACHER, actor=petra)


def test_sessions_from_before_a_first_role_end_and_those_that_only_learn_go_on(petra, driss, school, as_user):
    from people.learner_only import BACKEND

    as_user(driss)
    phone = as_user(driss)
    session = phone.session
    session["_auth_user_backend"] = BACKEND
    session.save()
    give_role(user=driss, organisation=school, role=Role.TEACHER, actor=petra)
    assert [one.session_key for one in Session.objects.filter(user_id=driss.pk)] == [session.session_key]
    as_user(driss)
    give_role(user=driss, organisation=school, role=Role.TEAM_LEAD, actor=petra)
    assert Session.objects.filter(user_id=driss.pk).count() == 2


def test_a_session_on_a_step_of_another_organisation_ends(petra, chantal, school, as_user):
    session = as_user(chantal).session
    session["_auth_user_backend"] = "people.second_step.StepElsewhere"
    session.save()
    give_role(user=chantal, organisation=school, role=Role.TEACHER, actor=petra)
    assert not Session.objects.filter(user_id=chantal.pk).exists()


def test_what_a_role_opened_is_shut_at_once(petra, bram, anna, school, school_class, as_user, lesson):
    client = as_user(bram)
    place = f"/docent/klassen/{school_class.pk}/"
    pages = ["", "beheer/", "bord/", "voortgang.csv", "voortgang.xlsx", "vragen/", "route/", "inloggen/",
             "inloggen/kaarten.pdf", "erbij/", f"leerling/{anna.pk}/"]  # fmt: skip
    opened = [page for page in pages if client.get(place + page).status_code == 200]
    assert len(opened) > 8
    left = take_role(membership=bram.memberships.get(), actor=petra)
    assert left == [school_class]
    assert [client.get(place + page).status_code for page in opened] == [404] * len(opened)
    assert client.get("/docent/klassen/nieuw/").status_code == 404
    assert not cohorts_led_by(bram).exists()
    assert not sees_others(bram)
    assert "niet meer Docent" in bram.notices.last().text


def test_a_role_given_again_opens_no_group_of_before(petra, bram, school, school_class):
    take_role(membership=bram.memberships.get(), actor=petra)
    give_role(user=bram, organisation=school, role=Role.TEACHER, actor=petra)
    assert not cohorts_led_by(bram).exists()
    assert AuditEntry.objects.filter(action="remove_leader", person_key=bram.audit_key).count() == 1


def test_who_has_another_role_that_leads_leads_on(petra, bram, school, school_class):
    MembershipFactory(user=bram, organisation=school, role=Role.TEAM_LEAD)
    assert take_role(membership=bram.memberships.get(role=Role.TEACHER), actor=petra) == []
    assert cohorts_led_by(bram).get() == school_class


def test_who_leads_with_a_colleague_leaves_the_group_to_them(petra, bram, school, school_class):
    other = UserFactory()
    MembershipFactory(user=other, organisation=school, role=Role.TEACHER)
    CohortMemberFactory(cohort=school_class, user=other, leads=True)
    assert take_role(membership=bram.memberships.get(), actor=petra) == []
    assert not groups_without_leader(school).exists()
    assert cohorts_led_by(other).get() == school_class


def test_a_group_without_a_leader_is_found_however_it_came_so(petra, bram, school, school_class, employer):
    CohortFactory(organisation=employer, name="Van een ander")
    assert not groups_without_leader(school).exists()
    erase_person(user=bram, actor=None)
    assert groups_without_leader(school).get() == school_class


def test_an_owner_goes_on_with_the_programme(petra, school):
    owner = UserFactory()
    for role in (Role.OWNER, Role.FACILITATOR):
        MembershipFactory(user=owner, organisation=school, role=role)
    group = CohortFactory(organisation=school, kind="programme")
    CohortMemberFactory(cohort=group, user=owner, leads=True)
    take_role(membership=owner.memberships.get(role=Role.FACILITATOR), actor=petra)
    assert cohorts_led_by(owner).get() == group
    assert not groups_without_leader(school).exists()


def test_who_manages_gives_a_group_a_leader(petra, bram, driss, school, school_class):
    with pytest.raises(ValueError, match="without a leader"):
        appoint_leader(cohort=school_class, user=bram, actor=petra)
    take_role(membership=bram.memberships.get(), actor=petra)
    give_role(user=driss, organisation=school, role=Role.TEACHER, actor=petra)
    with pytest.raises(ValueError, match="who manages"):
        appoint_leader(cohort=school_class, user=driss, actor=bram)
    appoint_leader(cohort=school_class, user=driss, actor=petra)
    assert cohorts_led_by(driss).get() == school_class
    assert "Je leidt nu Klas Zorg 2A." in driss.notices.first().text


def test_the_editor_follows_the_role(chief, driss, school, lesson):
    held = give_role(user=driss, organisation=school, role=Role.EDITOR, actor=chief)
    assert [group.name for group in driss.groups.all()] == ["Eindredacteuren"]
    take_role(membership=held, actor=chief)
    assert not driss.groups.exists()


def test_an_administrator_of_a_school_writes_no_lessons(chief, driss, school, lesson):
    give_role(user=driss, organisation=school, role=Role.ADMINISTRATOR, actor=chief)
    assert not driss.groups.exists()


# Power over power


def test_ones_own_role_of_administrator_is_taken_by_another(petra, school):
    pia = administrator(school, "pia")
    own = petra.memberships.get()
    with pytest.raises(RoleRefused, match="andere beheerder"):
        take_role(membership=own, actor=petra)
    take_role(membership=own, actor=pia)
    assert not petra.memberships.exists()
    with pytest.raises(ValueError, match="not theirs"):
        take_role(membership=pia.memberships.get(), actor=petra)


def test_another_role_of_ones_own_one_takes(petra, school):
    held = give_role(user=petra, organisation=school, role=Role.TEACHER, actor=petra)
    take_role(membership=held, actor=petra)
    assert petra.memberships.get().role == Role.ADMINISTRATOR


def test_other_administrators_hear_of_a_new_one_and_of_what_someone_gives_themself(petra, driss, school, chief):
    pia, off = administrator(school, "pia"), administrator(school, "uit")
    User.objects.filter(pk=off.pk).update(is_active=False)
    give_role(user=driss, organisation=school, role=Role.ADMINISTRATOR, actor=petra)
    assert [one.text for one in pia.notices.all()] == ["Driss is nu Beheerder bij Voorbeeldschool. Dat deed Petra."]
    give_role(user=petra, organisation=school, role=Role.TEACHER, actor=petra)
    assert "Petra is nu Docent" in pia.notices.first().text
    give_role(user=driss, organisation=school, role=Role.TEACHER, actor=petra)
    assert pia.notices.count() == 2
    assert not Notice.objects.filter(user__in=[petra, chief, off], text__contains="Dat deed").exists()


def test_an_administrator_of_the_site_who_takes_a_role_themself_is_seen_by_the_others(chief, school):
    other = UserFactory(is_superuser=True)
    give_role(user=chief, organisation=school, role=Role.HR_LEAD, actor=chief)
    assert "Dat deed chief." in other.notices.get().text


def test_an_administrator_of_the_site_takes_the_last_one_too(chief, petra):
    take_role(membership=petra.memberships.get(), actor=chief)
    assert not petra.memberships.exists()


@hypothesis_settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 2), st.sampled_from(SCHOOLS)), max_size=12))
def test_whatever_administrators_do_one_stays(steps: list[tuple[bool, int, int, Any]]):
    Organisation.objects.filter(name="Eigenschap").delete()
    school = OrganisationFactory(name="Eigenschap")
    people = [UserFactory() for _ in range(3)]
    for user in people[:2]:
        MembershipFactory(user=user, organisation=school, role=Role.ADMINISTRATOR)
    for gives, actor, whom, role in steps:
        held = Membership.objects.filter(user=people[whom], organisation=school, role=role).first()
        try:
            if gives:
                give_role(user=people[whom], organisation=school, role=role, actor=people[actor])
            elif held:
                take_role(membership=held, actor=people[actor])
        except ValueError:
            continue
        assert Membership.objects.filter(organisation=school, role=Role.ADMINISTRATOR).exists()


# By e-mail


def test_an_invitation_says_how_to_begin_and_gives_nothing_until_then(petra, school):
    waiting = invite(petra, school, email=" Sara@School.NL ")
    assert waiting.email == "sara@school.nl"
    assert not User.objects.filter(login_email="sara@school.nl").exists()
    [sent] = mail.outbox
    for words in ("Voorbeeldschool geeft je", "Docent", LETS[Role.TEACHER], "/inloggen/code/?next=/docent/"):
        assert words in sent.body
    assert "Sara" not in sent.body  # what someone typed about another goes into no mail
    assert AuditEntry.objects.get(action="invite_to_role").organisation_id == school.pk


def test_for_who_invites_a_known_address_is_the_same_as_a_new_one(petra, school):
    account_with(email="bekend@school.nl")
    for email in ("bekend@school.nl", "nieuw@school.nl"):
        invite(petra, school, email=email)
    known, new = [sent.body for sent in mail.outbox]
    assert known == new
    assert RoleInvite.objects.count() == 2
    assert Membership.objects.filter(role=Role.TEACHER).count() == 0


def test_who_shows_that_the_address_is_theirs_has_the_role_and_the_name(petra, school):
    invite(petra, school)
    sara = account_with(email="sara@school.nl")
    assert [one.role for one in take_up_invites(user=sara)] == [Role.TEACHER]
    sara.refresh_from_db()
    assert sara.first_name == "Sara"
    assert AuditEntry.objects.get(action="give_role", person_key=sara.audit_key).actor_key == petra.audit_key
    assert take_up_invites(user=sara) == []


def test_who_had_a_name_or_a_place_keeps_the_own_name(petra, school, anna):
    anna.first_name, anna.login_email = "", "anna@school.nl"
    anna.save()
    invite(petra, school, email="anna@school.nl")
    take_up_invites(user=anna)
    anna.refresh_from_db()
    assert anna.first_name == ""


@pytest.mark.parametrize("meanwhile", ["withdrawn", "too late", "inviter lost the role", "inviter is off", "erased"])
def test_an_invitation_that_holds_no_more_gives_nothing(petra, school, meanwhile):
    waiting = invite(petra, school)
    later = timezone.now() + timedelta(days=15 if meanwhile == "too late" else 0)
    if meanwhile == "withdrawn":
        withdraw_invite(invite=waiting, actor=petra)
    elif meanwhile == "inviter lost the role":
        petra.memberships.all().delete()
    elif meanwhile == "inviter is off":
        User.objects.filter(pk=petra.pk).update(is_active=False)
    elif meanwhile == "erased":
        erase_person(user=petra, actor=None)
    with time_machine.travel(later):
        sara = account_with(email="sara@school.nl")
        assert take_up_invites(user=sara) == []
    assert not sara.memberships.exists()


def test_inviting_again_lasts_anew_and_stays_one(petra, school):
    first = invite(petra, school)
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        second = invite(petra, school)
    assert second.pk == first.pk
    assert second.expires_at > first.expires_at
    assert len(mail.outbox) == 2


def test_an_address_is_not_mailed_on_and_on(petra, school):
    for _ in range(3):
        invite(petra, school)
    with pytest.raises(RoleRefused, match="Wacht een uur"):
        invite(petra, school)
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("email", "name"),
    [("", "Sara"), ("geen adres", "Sara"), ("a@b.nl\nBcc: x@y.nl", "Sara"), ("é@b.nl", "Sara"), ("a" * 9000, "Sara"),
     ("sara@school.nl", ""), ("sara@school.nl", "\u202eSara"), ("sara@school.nl", "<b>"), ("sara@school.nl", "x" * 999),
     ("sara@school.nl", "\x00")],
)  # fmt: skip
def test_what_is_no_address_or_name_is_said_and_nothing_goes_out(petra, school, email, name):
    with pytest.raises(RoleRefused):
        invite_to_role(email=email, name=name, organisation=school, role=Role.TEACHER, actor=petra)
    assert not RoleInvite.objects.exists()
    assert not mail.outbox


def test_without_mail_nobody_is_invited(petra, school, settings):
    settings.MAIL_IS_ON = False
    with pytest.raises(RoleRefused, match="geen mail"):
        invite(petra, school)
    assert not RoleInvite.objects.exists()


def test_a_mail_that_could_not_go_leaves_nothing_and_an_older_invitation_as_it_was(petra, school, settings):
    from people.mail import MailDown

    kept = invite(petra, school)
    settings.EMAIL_BACKEND = "tests.people.no_mail.Backend"
    with pytest.raises(MailDown):
        invite(petra, school, email="ander@school.nl")
    with pytest.raises(MailDown), time_machine.travel(timezone.now() + timedelta(days=2)):
        invite(petra, school)
    assert RoleInvite.objects.get().expires_at == kept.expires_at
    assert AuditEntry.objects.filter(action="invite_to_role").count() == 1


def test_what_waits_for_someone_is_theirs_to_read_and_goes_with_them(petra, school):
    sara = account_with(email="sara@school.nl")
    invite(petra, school)
    assert "Docent bij Voorbeeldschool" in str(export_person(user=sara)["people"])
    erase_person(user=sara, actor=None)
    assert not RoleInvite.objects.exists()


def test_a_place_of_a_group_elsewhere_stays(petra, bram, school, employer):
    MembershipFactory(user=bram, organisation=employer, role=Role.TEAM_LEAD)
    team = CohortFactory(organisation=employer, kind="team")
    CohortMemberFactory(cohort=team, user=bram, leads=True)
    take_role(membership=bram.memberships.get(role=Role.TEACHER), actor=petra)
    assert CohortMember.objects.get(user=bram).cohort == team


# At once


def _tried(act: Any) -> Any:
    def act_or_not() -> bool:
        try:
            act()
        except ValueError:
            return False
        return True

    return act_or_not


def test_two_administrators_who_take_each_others_role_at_once_leave_one(real_transactions):
    from tests.learning.test_events_come_twice import at_once

    school = OrganisationFactory()
    one, two = administrator(school, "one"), administrator(school, "two")
    pairs = [(one.memberships.get(), two), (two.memberships.get(), one)]
    done = at_once(
        *(_tried(lambda held=held, actor=actor: take_role(membership=held, actor=actor)) for held, actor in pairs)
    )
    assert sorted(done) == [False, True]
    assert Membership.objects.filter(organisation=school, role=Role.ADMINISTRATOR).count() == 1


def test_a_role_that_is_taken_up_in_two_tabs_at_once_is_had_once(real_transactions):
    from tests.learning.test_events_come_twice import at_once

    school = OrganisationFactory()
    invite(administrator(school, "petra"), school)
    sara = account_with(email="sara@school.nl")
    taken = at_once(*(lambda: take_up_invites(user=User.objects.get(pk=sara.pk)) for _ in range(3)))
    assert sorted(len(found) for found in taken) == [0, 0, 1]
    assert sara.memberships.count() == sara.notices.count() == 1
