"""Accounts come in by one door: limits on passwords, the same answer for known and unknown, the editor's door too."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from people.models import Role, User
from people.services.firms import account_with
from tests.factories import MembershipFactory, UserFactory
from tests.people.test_keeping_an_email import code_in_mail, text

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
PASSWORD = "een lang wachtwoord"


@pytest.fixture
def teacher(bram) -> User:
    bram.set_password(PASSWORD)
    bram.save()
    return bram


def sign_in(client, name: str, password: str = PASSWORD, **more):
    return client.post("/inloggen/", {"username": name, "password": password, **more})


def is_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_after_ten_wrong_passwords_for_a_name_the_right_one_waits_too(as_user, teacher):
    for _ in range(10):
        assert sign_in(as_user(None), "bram", "anders").status_code == 200
    client = as_user(None)
    reply = sign_in(client, " BRAM")
    assert (reply.status_code, "Wacht 10 minuten." in text(reply), is_in(client)) == (429, True, False)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        sign_in(client, "bram")
        assert is_in(client)


def test_a_name_that_nobody_has_rests_after_as_many_tries_and_looks_the_same(as_user, teacher):
    def tries(name: str) -> list[tuple[int, str]]:
        replies = [sign_in(as_user(None), name, "anders") for _ in range(12)]
        return [(reply.status_code, without_token(text(reply)).replace(name, "")) for reply in replies]

    def without_token(page: str) -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)

    assert tries("bram") == tries("niemand")


def test_guessing_at_many_names_from_one_place_stops(as_user, teacher):
    for number in range(30):
        sign_in(as_user(None), f"naam{number}", "anders")
    assert sign_in(as_user(None), "bram").status_code == 429
    elsewhere = as_user(None)
    elsewhere.defaults["REMOTE_ADDR"] = "192.0.2.7"
    assert sign_in(elsewhere, "bram").status_code == 302


def test_signing_in_well_counts_for_nothing(as_user, teacher):
    assert {sign_in(as_user(None), "bram").status_code for _ in range(12)} == {302}


def test_the_editor_has_the_same_door(as_user, teacher):
    chief = UserFactory(username="chief", is_superuser=True, is_staff=True)
    chief.set_password(PASSWORD)
    chief.save()
    client = as_user(None)
    assert client.get("/admin/").url == "/inloggen/?next=/admin/"
    assert client.get("/admin/login/?next=/admin/pages/").url == "/inloggen/?next=%2Fadmin%2Fpages%2F"
    assert client.post("/admin/login/", {"username": "chief", "password": PASSWORD}).url.startswith("/inloggen/")
    assert not is_in(client)
    assert sign_in(client, "chief", next="/admin/").url == "/admin/"
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("target", ["https://elders.nl/", "//elders.nl", "javascript:alert(1)"])
def test_the_editors_door_leads_to_no_other_site(as_user, teacher, target):
    client = as_user(None)
    place = client.get("/admin/login/", {"next": target}).url
    assert place.startswith("/inloggen/?next=")
    assert sign_in(client, "bram", next=target).url == "/mijn/"


def test_a_code_lets_a_teacher_in_as_fully_as_a_password_and_for_as_long(as_user, school):
    user = account_with(email="juf@voorbeeld.nl")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)
    client = as_user(None)
    client.post(client.post("/inloggen/code/", {"email": "juf@voorbeeld.nl"}).url, {"code": code_in_mail()})
    assert client.get("/docent/").status_code == 200
    assert client.session.get_expiry_age() <= 12 * 3600


def test_who_is_off_hears_so_only_after_showing_that_the_account_is_theirs(as_user):
    user = account_with(email="juf@voorbeeld.nl")
    client = as_user(None)
    place = client.post("/inloggen/code/", {"email": "juf@voorbeeld.nl"}).url
    User.objects.filter(pk=user.pk).update(is_active=False)
    reply = client.post(place, {"code": code_in_mail()})
    assert (reply.status_code, is_in(client)) == (403, False)


def test_someone_else_on_the_phone_is_signed_out_first(as_user, teacher, anna):
    client = as_user(anna)
    before = client.session.session_key
    sign_in(client, "bram")
    assert client.session["_auth_user_id"] == str(teacher.pk)
    assert client.session.session_key != before
