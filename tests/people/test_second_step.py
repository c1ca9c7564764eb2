"""A second step: set up, asked for, lost, required of who sees others; and where one is signed in."""

import json
import re
import time
from datetime import date, timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.utils import timezone

from people.models import AuditEntry, Role, Session, User
from people.services import export_person
from people.services.firms import account_with
from tests.factories import MembershipFactory
from tests.people.test_keeping_an_email import code_in_mail, text
from tests.people.test_the_door import PASSWORD, is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits", "empty_cache")]
APP, MINE, STEP = "/mijn/inloggen/app/", "/mijn/inloggen/", "/inloggen/tweede-stap/"


@pytest.fixture
def empty_cache() -> None:
    """Codes that were used in one test can be used in the next."""
    cache.clear()


@pytest.fixture
def teacher(bram) -> User:
    bram.set_password(PASSWORD)
    bram.save()
    return bram


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def set_up(client) -> str:
    """Someone who signed in just now sets up an app; gives its secret."""
    secret = re.search(r"<bdi>([A-Z2-7]{32})</bdi>", client.get(APP).content.decode())[1]
    assert client.post(APP, {"code": code_of(secret)}).status_code == 302
    cache.clear()
    return secret


def in_with_step(as_user, name: str = "bram"):
    client = as_user(None)
    sign_in(client, name)
    return client, set_up(client)


def test_after_setting_up_an_app_the_password_alone_opens_nothing(as_user, teacher):
    _, secret = in_with_step(as_user)
    client = as_user(None)
    assert sign_in(client, "bram", next="/docent/").url == STEP
    assert not is_in(client)
    assert client.get("/docent/").status_code != 200
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert not is_in(client)
    assert client.post(STEP, {"code": code_of(secret)}).url == "/docent/"
    assert client.get("/docent/").status_code == 200


def test_a_code_by_email_asks_the_second_step_too(as_user, school):
    user = account_with(email="juf@voorbeeld.nl")
    MembershipFactory(user=user, organisation=school, role=Role.TEACHER)

    def by_mail(client):
        return client.post(client.post("/inloggen/code/", {"email": "juf@voorbeeld.nl"}).url, {"code": code_in_mail()})

    first, second = as_user(None), as_user(None)
    by_mail(first)
    set_up(first)
    assert by_mail(second).url == STEP
    assert not is_in(second)


def test_a_code_of_the_app_works_once(as_user, teacher):
    _, secret = in_with_step(as_user)
    code = code_of(secret)
    for client, comes_in in ((as_user(None), True), (as_user(None), False)):
        sign_in(client, "bram")
        client.post(STEP, {"code": code})
        assert is_in(client) is comes_in


def test_ten_wrong_codes_make_the_right_one_wait(as_user, teacher):
    _, secret = in_with_step(as_user)
    client = as_user(None)
    sign_in(client, "bram")
    for _ in range(10):
        client.post(STEP, {"code": "000000"})
    assert "te vaak geprobeerd" in text(client.post(STEP, {"code": code_of(secret)}))
    assert not is_in(client)


