"""'Mensen en rollen' at the desk, for administrators of an organisation; and a colleague who begins by e-mail."""

import re
from datetime import date

import pytest
from django.core import mail
from django.test import Client

from people.models import AuditEntry, Membership, Role, RoleInvite, User
from people.queries import cohorts_led_by
from people.services import invite_to_role, take_role
from people.services.firms import account_with
from tests.factories import CohortFactory, MembershipFactory, UserFactory
from tests.people.confirmed import confirmed
from tests.people.test_keeping_an_email import code_in_mail, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]


@pytest.fixture
def petra(school) -> User:
    user = UserFactory(username="petra", first_name="Petra")
    MembershipFactory(user=user, organisation=school, role=Role.ADMINISTRATOR)
    return user


@pytest.fixture
def client(petra) -> Client:
    return confirmed(petra)


@pytest.fixture
def place(school) -> str:
    return f"/docent/mensen/{school.pk}/"


def invite(client: Client, place: str, **changes: str):
    return client.post(f"{place}uitnodigen/", {"email": "sara@school.nl", "naam": "Sara", "rol": "teacher"} | changes)


def by_code(client: Client, email: str = "sara@school.nl", next: str = "/docent/"):
    asked = client.post(f"/inloggen/code/?next={next}", {"email": email, "next": next})
    return client.post(asked.url, {"code": code_in_mail()})


def test_an_administrator_of_one_organisation_comes_straight_to_it(client, place, bram, anna):
    assert client.get("/docent/mensen/")["Location"] == place
    page = text(client.get(place))
    assert "Bram" in page
    assert "Docent" in page
    assert "Anna" not in page  # who learns is nobody's to find here
    assert 'href="/docent/mensen/"' in text(client.get("/docent/"))
    assert 'href="/docent/mensen/"' in text(client.get("/mijn/"))


def test_of_two_organisations_one_chooses(client, petra, employer):
    MembershipFactory(user=petra, organisation=employer, role=Role.ADMINISTRATOR)
    page = text(client.get("/docent/mensen/"))
    assert "Voorbeeldschool" in page
    assert "Voorbeeldbedrijf" in page


def test_for_anybody_else_there_is_nothing(place, school, petra, bram, anna, chantal, driss, employer, school_class):
    lead = UserFactory()
    MembershipFactory(user=lead, organisation=employer, role=Role.ADMINISTRATOR)
    chief = UserFactory(is_superuser=True)
    waiting = invite_to_role(email="x@y.nl", name="X", organisation=school, role=Role.TEACHER, actor=petra)
    places = ["", "uitnodigen/", f"uitnodiging/{waiting.pk}/", f"mens/{bram.pk}/", f"groep/{school_class.pk}/"]
    form = {"email": "a@b.nl", "naam": "A", "rol": "teacher", "geef": "team_lead", "weg": "ja", "wie": str(bram.pk)}
    for user in (bram, anna, chantal, driss, lead, chief):
        browser = confirmed(user)
        for one in places:
            assert browser.get(place + one).status_code in (404, 405), (user, one)
            assert browser.post(place + one, form).status_code in (404, 405), (user, one)
    for user in (bram, anna, chantal, driss, chief):
        assert confirmed(user).get("/docent/mensen/").status_code == 404
    assert RoleInvite.objects.count() == 1
    assert bram.memberships.count() == 1


def test_people_and_invitations_of_elsewhere_are_not_found_at_ones_own(client, place, petra, chantal, employer, anna):
    lead = UserFactory()
    MembershipFactory(user=lead, organisation=employer, role=Role.ADMINISTRATOR)
    waiting = invite_to_role(email="x@y.nl", name="X", organisation=employer, role=Role.HR_LEAD, actor=lead)
    team = CohortFactory(organisation=employer, kind="team")
    assert client.post(f"{place}mens/{chantal.pk}/", {"geef": "teacher"}).status_code == 404
    assert client.post(f"{place}mens/{anna.pk}/", {"geef": "teacher"}).status_code == 404
    assert client.post(f"{place}uitnodiging/{waiting.pk}/", {"weg": "ja"}).status_code == 404
    assert client.post(f"{place}groep/{team.pk}/", {"wie": str(chantal.pk)}).status_code == 404
    assert RoleInvite.objects.exists()


def test_who_is_not_signed_in_signs_in_first(place, as_user):
    assert as_user(None).get(place)["Location"].startswith("/inloggen/")


