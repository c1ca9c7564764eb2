"""A learner with an e-mail address adds it and signs in with a code; whose address it is, is told to nobody."""

import re

import pytest
from django.core import mail

from people.models import AuditEntry, EmailCode, Role, User
from people.phone_book import COOKIE
from people.services import export_person, register_firm, renew_join_code
from people.services.firms import account_with
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
ADDRESS = "/mijn/e-mail/"


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def code_in_mail() -> str:
    found = re.search(r"Je code is (\d{6})\n", mail.outbox[-1].body)
    return found[1] if found else ""


@pytest.fixture
def bo(as_user, school_class):
    """A phone on which Bo joined, without an account."""
    client = as_user(None)
    client.post(f"/meedoen/{renew_join_code(cohort=school_class, actor=None).code}/", {"naam": "Bo"})
    return client


def learner() -> User:
    return User.objects.get(first_name="Bo")


def test_a_learner_adds_an_address_and_signs_in_with_it_elsewhere(as_user, bo):
    place = bo.post(ADDRESS, {"email": " Bo@Voorbeeld.nl "}).url
    assert "6 cijfers" in text(bo.get(place))
    assert learner().login_email is None
    assert bo.post(place, {"code": code_in_mail()}).url == "/mijn/"
    assert learner().login_email == "bo@voorbeeld.nl"
    assert "Je e-mailadres is bewaard." in text(bo.get("/mijn/")).replace('<span class="line">', "")
    other = as_user(None)
    place = other.post("/inloggen/code/", {"email": "bo@voorbeeld.nl"}).url
    other.post(place, {"code": code_in_mail()})
    assert other.session["_auth_user_id"] == str(learner().pk)


@pytest.mark.parametrize("typed", ["", "x", "a@b", "bo@voorbeeld.nl\nBcc: x@y.nl", "é@voorbeeld.nl", "a" * 10_000])
def test_what_is_no_address_stays_on_the_form_with_what_to_do(bo, typed):
    reply = bo.post(ADDRESS, {"email": typed})
    assert reply.status_code == 422
    assert 'role="alert"' in text(reply)
    assert not mail.outbox


def test_the_address_of_another_looks_the_same_and_changes_nothing(bo, driss):
    account_with(email="ander@voorbeeld.nl")
    place = bo.post(ADDRESS, {"email": "ander@voorbeeld.nl"}).url
    taken = text(bo.get(place))
    free = text(bo.get(bo.post(ADDRESS, {"email": "vrij.@voorbeeld.nl".replace(".@", "@")}).url))
    same = re.compile(r"ander@voorbeeld\.nl|vrij@voorbeeld\.nl|[\w-]{36}|\d+\.\d\d uur")
    assert same.sub("", taken) == same.sub("", free)
    assert "hoort al een account" in mail.outbox[0].body
    assert "Je code is" not in mail.outbox[0].body
    for code in ("", "000000"):
        assert bo.post(place, {"code": code}).status_code == 422
    assert learner().login_email is None


def test_an_address_that_became_anothers_meanwhile_is_refused_calmly(bo):
    place = bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url
    code = code_in_mail()
    account_with(email="bo@voorbeeld.nl")
    reply = bo.post(place, {"code": code})
    assert (reply.status_code, "Vraag een nieuwe." in text(reply)) == (410, True)
    assert learner().login_email is None


def test_who_took_the_phone_meanwhile_gets_no_address(bo):
    place = bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url
    code = code_in_mail()
    bo.post("/wie/", {"wie": "nieuw"})
    bo.post(place, {"code": code})
    assert not User.objects.filter(login_email="bo@voorbeeld.nl").exists()


def test_who_leads_or_has_no_name_adds_none(as_user, bram, phone):
    phone.keep(phone.event("e-haakje"))
    for client in (as_user(bram), phone.client, as_user(None)):
        assert client.post(ADDRESS, {"email": "x@voorbeeld.nl"}).status_code == 302
    assert not EmailCode.objects.exists()


def test_a_code_that_waits_gives_an_address_to_nobody_with_new_rights(bo, school):
    place = bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url
    MembershipFactory(user=learner(), organisation=school, role=Role.TEACHER)
    assert bo.post(place, {"code": code_in_mail()}).status_code == 410
    assert learner().login_email is None


def test_the_address_is_in_the_export_and_in_no_audit_row(bo):
    bo.post(bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url, {"code": code_in_mail()})
    assert export_person(user=learner())["people"]["e-mail om in te loggen"] == "bo@voorbeeld.nl"
    assert "voorbeeld" not in str(list(AuditEntry.objects.values("action", "subject", "details")))


def test_it_can_be_asked_for_five_times_an_hour(bo):
    replies = [bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).status_code for _ in range(6)]
    assert replies == [302] * 5 + [429]


def test_who_has_an_address_signs_in_with_it_on_a_phone_that_knew_them(bo):
    assert bo.cookies[COOKIE].value
    bo.post(bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url, {"code": code_in_mail()})
    bo.post("/wie/", {"wie": "nieuw"})
    assert "Bo" not in re.findall(r"<bdi>(\w+)</bdi>", text(bo.get("/wie/")))


def test_a_firm_can_be_registered_with_it_later(bo):
    bo.post(bo.post(ADDRESS, {"email": "bo@voorbeeld.nl"}).url, {"code": code_in_mail()})
    assert register_firm(user=learner(), name="Bakkerij Bo").by_owner