@pytest.mark.parametrize("typed", ["", "x" * 100_000, "\x00", "１２３４５６", "'; --", "123456\n"])
def test_what_is_no_code_is_refused_calmly(as_user, teacher, typed):
    in_with_step(as_user)
    client = as_user(None)
    sign_in(client, "bram")
    assert client.post(STEP, {"code": typed}).status_code == 200
    assert not is_in(client)


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", "null", "1", '"x"', "{}", '{"id": 1}', json.dumps({"response": {"userHandle": "é"}}),
             json.dumps({"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}), "[" * 100_000]
)  # fmt: skip
def test_a_broken_passkey_lets_nobody_in(as_user, teacher, sent):
    client = as_user(None)
    client.get("/inloggen/sleutel/", headers={"accept": "application/json"})
    assert client.post("/inloggen/sleutel/", {"credential": sent}).status_code < 500
    in_with_step(as_user)
    sign_in(client, "bram")
    assert client.post(STEP, {"credential": sent}).status_code < 500
    assert not is_in(client)


def test_a_code_on_paper_works_once_when_the_phone_is_lost(as_user, teacher):
    client, _ = in_with_step(as_user)
    page = text(client.get("/mijn/inloggen/noodcodes/"))
    codes = re.findall(r"<code>(\d+)</code>", page)
    assert len(set(codes)) == 10
    for comes_in in (True, False):
        other = as_user(None)
        sign_in(other, "bram")
        other.post(STEP, {"code": codes[0]})
        assert is_in(other) is comes_in


def test_secrets_are_not_readable_in_the_database_or_the_export(as_user, teacher):
    _, secret = in_with_step(as_user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in kept
    exported = str(export_person(user=teacher))
    assert "TOTP" in exported or "app" in exported
    assert secret not in exported


def test_changing_it_asks_who_did_not_sign_in_just_now_to_do_so_again(as_user, teacher):
    client, _ = in_with_step(as_user)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        for address in (APP + "weg/", "/mijn/inloggen/sleutels/nieuw/", "/mijn/inloggen/noodcodes/"):
            reply = client.get(address)
            assert reply.url.startswith("/inloggen/?next="), address
    assert Authenticator.objects.filter(user=teacher, type="totp").exists()


def test_a_new_second_step_ends_what_was_signed_in_without_it_and_is_told(
    as_user, teacher, django_capture_on_commit_callbacks
):
    thief = as_user(None)
    sign_in(thief, "bram")
    with django_capture_on_commit_callbacks(execute=True):
        in_with_step(as_user)
    assert not Session.objects.filter(session_key=thief.session.session_key, user_id=teacher.pk).exists()
    assert "tweede stap" in teacher.notices.get().text
    assert AuditEntry.objects.filter(actor_key=teacher.audit_key, action="second_step_added").exists()


def test_who_leads_only_learns_until_the_second_step_is_there(as_user, teacher, settings):
    settings.SECOND_STEP_FROM = date.min
    client = as_user(None)
    sign_in(client, "bram")
    for address in ("/docent/", "/docent/klassen/", "/admin/", "/programma/"):
        assert client.get(address).url == MINE, address
    assert "Zet eerst een tweede stap aan." in text(client.get(MINE))
    assert client.get("/mijn/").status_code == 200
    set_up(client)
    assert client.get("/docent/").status_code == 200
    reply = client.post(APP + "weg/", {})
    assert (reply.status_code, "Je hebt een tweede stap nodig." in text(reply)) == (200, True)


def test_a_learner_and_an_owner_need_none(as_user, anna, settings):
    settings.SECOND_STEP_FROM = date.min
    anna.set_password(PASSWORD)
    anna.save()
    client = as_user(None)
    sign_in(client, "anna")
    assert client.get("/mijn/").status_code == 200
    assert not User.objects.get(pk=anna.pk).only_learns
    assert "Zet eerst" not in text(client.get(MINE))


def test_before_the_day_it_is_announced_and_nothing_is_closed(as_user, teacher, settings):
    settings.SECOND_STEP_FROM = timezone.localdate() + timedelta(days=3)
    client = as_user(None)
    sign_in(client, "bram")
    assert client.get("/docent/").status_code == 200
    assert "heb je een tweede stap nodig" in text(client.get(MINE))
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        late = as_user(None)
        sign_in(late, "bram")
        assert late.get("/docent/").url == MINE


def test_a_learner_without_an_account_signs_in_first(as_user, anna, phone):
    phone.keep(phone.event("e-haakje"))
    for client in (as_user(None), phone.client):
        for address in (MINE, APP, "/mijn/inloggen/sleutels/nieuw/", "/mijn/inloggen/noodcodes/nieuw/"):
            assert client.get(address).url.startswith("/inloggen/?next="), address


def test_one_sees_where_one_is_signed_in_and_ends_it(as_user, teacher):
    laptop, phone = as_user(None), as_user(None)
    laptop.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"
    phone.defaults["HTTP_USER_AGENT"] = "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36"
    sign_in(laptop, "bram")
    sign_in(phone, "bram")
    page = text(laptop.get(MINE))
    assert "<b>Computer, Firefox</b></bdi>, dit apparaat" in page
    assert "<b>Telefoon, Chrome</b></bdi><br>" in page
    assert "Laatst gebruikt: vandaag" in page
    key = re.search(r'name="apparaat" value="(\w+)"', page)[1]
    assert laptop.post(MINE + "uit/", {"apparaat": key}).status_code == 302
    assert phone.get(MINE).url.startswith("/inloggen/")
    assert laptop.get(MINE).status_code == 200


def test_the_last_day_a_device_was_used_is_told_and_no_hour_or_address(as_user, teacher):
    laptop, phone = as_user(None), as_user(None)
    phone.defaults["REMOTE_ADDR"] = "192.0.2.77"
    with time_machine.travel("2026-03-02 22:00+01:00", tick=False):
        sign_in(laptop, "bram")
        sign_in(phone, "bram")
    with time_machine.travel("2026-03-03 07:00+01:00", tick=False):
        page = text(laptop.get(MINE))
    used = re.findall(r"Laatst gebruikt: ([\w ]+)<", page)
    assert used == ["vandaag", "gisteren"]
    assert "192.0.2.77" not in page + str(list(Session.objects.values_list("session_data", flat=True)))
    assert "22.00" not in page


def test_a_device_in_use_is_written_down_once_a_day(as_user, teacher):
    client = as_user(None)
    sign_in(client, "bram")
    key = client.session.session_key
    before = Session.objects.get(session_key=key).session_data
    client.get("/mijn/")
    assert Session.objects.get(session_key=key).session_data == before


def test_where_a_learner_without_an_account_learns_is_listed_to_nobody(as_user, teacher, phone):
    phone.keep(phone.event("e-haakje"))
    client = as_user(None)
    sign_in(client, "bram")
    assert text(client.get(MINE)).count('name="apparaat"') == 0
    assert phone.client.get(MINE).url.startswith("/inloggen/")
    client.post(MINE + "uit/")
    assert Session.objects.filter(session_key=phone.client.session.session_key).exists()


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
            "Telefoon, Safari",
        ),
        ("Mozilla/5.0 (Linux; Android 15; SM-T970) Chrome/140.0 Safari/537.36", "Tablet, Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Computer, Edge"),
        ("Mozilla/5.0 (X11; CrOS x86_64) Chrome/140.0 Safari/537.36", "Computer, Chrome"),
        ("<script>alert(1)</script>", "Een browser"),
        ("", "Een browser"),
    ],
)
def test_a_device_is_told_in_plain_words(agent, words):
    from people.devices import words_for

    assert words_for(agent) == words


def test_nobody_ends_the_session_of_another(as_user, teacher, driss):
    sign_in(victim := as_user(None), "bram")
    key = re.search(r"[0-9a-f]{16}", _key_of(victim))[0]
    stranger = as_user(driss)
    for sent in ({"apparaat": key}, {}, {"apparaat": "x" * 10_000}):
        stranger.post(MINE + "uit/", sent)
    assert victim.get(MINE).status_code == 200
    assert stranger.get(MINE).status_code == 200


def _key_of(client) -> str:
    from people.devices import _key

    return _key(Session.objects.get(session_key=client.session.session_key))