def test_power_asks_a_second_step_of_just_now(petra, place, bram, as_user):
    pages = ("uitnodigen/", f"mens/{bram.pk}/")
    for one in pages:
        assert as_user(petra).get(place + one)["Location"] == "/mijn/inloggen/"
    for one in pages:
        late = confirmed(petra, ago=11 * 60)
        assert late.post(place + one, {"geef": "team_lead"})["Location"].startswith(
            "/inloggen/?next=%2Fdocent%2Fmensen"
        )
    assert bram.memberships.count() == 1
    assert as_user(petra).get(place).status_code == 200  # who looks needs none


def test_a_step_at_ones_own_organisation_counts_as_well(petra, place, as_user):
    client = confirmed(petra)
    session = client.session
    at = session["account_authentication_methods"][0]["at"]
    session["account_authentication_methods"] = [{"method": "sign_on", "at": at, "step": True}]
    session.save()
    assert client.get(f"{place}uitnodigen/").status_code == 200
    session["account_authentication_methods"] = [{"method": "sign_on", "at": at, "step": False}]
    session.save()
    assert client.get(f"{place}uitnodigen/").status_code == 302


def test_what_comes_from_another_site_changes_nothing(petra, place, bram):
    client = confirmed(petra)
    reply = client.post(f"{place}mens/{bram.pk}/", {"geef": "team_lead"}, headers={"sec-fetch-site": "cross-site"})
    assert reply.status_code == 403
    assert bram.memberships.count() == 1


def test_one_more_role_and_one_less(client, place, bram):
    one = f"{place}mens/{bram.pk}/"
    assert "Bram is nu Teamleider." in text(client.post(one, {"geef": "team_lead"}, follow=True))
    assert "Bram is niet meer Docent." in text(client.post(one, {"neem": "teacher"}, follow=True))
    assert bram.memberships.get().role == Role.TEAM_LEAD


@pytest.mark.parametrize("given", [{"geef": "editor"}, {"geef": "learner"}, {"geef": "x" * 5000}, {"neem": "editor"},
                                   {"neem": "administrator"}, {"neem": "\x00"}, {}])  # fmt: skip
def test_what_cannot_be_given_or_taken_is_not(client, place, bram, school, given):
    MembershipFactory(user=bram, organisation=school, role=Role.EDITOR)
    assert client.post(f"{place}mens/{bram.pk}/", given).status_code == 422
    assert set(bram.memberships.values_list("role", flat=True)) == {"teacher", "editor"}
    assert "neemt de beheerder van de site weg" in text(client.get(f"{place}mens/{bram.pk}/"))


def test_ones_own_role_of_administrator_stays(client, place, petra):
    one = f"{place}mens/{petra.pk}/"
    assert "neemt een andere beheerder weg" in text(client.get(one))
    assert client.post(one, {"neem": "administrator"}).status_code == 422
    assert petra.memberships.get().role == Role.ADMINISTRATOR


def test_a_group_that_lost_its_leader_gets_another(client, place, bram, driss, school, school_class, petra):
    MembershipFactory(user=driss, organisation=school, role=Role.TEACHER)
    page = text(client.post(f"{place}mens/{bram.pk}/", {"neem": "teacher"}, follow=True))
    assert "Niemand leidt deze groepen" in page
    assert "Klas Zorg 2A" in page
    for odd in ("", "x", "9" * 30):
        client.post(f"{place}groep/{school_class.pk}/", {"wie": odd})
    assert client.post(f"{place}groep/{school_class.pk}/", {"wie": str(bram.pk)}).status_code == 404
    client.post(f"{place}groep/{school_class.pk}/", {"wie": str(driss.pk)})
    assert cohorts_led_by(driss).get() == school_class
    assert "Niemand leidt deze groepen" not in text(client.get(place))


def test_a_colleague_who_is_new_begins_with_a_code_and_is_shut_out_until_the_second_step(
    client, place, petra, school, settings, as_user
):
    settings.SECOND_STEP_FROM = date(2026, 1, 1)
    assert "De uitnodiging ging naar sara@school.nl." in text(_follow(client, invite(client, place)))
    new = as_user(None)
    assert by_code(new).url == "/docent/"
    sara = User.objects.get(login_email="sara@school.nl")
    assert (str(sara), sara.memberships.get().role) == ("Sara", Role.TEACHER)
    assert new.session.get_expiry_age() <= 12 * 3600
    assert new.get("/docent/")["Location"] == "/mijn/inloggen/"
    assert confirmed(sara).get("/docent/").status_code == 200
    entry = AuditEntry.objects.get(action="give_role", person_key=sara.audit_key)
    assert (entry.actor_key, entry.organisation_id) == (petra.audit_key, school.pk)
    page = text(client.get("/docent/logboek/"))
    assert "Rol gegeven</b>: <bdi>Sara" in page
    assert "Petra (petra)" in page
    assert not RoleInvite.objects.exists()


