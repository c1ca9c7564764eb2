"""In and out; a wrong password; a shared phone; messages; who sees what."""

from datetime import timedelta

import pytest
from django.utils import timezone

from people.demo import CAST, EMPLOYER, LEARNERS, PASSWORD, SCHOOL, demo_card, load_demo, remove_demo
from people.models import Agreement, AuditEntry, Cohort, CohortMember, Membership, Notice, Organisation, Role, User
from people.queries import demo_accounts, organisations_of
from people.services import send_notice

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
WRONG = "Deze naam en dit wachtwoord horen niet bij elkaar."


@pytest.fixture
def anna_with_password(anna) -> User:
    anna.set_password("een lang wachtwoord")
    anna.save()
    return anna


def sign_in(client, name: str, password: str, **more):
    return client.post("/inloggen/", {"username": name, "password": password, **more})


def test_with_name_and_password_one_comes_home(as_user, anna_with_password):
    client = as_user(None)
    reply = sign_in(client, "anna", "een lang wachtwoord")
    assert (reply.status_code, reply.url) == (302, "/mijn/")
    assert client.cookies["eigenaar"].value == str(anna_with_password.owner_key)
    assert "Dag <bdi>Anna</bdi>" in client.get("/mijn/").content.decode()


@pytest.mark.parametrize(
    ("name", "password"),
    [("anna", "fout"), ("niemand", "een lang wachtwoord"), ("ANNA ", "x"), ("'; --", "x"), ("x" * 10_000, "x")],
)
def test_a_wrong_password_says_what_to_do_and_not_which_was_wrong(as_user, anna_with_password, name, password):
    client = as_user(None)
    reply = sign_in(client, name, password)
    assert reply.status_code == 200
    if len(name) < 200:
        assert WRONG in reply.content.decode()
    assert "kortwijs" not in client.cookies


@pytest.mark.parametrize(("name", "password"), [("", ""), ("anna", ""), ("", "x"), ("a\x00nna", "x")])
def test_an_empty_or_broken_field_is_named(as_user, name, password):
    reply = sign_in(as_user(None), name, password)
    assert reply.status_code == 200
    assert "Vul je " in reply.content.decode()


def test_an_account_that_is_off_cannot_come_in(as_user, anna_with_password):
    User.objects.update(is_active=False)
    client = as_user(None)
    sign_in(client, "anna", "een lang wachtwoord")
    assert "kortwijs" not in client.cookies


@pytest.mark.parametrize("target", ["https://elders.nl/", "//elders.nl", "javascript:alert(1)", "http:///elders.nl"])
def test_signing_in_leads_to_no_other_site(as_user, anna_with_password, target):
    assert sign_in(as_user(None), "anna", "een lang wachtwoord", next=target).url == "/mijn/"
    assert sign_in(as_user(None), "anna", "een lang wachtwoord", next="/lessen/").url == "/lessen/"


def test_signing_in_asks_a_token(anna_with_password):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    assert sign_in(client, "anna", "een lang wachtwoord").status_code == 403


def test_signing_out_leaves_nothing_on_a_shared_phone(as_user, anna):
    client = as_user(anna)
    client.cookies["eigenaar"] = str(anna.owner_key)
    reply = client.post("/uitloggen/")
    assert (reply.status_code, reply.url) == (302, "/")
    assert client.cookies["eigenaar"].value == ""
    assert "Dag <bdi>Anna</bdi>" not in client.get("/mijn/").content.decode()


