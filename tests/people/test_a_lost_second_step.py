"""Someone lost their second step: an administrator takes it away, and shows their own first."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from people.models import AuditEntry, Session, User
from people.services import reset_second_step
from tests.factories import UserFactory
from tests.people.test_keeping_an_email import text
from tests.people.test_second_step import STEP, code_of, set_up
from tests.people.test_the_door import PASSWORD, is_in, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
PLACE = "/admin/tweede-stap/"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def teacher(bram) -> User:
    bram.set_password(PASSWORD)
    bram.login_email = "bram@school.nl"
    bram.save()
    return bram


@pytest.fixture
def lost(as_user, teacher) -> User:
    """Bram, who has an app and no phone any more; a browser of his is still signed in."""
    sign_in(client := as_user(None), "bram")
    set_up(client)
    return teacher


@pytest.fixture
def chief(as_user):
    """An administrator who signed in with password and app just now."""
    user = UserFactory(username="chief", is_superuser=True, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    sign_in(client := as_user(None), "chief")
    secret = set_up(client)
    sign_in(client := as_user(None), "chief")
    client.post(STEP, {"code": code_of(secret)})
    assert is_in(client)
    return client


def test_the_administrator_finds_who_asks_and_takes_it_away(chief, lost, as_user, django_capture_on_commit_callbacks):
    assert f'href="{PLACE}{lost.pk}/"' in text(chief.get(f"{PLACE}?wie=BRAM"))
    assert f'href="{PLACE}{lost.pk}/"' in text(chief.get(f"{PLACE}?wie=bram@school.nl"))
    assert "in het logboek" in text(chief.get(f"{PLACE}{lost.pk}/")).lower()
    with django_capture_on_commit_callbacks(execute=True):
        assert chief.post(f"{PLACE}{lost.pk}/").status_code == 302
    assert not Authenticator.objects.filter(user=lost).exists()
    assert not Session.objects.filter(user_id=lost.pk).exists()
    entry = AuditEntry.objects.get(action="second_step_reset")
    chief_key = User.objects.get(username="chief").audit_key
    assert (entry.actor_key, entry.person_key) == (chief_key, lost.audit_key)
    assert "haalde je tweede stap weg" in lost.notices.last().text
    assert mail.outbox[-1].to == ["bram@school.nl"]
    sign_in(client := as_user(None), "bram")
    assert is_in(client)


def test_a_password_alone_or_a_step_of_long_ago_is_not_enough(chief, lost):
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert chief.post(f"{PLACE}{lost.pk}/")["Location"].startswith("/inloggen/?next=%2Fadmin%2Ftweede-stap")
    assert Authenticator.objects.filter(user=lost).exists()


def test_an_administrator_without_a_second_step_sets_one_up_first(lost, as_user):
    user = UserFactory(username="tweede-chef", is_superuser=True, is_staff=True)
    user.set_password(PASSWORD)
    user.save()
    sign_in(client := as_user(None), "tweede-chef")
    assert "Je hebt zelf nog geen tweede stap." in text(client.get(PLACE))
    assert client.post(f"{PLACE}{lost.pk}/")["Location"] == PLACE
    assert Authenticator.objects.filter(user=lost).exists()


def test_nobody_else_finds_or_takes_away(lost, as_user, anna, bram, chantal, driss):
    for user in (None, anna, bram, chantal, driss):
        client = as_user(user)
        assert client.get(f"{PLACE}?wie=bram").status_code in (302, 403)
        assert client.get(f"{PLACE}{lost.pk}/").status_code in (302, 403)
        assert client.post(f"{PLACE}{lost.pk}/").status_code in (302, 403)
    assert Authenticator.objects.filter(user=lost).exists()


def test_ones_own_is_changed_at_ones_own_account(chief):
    own = User.objects.get(username="chief")
    assert chief.post(f"{PLACE}{own.pk}/")["Location"] == "/mijn/inloggen/"
    with pytest.raises(ValueError, match="own"):
        reset_second_step(user=own, actor=own)
    assert Authenticator.objects.filter(user=own).exists()


@pytest.mark.parametrize("typed", ["", " ", "bra", "%", "_ram", "\x00", "x" * 5000, "' OR 1=1 --", "naamloos"])
def test_part_of_a_name_finds_nobody(chief, lost, typed):
    User.objects.new_nameless(lost.owner_key.__class__(int=7)).save()
    page = text(chief.get(PLACE, {"wie": typed}))
    assert "Gevonden:" not in page


def test_who_had_none_is_told_so_and_nothing_breaks(chief, lost):
    Authenticator.objects.filter(user=lost).delete()
    assert "heeft geen tweede stap" in text(chief.get(f"{PLACE}{lost.pk}/"))
    assert chief.get(f"{PLACE}999999/").status_code == 404