def _follow(client: Client, reply):
    return client.get(reply.url)


def test_who_has_an_account_already_adds_the_address_there(client, place, driss):
    """Someone who comes in another way shows that the address is theirs, and has the role in that account."""
    invite(client, place)
    own = confirmed(driss)
    asked = own.post("/mijn/e-mail/", {"email": "sara@school.nl"})
    assert own.post(asked.url, {"code": code_in_mail()}).url == "/mijn/inloggen/"
    assert driss.memberships.get().role == Role.TEACHER
    assert own.session.get_expiry_age() <= 12 * 3600
    assert own.get("/docent/").status_code == 200


def test_a_known_address_is_told_nothing_apart(client, place, petra):
    sara = account_with(email="sara@school.nl")
    page = _follow(client, invite(client, place)).content
    assert not sara.memberships.exists()
    RoleInvite.objects.all().delete()
    User.objects.filter(pk=sara.pk).delete()
    again = _follow(client, invite(client, place)).content
    numbers = re.compile(rb"uitnodiging/\d+/")
    assert numbers.sub(b"", page) == numbers.sub(b"", again)


def test_an_address_that_nobody_invited_still_gets_no_code(client, place, as_user):
    invite(client, place)
    as_user(None).post("/inloggen/code/", {"email": "ander@school.nl"})
    assert code_in_mail() == ""


@pytest.mark.parametrize(
    "changes", [{"email": ""}, {"email": "x"}, {"email": "a" * 9000}, {"naam": ""}, {"naam": "\u202e"},
                {"naam": "\x00"}, {"rol": ""}, {"rol": "editor"}, {"rol": "owner"}, {"rol": "x" * 9000}],
)  # fmt: skip
def test_half_an_invitation_stays_on_the_form(client, place, changes):
    reply = invite(client, place, **changes)
    assert reply.status_code == 422
    assert 'role="alert"' in text(reply)
    assert not RoleInvite.objects.exists()
    assert not mail.outbox


def test_without_mail_the_page_says_so(client, place, settings):
    settings.MAIL_IS_ON = False
    page = text(client.get(f"{place}uitnodigen/"))
    assert "stuurt nu geen mail" in page
    assert "<form class" not in page.split("<main")[1]
    assert invite(client, place).status_code == 422


def test_a_mail_server_that_is_away_is_said(client, place, settings):
    settings.EMAIL_BACKEND = "tests.people.no_mail.Backend"
    assert invite(client, place).status_code == 503
    assert not RoleInvite.objects.exists()


def test_an_invitation_is_sent_again_or_taken_back(client, place):
    invite(client, place)
    one = f"{place}uitnodiging/{RoleInvite.objects.get().pk}/"
    client.post(one, {"opnieuw": "ja"})
    assert len(mail.outbox) == 2
    client.post(one, {"weg": "ja"})
    assert not RoleInvite.objects.exists()
    assert client.post(one, {"weg": "ja"}).status_code == 404


def test_who_has_no_role_any_more_is_named_in_the_lines_about_it(client, petra, bram, school):
    take_role(membership=bram.memberships.get(), actor=petra)
    page = text(client.get("/docent/logboek/"))
    assert "Rol weggenomen</b>: <bdi>Bram (bram), Docent</bdi>" in page


def test_a_large_school_is_shown_page_by_page_and_searched(client, place, school, django_assert_max_num_queries):
    for number in range(35):
        user = UserFactory(username=f"collega-{number:02}", first_name=f"Collega {number:02}")
        MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    with django_assert_max_num_queries(25):
        page = text(client.get(place))
    assert page.count("<b><bdi>") == 30
    assert "Petra" in text(client.get(place, {"pagina": 2}))
    found = text(client.get(place, {"zoek": "collega 07"}))
    assert found.count("<b><bdi>") == 1
    for odd in ("\x00", "%", "x" * 5000, "' OR 1=1 --"):
        assert "Er is niemand gevonden" in text(client.get(place, {"zoek": odd, "pagina": "x"})) or odd == "\x00"


def test_a_colleague_who_is_gone_meanwhile_is_not_found(client, place, bram):
    Membership.objects.filter(user=bram).delete()
    assert client.post(f"{place}mens/{bram.pk}/", {"neem": "teacher"}).status_code == 404