def test_signing_out_is_a_post_of_our_own_page(as_user, anna):
    client = as_user(anna)
    assert client.get("/uitloggen/").status_code == 405
    assert client.post("/uitloggen/", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert "Dag <bdi>Anna</bdi>" in client.get("/mijn/").content.decode()


def test_one_puts_away_ones_own_messages_only(as_user, anna, bram):
    notice = send_notice(user=anna, text="Voor Anna.")
    address = f"/bericht/{notice.pk}/gelezen/"
    for user in (bram, None):
        assert as_user(user).post(address).status_code == 404
    assert as_user(anna).post(address, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert Notice.objects.get().read_at is None
    assert as_user(anna).post(address).status_code == 302
    assert Notice.objects.get().read_at is not None
    assert as_user(anna).post(address).status_code == 404
    assert as_user(anna).get(address).status_code == 405


def test_one_sees_ones_own_messages_only(as_user, anna, bram):
    send_notice(user=anna, text="Voor Anna alleen.")
    assert "Voor Anna alleen." in as_user(anna).get("/mijn/").content.decode()
    for user in (bram, None):
        assert "Voor Anna alleen." not in as_user(user).get("/mijn/").content.decode()


def test_an_agreement_shows_to_people_of_that_organisation_while_it_holds(as_user, employer, anna, chantal, driss):
    today = timezone.localdate()
    agreement = Agreement.objects.create(organisation=employer, agreed_with="de OR", agreed_on=today)

    def shows(user) -> bool:
        return "afgesproken met de OR van Voorbeeldbedrijf" in " ".join(
            as_user(user).get("/wie-ziet-wat/").content.decode().split()
        )

    assert [shows(user) for user in (chantal, anna, driss, None)] == [True, False, False, False]
    for start, end, holds in ((1, None, False), (-9, 0, False), (-9, 1, True), (-9, -1, False)):
        agreement.agreed_on = today + timedelta(days=start)
        agreement.ends_on = None if end is None else today + timedelta(days=end)
        agreement.save()
        assert shows(chantal) is holds


def test_who_sees_what_is_kept_by_no_browser(as_user, anna, bram):
    """It names Anna's class and teacher; the next one on the phone presses 'back'."""
    reply = as_user(anna).get("/wie-ziet-wat/")
    assert "Bram" in reply.content.decode()
    assert "no-store" in reply["Cache-Control"]


def test_without_an_agreement_the_page_says_that_nothing_is_seen(as_user, chantal):
    page = " ".join(as_user(chantal).get("/wie-ziet-wat/").content.decode().split())
    assert "Dat mag alleen na een afspraak met de OR." in page


def test_roles_and_organisations_are_those_of_the_person(anna, bram, school, employer):
    Membership.objects.create(user=anna, organisation=employer, role=Role.TEAM_LEAD)
    assert set(organisations_of(anna)) == {school, employer}


def test_the_demo_has_an_account_per_role_that_works_and_is_made_once(as_user):
    for _ in range(2):
        load_demo()
    learners = {f"demo-{name.lower()}" for name in LEARNERS}
    assert demo_accounts() == sorted({account.username for account in CAST} | learners)
    assert {account.role for account in CAST} == {
        Role.LEARNER, Role.TEACHER, Role.HR_LEAD, Role.TEAM_LEAD, Role.FACILITATOR, Role.AUTHOR, Role.REVIEWER,
        Role.ADMINISTRATOR,
    }  # fmt: skip
    for account in CAST:
        assert sign_in(as_user(None), account.username, PASSWORD).status_code == 302
    assert Notice.objects.count() == 1
    assert CohortMember.objects.filter(leads=True).count() == 2


def test_a_learner_of_the_demo_comes_in_with_a_card(as_user):
    load_demo()
    card = demo_card()
    load_demo()
    assert demo_card() == card
    client = as_user(None)
    assert client.get(card).url == "/plaatjes/"
    assert client.get("/plaatjes/").url == "/plaatjes/kiezen/"
    remove_demo()
    assert (demo_card(), as_user(None).get(card).status_code) == ("", 410)


def test_removing_the_demo_takes_its_people_and_leaves_real_ones(driss):
    load_demo()
    assert len(remove_demo()) == len(CAST) + len(LEARNERS)
    assert list(User.objects.all()) == [driss]
    assert not Organisation.objects.exists()
    assert AuditEntry.objects.filter(action="erase_person").count() == len(CAST) + len(LEARNERS)
    assert remove_demo() == []


def test_removing_the_demo_leaves_a_school_in_which_others_learn(driss):
    load_demo()
    cohort = Cohort.objects.get(organisation__name=SCHOOL)
    CohortMember.objects.create(cohort=cohort, user=driss)
    remove_demo()
    assert [place.cohort for place in driss.cohort_places.all()] == [cohort]
    assert not Organisation.objects.filter(name=EMPLOYER).exists()


def test_the_demo_takes_no_real_account_for_its_own():
    """Someone called anna was here before."""
    real = User.objects.create_user("anna", first_name="Echte Anna")
    load_demo()
    remove_demo()
    assert User.objects.filter(pk=real.pk).exists()
