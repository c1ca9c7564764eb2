"""'Mijn gegevens': a person reads, takes along and erases what is kept of them; nobody else does it for them."""

import json
import re

import pytest

from assessments.models import Response
from learning.models import Event, Progress
from people import erasures
from people.models import AuditEntry, Pseudonym, Session, User
from people.owner import BY_NICKNAME
from tests.factories import UserFactory
from tests.people.test_the_door import PASSWORD, sign_in
from xapi.models import Statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_limits")]
OWN, READ, FILE, ERASE = (f"/mijn/gegevens/{part}" for part in ("", "alles/", "bestand/", "wissen/"))


@pytest.fixture
def learning(phone_of, anna):
    """Anna's phone, after a lesson; she came with a code, so the phone is her key."""
    anna.set_unusable_password()
    anna.save()
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    return phone


@pytest.fixture
def account(driss) -> User:
    driss.set_password(PASSWORD)
    driss.save()
    return driss


def text(reply) -> str:
    return reply.content.decode()


def test_a_person_takes_along_everything_that_is_kept(learning, anna):
    reply = learning.client.get(FILE)
    assert reply["Content-Type"] == "application/json; charset=utf-8"
    assert "attachment" in reply["Content-Disposition"]
    assert "no-store" in reply["Cache-Control"]
    told = json.loads(reply.content)
    assert told["people"]["naam"] == "Anna"
    assert len(told["assessments"]["antwoorden"]) == Response.objects.filter(user=anna).count() > 0
    assert {"people", "learning", "assessments", "xapi"} <= set(told)


def test_a_person_reads_it_in_words(learning):
    page = text(learning.client.get(READ))
    assert "Over jou" in page
    assert "Je antwoorden" in page
    assert "opdracht: " in page
    assert re.search(r"moment: \d+ [a-z]+ 20\d\d, \d+\.\d\d uur", page)
    assert "les" in text(learning.client.get(OWN))


def test_a_long_list_says_how_much_more_the_file_has(learning, anna):
    one = Response.objects.filter(user=anna).first()
    for _ in range(60):
        Response.objects.create(user=anna, module=one.module, attempt=one.attempt, exercise=one.exercise,
                                kind=one.kind, answer=one.answer, correct=True, parts={}, at=one.at,
                                received_at=one.received_at)  # fmt: skip
    assert "staan in het bestand" in text(learning.client.get(READ))


def test_what_somebody_wrote_stands_there_as_text(as_user, anna):
    anna.first_name = "<script>alert(1)</script>"
    anna.save()
    assert "<script>alert" not in text(as_user(anna).get(READ))


def test_nobody_gets_what_is_of_another(as_user, learning, bram, chantal, driss):
    for other in (bram, chantal, driss):
        told = text(as_user(other).get(FILE))
        assert "Anna" not in told
    assert "We bewaren nog niets" in text(as_user(None).get(FILE))


def test_who_only_looked_has_nothing_and_makes_nothing(as_user):
    before = User.objects.count()
    for address in (OWN, READ, FILE, ERASE):
        assert "We bewaren nog niets van jou." in text(as_user(None).get(address))
    assert "We bewaren nog niets van jou." in text(as_user(None).post(ERASE))
    assert User.objects.count() == before


def test_a_name_on_a_list_is_not_enough(learning):
    session = learning.client.session
    session[BY_NICKNAME] = True
    session.save()
    for address in (OWN, READ, FILE, ERASE):
        assert learning.client.get(address).url == "/mijn/"
    learning.client.post(ERASE)
    assert Progress.objects.exists()


def test_an_account_asks_to_sign_in_first(as_user, account):
    client = as_user(account)  # a session of long ago
    for address in (OWN, READ, FILE, ERASE):
        assert client.get(address).url == "/inloggen/?next=%2Fmijn%2Fgegevens%2F"
    client.post(ERASE)
    assert User.objects.filter(pk=account.pk).exists()

    client = as_user(None)
    assert sign_in(client, "driss", next=OWN).url == OWN
    assert client.get(FILE).status_code == 200


def test_a_person_erases_everything_and_others_stay(learning, phone_of, anna, driss):
    other = phone_of(driss)
    other.keep(*other.whole_lesson())
    name = Pseudonym.objects.get(user=anna, target="").name
    assert Statement.objects.filter(actor=name).exists()

    assert "Je kunt dit niet terugdraaien." in text(learning.client.get(ERASE))
    assert User.objects.filter(pk=anna.pk).exists(), "looking erases nothing"
    reply = learning.client.post(ERASE)

    assert reply.url == OWN
    assert "Alles over jou is gewist." in text(learning.client.get(OWN))
    assert not User.objects.filter(pk=anna.pk).exists()
    assert not Statement.objects.filter(actor=name).exists()
    for model in (Event, Progress, Response):
        assert set(model.objects.values_list("user_id", flat=True)) == {driss.pk}
    assert not Session.objects.filter(user_id=anna.pk).exists()
    assert str(anna.owner_key) in reply.cookies["weg"].value, "the phone forgets too"
    assert reply.cookies["eigenaar"]["max-age"] == 0
    assert AuditEntry.objects.filter(action="erase_person").exists()


def test_an_account_is_gone_with_its_way_in(as_user, account):
    client = as_user(None)
    sign_in(client, "driss")
    client.post(ERASE)
    assert not User.objects.filter(username="driss").exists()
    assert sign_in(as_user(None), "driss").status_code == 200, "the form again"


def test_another_site_erases_nobody(as_user, learning, anna):
    assert learning.client.post(ERASE, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert User.objects.filter(pk=anna.pk).exists()


def test_the_only_administrator_hands_over_first(as_user, account):
    account.is_superuser = account.is_staff = True
    account.save()
    User.objects.filter(is_superuser=True).exclude(pk=account.pk).delete()
    client = as_user(None)
    sign_in(client, "driss")
    assert client.post(ERASE).url == OWN
    assert User.objects.filter(pk=account.pk).exists()
    UserFactory(username="eva", is_superuser=True)
    client.post(ERASE)
    assert not User.objects.filter(pk=account.pk).exists()


def test_where_an_erasure_cannot_be_written_down_nothing_is_erased(learning, anna, monkeypatch):
    def full(_):
        raise OSError("no space left")

    monkeypatch.setattr(erasures, "keep", full)
    assert learning.client.post(ERASE).url == OWN
    assert "Er is niets gewist." in text(learning.client.get(OWN))
    assert Progress.objects.filter(user=anna).exists()
