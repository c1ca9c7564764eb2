"""Administrators make and end the keys of other systems; nobody else sees them."""

import base64
import re

import pytest

from people.models import AuditEntry, Role, User
from tests.factories import MembershipFactory, UserFactory
from xapi.models import Credential
from xapi.services import create_credential

pytestmark = pytest.mark.django_db
KEYS, NEW = "/admin/sleutels/", "/admin/sleutels/nieuw/"
FORM = {"name": "Rapport van de school", "scopes": ["statements/read", "state"], "per_minute": "100"}


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


@pytest.fixture
def author(lesson, school) -> User:
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    eva = UserFactory(username="eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    MembershipFactory(user=eva, organisation=school, role=Role.AUTHOR)
    return eva


def opens(client, key: str) -> int:
    headers = {
        "authorization": "Basic " + base64.b64encode(key.encode()).decode(),
        "x-experience-api-version": "2.0.0",
    }
    return client.get("/xapi/statements", headers=headers).status_code


def test_a_key_is_made_and_its_secret_is_shown_once(as_user, chief, school, client):
    browser = as_user(chief)
    made = browser.post(NEW, {**FORM, "organisation": school.pk})
    assert "no-store" in made.headers["Cache-Control"]
    row = Credential.objects.get()
    [secret] = re.findall(r"<code>([0-9a-f]{64})</code>", made.content.decode())
    assert opens(client, f"{row.key}:{secret}") == 200
    assert (row.organisation, row.per_minute, row.scopes) == (school.pk, 100, "statements/read state")
    listed = browser.get(KEYS).content.decode()
    assert secret not in listed
    assert secret not in str(Credential.objects.values().get())
    for told in ("Rapport van de school", school.name, "Statements lezen, Stand bewaren (state)", str(row.key)):
        assert told in listed
    entry = AuditEntry.objects.get(action="make_lrs_key")
    assert (entry.actor_key, entry.subject) == (chief.audit_key, f"credential {row.pk}")
    assert secret not in str(entry.details)


def test_what_is_missing_is_asked_again_and_nothing_is_made(as_user, chief):
    reply = as_user(chief).post(NEW, {"name": "", "per_minute": "0"})
    assert reply.status_code == 200
    assert not Credential.objects.exists()
    assert not AuditEntry.objects.filter(action="make_lrs_key").exists()


def test_a_key_ends_after_asking_and_does_not_come_back(as_user, chief, client):
    row, secret = create_credential("BI")
    browser, place = as_user(chief), f"{KEYS}{row.pk}/beeindig/"
    assert browser.get(place).status_code == 200
    assert opens(client, f"{row.key}:{secret}") == 200
    assert browser.post(place).url == KEYS
    assert opens(client, f"{row.key}:{secret}") == 401
    assert browser.post(place).status_code == 404
    assert place not in browser.get(KEYS).content.decode()
    assert AuditEntry.objects.filter(action="end_lrs_key").count() == 1


def test_an_organisation_that_is_gone_is_still_named(as_user, chief):
    create_credential("BI", organisation=999_999)
    assert "Nummer 999999, is er niet meer" in as_user(chief).get(KEYS).content.decode()


@pytest.mark.parametrize("who", ["driss", "anna", "bram", "author", None])
def test_nobody_else_sees_or_makes_or_ends_a_key(as_user, request, who):
    row, _ = create_credential("Geheim systeem")
    browser = as_user(request.getfixturevalue(who) if who else None)
    for place in (KEYS, NEW, f"{KEYS}{row.pk}/beeindig/"):
        for reply in (browser.get(place), browser.post(place, FORM)):
            assert reply.status_code in (302, 403, 405)
            assert b"Geheim systeem" not in reply.content
    assert list(Credential.objects.filter(ended_at=None)) == [row]
    if who == "author":
        assert b"/admin/sleutels/" not in browser.get("/admin/").content


def test_who_may_finds_the_page_in_the_menu(as_user, chief, lesson):
    assert b"/admin/sleutels/" in as_user(chief).get("/admin/").content
