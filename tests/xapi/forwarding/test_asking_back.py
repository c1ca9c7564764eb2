"""What was sent on about somebody who is erased is voided there, listed, and forgotten once it is gone there too."""

import json
import uuid

import pytest

from tests.factories import UserFactory
from tests.xapi.forwarding.conftest import ANNA, BRAM, new_target, send, until_all_is_sent, write
from tests.xapi.forwarding.proxy import Fault
from xapi.forwarding.models import Forward, ForwardName, ForwardRecall
from xapi.forwarding.recalls import end_recalls, open_recalls
from xapi.forwarding.services import end_target
from xapi.models import Statement
from xapi.services import erase_actors, rename_actor

pytestmark = pytest.mark.django_db


def name_at(target, actor: uuid.UUID) -> str:
    return str(ForwardName.objects.get(target=target, actor=actor).name)


def test_what_arrived_is_voided_at_the_target_and_listed_with_the_names_it_has_there(target, line, receiver, clock):
    ids, others = write(3), write(2, actor=BRAM)
    send(target, clock)
    name = name_at(target, ANNA)
    assert erase_actors([ANNA]) == {"statements": 3, "asked back": 3, "forwards": 3, "names at targets": 1}
    recall = ForwardRecall.objects.get()
    assert (recall.target, recall.names, recall.count) == (target, name, 3)
    assert recall.statements.split() == ids
    assert str(ANNA) not in str(list(ForwardRecall.objects.values()))
    until_all_is_sent(target, clock)
    there = {one["id"] for one in receiver.statements()}
    assert not there & set(ids), "a store leaves out what was voided"
    assert there >= set(others)
    voiding = [one for one in receiver.statements() if one["verb"]["id"].endswith("voided")]
    assert {one["object"]["id"] for one in voiding} >= set(ids)
    assert not any(str(ANNA) in json.dumps(one) or name in json.dumps(one) for one in voiding)


def test_what_waits_goes_nowhere_and_is_not_asked_back(target, line, clock):
    write(3)
    assert erase_actors([ANNA]) == {"statements": 3, "forwards": 3}
    assert not ForwardRecall.objects.exists()
    assert send(target, clock) == 0
    assert line.posts == []


def test_what_may_have_arrived_is_asked_back_as_what_did(target, line, receiver, clock):
    ids = write(2)
    line.choose = lambda *_: Fault(0, arrives=True)
    send(target, clock)
    line.choose = lambda *_: None
    assert erase_actors([ANNA])["asked back"] == 2
    until_all_is_sent(target, clock)
    assert not {one["id"] for one in receiver.statements()} & set(ids)


def test_a_target_that_ended_is_only_listed(target, line, clock):
    write(2)
    send(target, clock)
    end_target(target)
    erase_actors([ANNA])
    assert open_recalls(target).get().count == 2
    assert not Forward.objects.exists()


def test_each_target_is_asked_by_its_own_names(target, line, receiver, clock):
    other = new_target(line, receiver, name="Leerlog Oost")
    write(1)
    for one in (target, other):
        send(one, clock)
    names = {one.pk: name_at(one, ANNA) for one in (target, other)}
    assert len(set(names.values())) == 2
    erase_actors([ANNA])
    assert {one.target_id: one.names for one in ForwardRecall.objects.all()} == names


def test_once_it_is_gone_there_names_and_ids_go_here(target, line, clock):
    write(1)
    send(target, clock)
    erase_actors([ANNA])
    assert end_recalls(target, [ForwardRecall.objects.get().pk + 1]) == 0
    assert end_recalls(target, [ForwardRecall.objects.get().pk]) == 1
    recall = ForwardRecall.objects.get()
    assert (recall.names, recall.statements, recall.count) == ("", "", 1)
    assert not open_recalls(target).exists()


def test_somebody_in_the_statement_of_another_is_asked_back_too(target, line, receiver, clock, lrs, settings):
    from tests.xapi.conftest import a_statement
    from xapi.core import statements as xapi

    target.of_clients = True
    target.save()
    sent = a_statement(context={"instructor": xapi.actor(settings.BASE_URL, ANNA)})
    lrs.keep(sent)
    send(target, clock)
    assert erase_actors([ANNA])["asked back"] == 1
    assert not Statement.objects.exists()


def test_two_who_become_one_while_something_waits_go_under_one_name(target, line, receiver, clock):
    first = write(1)
    send(target, clock)
    name = name_at(target, ANNA)
    waiting = write(2, actor=BRAM)
    rename_actor(BRAM, ANNA)
    until_all_is_sent(target, clock)
    told = {receiver.one(one)["actor"]["account"]["name"] for one in first + waiting}
    assert told == {name}
    assert erase_actors([ANNA])["asked back"] == 3


def test_two_who_become_one_leave_nothing_behind_that_cannot_be_erased(target, lrs, settings):
    from tests.xapi.conftest import a_statement
    from xapi.core import statements as xapi

    lrs.keep(a_statement(context={"instructor": xapi.actor(settings.BASE_URL, BRAM)}))
    agent = json.dumps(xapi.actor(settings.BASE_URL, BRAM))
    lrs.put("activities/state", {"a": 1}, activityId="http://e.nl/a", agent=agent, stateId="s")
    rename_actor(BRAM, ANNA)
    assert str(BRAM) not in json.dumps(Statement.objects.get().document)
    told = erase_actors([ANNA])
    assert (told["statements"], told["documents"]) == (1, 1)


def test_an_administrator_sees_the_list_takes_it_along_and_says_it_is_done(target, line, clock, as_user):
    ids = write(2)
    send(target, clock)
    name = name_at(target, ANNA)
    erase_actors([ANNA])
    place = f"/admin/doorsturen/{target.pk}/"
    stranger, chief = as_user(UserFactory()), as_user(UserFactory(is_superuser=True, is_staff=True))
    for address in (place, f"{place}terugvragen.json"):
        assert stranger.get(address).status_code in (302, 403)
    assert name in chief.get(place).content.decode()
    reply = chief.get(f"{place}terugvragen.json")
    assert reply.headers["Content-Disposition"].startswith("attachment")
    [told] = json.loads(reply.content)
    assert (told["names"], told["statements"]) == ([name], ids)
    number = ForwardRecall.objects.get().pk
    assert stranger.post(f"{place}weg/", {"recall": number}).status_code in (302, 403)
    assert open_recalls(target).exists()
    assert chief.post(f"{place}weg/", {"recall": "x"}).status_code == 302
    assert open_recalls(target).exists()
    assert chief.post(f"{place}weg/", {"recall": number}).status_code == 302
    assert not open_recalls(target).exists()
    assert name not in chief.get(place).content.decode()
