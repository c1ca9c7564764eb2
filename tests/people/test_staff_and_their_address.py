"""Who may do more than learn adds and changes the address that codes go to, having signed in just now."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from people.models import AuditEntry, EmailCode, User
from people.services.firms import account_with
from tests.people.test_keeping_an_email import ADDRESS, code_in_mail, text
from tests.people.test_the_door import PASSWORD, is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]


@pytest.fixture
def teacher(bram) -> User:
    bram.set_password(PASSWORD)
    bram.save()
    return bram


@pytest.fixture
def client(as_user, teacher):
    sign_in(found := as_user(None), "bram")
    return found


def address_of(user: User) -> str | None:
    return User.objects.get(pk=user.pk).login_email


def test_a_teacher_adds_an_address_and_comes_in_with_a_code(client, teacher, as_user):
    assert f'href="{ADDRESS}"' in text(client.get("/mijn/inloggen/"))
    place = client.post(ADDRESS, {"email": "Bram@school.nl"}).url
    assert address_of(teacher) is None
    assert client.post(place, {"code": code_in_mail()}).url == "/mijn/inloggen/"
    assert "<bdi>bram@school.nl</bdi>" in text(client.get("/mijn/inloggen/"))
    other = as_user(None)
    other.post(other.post("/inloggen/code/", {"email": "bram@school.nl"}).url, {"code": code_in_mail()})
    assert is_in(other)
    assert AuditEntry.objects.filter(action="keep_email", actor_key=teacher.audit_key).exists()


def test_a_change_is_told_at_the_old_address_and_codes_that_wait_there_end(
    client, teacher, as_user, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=teacher.pk).update(login_email="oud@school.nl")
    as_user(None).post("/inloggen/code/", {"email": "oud@school.nl"})
    place = client.post(ADDRESS, {"email": "nieuw@school.nl"}).url
    code = code_in_mail()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(place, {"code": code})
    assert address_of(teacher) == "nieuw@school.nl"
    assert (mail.outbox[-1].to, "nieuw@school.nl" in mail.outbox[-1].body) == (["oud@school.nl"], False)
    assert "is veranderd" in teacher.notices.get().text
    assert not EmailCode.objects.filter(email="oud@school.nl").exists()


def test_who_signed_in_long_ago_does_so_again_first(client, teacher):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        for reply in (client.get(ADDRESS), client.post(ADDRESS, {"email": "x@school.nl"})):
            assert reply.url == "/inloggen/?next=%2Fmijn%2Fe-mail%2F"
    assert not EmailCode.objects.exists()


def test_a_session_that_only_learns_changes_no_address_of_someone_with_rights(as_user, teacher, anna):
    client = as_user(anna)
    place = client.post(ADDRESS, {"email": "x@school.nl"})
    assert address_of(teacher) is None
    assert place.status_code == 302


def test_the_address_of_another_changes_nothing_and_is_not_told(client, teacher):
    account_with(email="ander@school.nl")
    place = client.post(ADDRESS, {"email": "ander@school.nl"}).url
    assert "Je code is" not in mail.outbox[-1].body
    assert client.post(place, {"code": "000000"}).status_code == 422
    assert address_of(teacher) is None


def test_an_address_that_became_anothers_meanwhile_is_refused_calmly(client, teacher):
    User.objects.filter(pk=teacher.pk).update(login_email="oud@school.nl")
    place = client.post(ADDRESS, {"email": "nieuw@school.nl"}).url
    code = code_in_mail()
    account_with(email="nieuw@school.nl")
    reply = client.post(place, {"code": code})
    assert (reply.status_code, "Vraag een nieuwe." in text(reply)) == (410, True)
    assert address_of(teacher) == "oud@school.nl"
