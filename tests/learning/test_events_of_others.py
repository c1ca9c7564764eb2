"""On a shared phone Anna's answers never become Bram's; someone else's ids are refused, the rest is kept."""

import uuid

from assessments.models import Response
from learning.models import Attempt, Event, Progress
from people.models import FormerKey, User


def test_events_of_another_owner_are_refused_and_the_rest_is_kept(phone_of, anna, bram):
    phone = phone_of(anna)
    mine, theirs = phone.event("e-haakje"), phone.event("e-scherm", owner=str(bram.owner_key))
    reply = phone.send(mine, theirs)
    assert reply.status_code == 200
    assert reply.json() == {
        "owner": str(anna.owner_key), "safe": [mine["id"]], "refused": {theirs["id"]: "van een ander"},
    }  # fmt: skip
    assert not Event.objects.filter(user=bram).exists()
    assert Event.objects.get().user == anna


def test_two_owners_in_one_batch_never_become_one_learner(phone):
    mine, theirs = phone.event("e-haakje"), phone.event("e-scherm", owner=str(uuid.uuid4()))
    reply = phone.send(mine, theirs)
    assert reply.json()["safe"] == [mine["id"]]
    assert User.objects.count() == 1


def test_a_phone_that_lost_its_key_and_made_a_new_one_loses_nothing(phone_of, anna):
    """The session is Anna's, the key in the cookie nobody's: it is her phone that made it."""
    phone = phone_of(anna)
    phone.owner = uuid.uuid4()
    phone.client.cookies["eigenaar"] = str(phone.owner)
    phone.keep(phone.event("e-haakje"))
    assert Event.objects.get().user == anna
    assert phone.client.cookies["eigenaar"].value == str(anna.owner_key)
    phone.keep(phone.event("e-scherm"))  # what still waited under the new key


def test_a_key_that_is_someones_is_not_taken_over(phone_of, anna, bram):
    phone = phone_of(anna)
    for owner in (bram.owner_key, FormerKey.objects.create(user=bram, key=uuid.uuid4()).key):
        phone.client.cookies["eigenaar"] = str(owner)
        event = phone.event("e-haakje", owner=str(owner))
        assert phone.send(event).json()["refused"] == {event["id"]: "van een ander"}
    assert not Event.objects.exists()


def test_an_attempt_of_someone_else_is_refused(phone_of, anna, driss):
    annas, other = phone_of(anna), phone_of(driss)
    annas.keep(annas.event("e-haakje"))
    stolen, own = other.event("e-haakje", attempt=str(annas.attempt)), other.event("e-scherm")
    reply = other.send(stolen, own)
    assert reply.json()["safe"] == [own["id"]]
    assert reply.json()["refused"] == {stolen["id"]: "poging van een ander of van een andere les"}
    assert Attempt.objects.get(pk=annas.attempt).user == anna


def test_one_attempt_belongs_to_one_module(phone):
    from modules.models import ModulePage

    other = ModulePage.objects.get(code="B2")
    phone.keep(phone.event("e-haakje"))
    wrong = phone.event(other.outline.ids[0], module="B2", revision=other.live_revision_id)
    assert phone.send(wrong).json()["refused"] == {wrong["id"]: "poging van een ander of van een andere les"}
    assert Progress.objects.count() == 1


def test_an_event_id_of_someone_else_is_refused_and_stays_theirs(phone_of, anna, driss):
    annas, other = phone_of(anna), phone_of(driss)
    event = annas.event("e-keuze", "e-o1")
    annas.keep(event)
    reply = other.send(other.event("e-keuze", "e-o2", id=event["id"]))
    assert reply.json()["refused"] == {event["id"]: "van een ander"}
    assert Response.objects.get().user == anna
    assert not Progress.objects.filter(user=driss).exists()


def test_the_key_of_a_named_account_opens_nothing_without_signing_in(phone, anna):
    reply = phone.send(phone.event("e-haakje", owner=str(anna.owner_key)))
    assert reply.status_code == 401
    assert reply.json()["error"] == "sign_in"
    assert "Log opnieuw in" in reply.json()["message"]
    assert not Event.objects.exists()
    assert "_auth_user_id" not in phone.client.session


def test_a_new_key_on_the_phone_of_a_signed_in_learner_is_refused(phone_of, anna):
    """What waits under another key stays on the phone's list of refusals, not in Anna's progress."""
    phone = phone_of(anna)
    event = phone.event("e-haakje", owner=str(uuid.uuid4()))
    assert phone.send(event).json()["refused"] == {event["id"]: "van een ander"}
    assert User.objects.count() == 1
