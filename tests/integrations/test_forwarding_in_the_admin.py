"""Administrators say where statements go; nobody else sees or changes it."""

import pytest

from people.models import AuditEntry, User
from tests.factories import UserFactory
from xapi.forwarding.models import ForwardTarget

pytestmark = pytest.mark.django_db
ALL, NEW = "/admin/doorsturen/", "/admin/doorsturen/nieuw/"
FORM = {
    "name": "Leerlog Noord", "kind": "operator", "address": "https://lrs.example.nl/xapi/", "version": "1.0.3",
    "key": "sleutel", "secret": "heel-geheim",
}  # fmt: skip


@pytest.fixture
def chief() -> User:
    return UserFactory(username="chief", is_superuser=True, is_staff=True)


def test_a_target_is_made_changed_paused_and_ended_and_its_secret_is_shown_nowhere(as_user, chief):
    browser = as_user(chief)
    assert browser.post(NEW, FORM).url == ALL
    target = ForwardTarget.objects.get()
    assert target.address == "https://lrs.example.nl/xapi"
    assert "heel-geheim" not in target.sealed
    own = f"{ALL}{target.pk}/"
    for place in (ALL, own, f"{own}verander/"):
        page = browser.get(place)
        assert (page.status_code, b"heel-geheim" in page.content) == (200, False)
    changed = {**FORM, "key": "", "secret": "", "address": "https://lrs2.example.nl/xapi"}
    assert browser.post(f"{own}verander/", changed).status_code == 302
    again = ForwardTarget.objects.get()
    assert (again.address, again.sealed) == ("https://lrs2.example.nl/xapi", target.sealed)
    browser.post(f"{own}pauze/")
    assert ForwardTarget.objects.get().paused_at is not None
    browser.post(f"{own}verder/")
    assert ForwardTarget.objects.get().paused_at is None
    assert browser.post(f"{own}opnieuw/").status_code == 302
    assert browser.post(f"{own}wat-anders/").status_code == 404
    assert browser.post(f"{own}stop/").status_code == 302
    assert ForwardTarget.objects.get().ended_at is not None
    assert browser.get(own).status_code == 404
    assert AuditEntry.objects.filter(subject=f"forward target {target.pk}").count() == 6
    assert "heel-geheim" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": "http://lrs.example.nl/xapi"},
        {"address": "https://a:b@lrs.example.nl/"},
        {"address": "file:///etc/passwd"},
        {"address": "https://lrs.example.nl/xapi?x=1"},
        {"kind": "organisation"},
        {"kind": "research"},
        {"secret": ""},
        {"name": ""},
    ],
)
def test_what_is_wrong_or_missing_is_asked_again(as_user, chief, wrong):
    assert as_user(chief).post(NEW, {**FORM, **wrong}).status_code == 200
    assert not ForwardTarget.objects.exists()


@pytest.mark.parametrize("who", ["driss", "anna", "bram", "chantal", None])
def test_nobody_else_sees_or_makes_a_target(as_user, request, who):
    browser = as_user(request.getfixturevalue(who) if who else None)
    for place in (ALL, NEW, f"{ALL}1/", f"{ALL}1/verander/", f"{ALL}1/stop/"):
        for reply in (browser.get(place), browser.post(place, FORM)):
            assert reply.status_code in (302, 403, 405)
    assert not ForwardTarget.objects.exists()
