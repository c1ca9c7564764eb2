"""What goes to another record store arrives once and in order, whatever goes wrong on the way."""

import json
import uuid
from datetime import timedelta

import pytest

from tests.xapi.forwarding.conftest import ANNA, BRAM, new_target, send, until_all_is_sent, write
from tests.xapi.forwarding.proxy import Fault
from xapi.forwarding import sending
from xapi.forwarding.models import Forward
from xapi.forwarding.queries import refused_by, standings, targets_due
from xapi.forwarding.services import end_target, pause_target, retry_refused
from xapi.models import Statement

pytestmark = pytest.mark.django_db


def arrived(receiver, ids: list[str]) -> list[str]:
    """Which of these are there, in the order in which they were stored, each as often as it is there."""
    wanted = set(ids)
    return [one for one in receiver.ids() if one in wanted]


def test_statements_arrive_in_one_batch_in_order_under_a_name_of_the_target(target, line, receiver, clock):
    ids = write(5) + write(3, actor=BRAM)
    assert send(target, clock) == 8
    assert arrived(receiver, ids) == ids
    assert len(line.posts) == 1
    told = [receiver.one(one) for one in ids]
    names = [one["actor"]["account"]["name"] for one in told]
    assert len(set(names[:5])) == 1 == len(set(names[5:]))
    assert not {str(ANNA), str(BRAM)} & set(names)
    assert str(ANNA) not in line.seen[0].decode()
    source = Statement.objects.get(id=ids[0]).document
    for kept in ("verb", "object", "timestamp", "context", "result"):
        assert told[0].get(kept) == source.get(kept)
    assert send(target, clock) == 0
    assert len(line.posts) == 1


def test_each_target_knows_a_learner_by_another_name(target, line, receiver, clock):
    other = new_target(line, receiver, name="Leerlog Oost")
    write(1)
    for one in (target, other):
        line.choose = lambda *_: Fault(200)
        send(one, clock)
    first, second = (json.loads(body)[0]["actor"]["account"]["name"] for body in line.seen)
    assert first != second


def test_a_target_that_is_down_for_an_hour_gets_all_and_is_asked_ever_less_often(target, line, receiver, clock):
    ids = write(10)
    began, waits = clock.now, []
    line.choose = lambda *_: Fault(0)
    while clock.now < began + timedelta(hours=1):
        assert send(target, clock) == 0
        waits.append(target.next_try_at - clock.now)
        assert targets_due(clock.now) == []
        clock.now = target.next_try_at
        assert targets_due(clock.now) == [target.pk]
        ids += write(1)
    assert len(waits) < 20
    assert waits[0] <= timedelta(seconds=10)
    assert timedelta(minutes=5) < max(waits) <= timedelta(hours=1)
    [standing] = standings()
    assert (standing.waiting, standing.refused) == (len(ids), 0)
    assert standing.oldest == Statement.objects.get(id=ids[0]).stored
    line.choose = lambda *_: None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids
    assert (target.failures, target.error, target.next_try_at) == (0, "", None)


def test_two_targets_that_fail_together_are_not_asked_together_again(target, line, receiver, clock):
    other = new_target(line, receiver, name="Leerlog Oost")
    write(1)
    line.choose = lambda *_: Fault(500)
    for one in (target, other):
        send(one, clock)
    assert target.next_try_at != other.next_try_at


@pytest.mark.parametrize("fault", [Fault(500), Fault(502), Fault(0), Fault(500, arrives=True), Fault(0, arrives=True)])
def test_what_broke_on_the_way_is_sent_again_and_is_there_once(target, line, receiver, clock, fault):
    ids = write(6)
    line.choose = lambda *_: fault if len(line.posts) < 3 else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids


def test_an_answer_that_does_not_come_in_time_ends_the_request_and_smaller_batches_follow(
    target, line, receiver, clock, monkeypatch
):
    ids = write(8)
    monkeypatch.setattr("xapi.forwarding.client.Lrs.seconds", 0.3)
    monkeypatch.setattr(sending.Lrs.__init__, "__defaults__", (0.3,))
    line.choose = lambda *_: Fault(0, arrives=True, waits=5) if len(line.posts) == 1 else None
    assert send(target, clock) == 0
    assert "timed out" in target.error
    assert target.at_once == 100
    line.free.set()
    monkeypatch.undo()
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids


def test_429_and_503_are_obeyed_as_long_as_they_ask(target, line, receiver, clock):
    ids = write(3)
    line.choose = lambda *_: Fault(429, Retry_After="120")
    send(target, clock)
    assert target.next_try_at == clock.now + timedelta(seconds=120)
    line.choose = lambda *_: Fault(503, Retry_After="Mon, 01 Jan 2024 00:00:00 GMT")
    clock.go(seconds=119)
    assert send(target, clock) == 0
    assert len(line.posts) == 1
    clock.go(seconds=1)
    send(target, clock)
    assert target.next_try_at == clock.now  # that moment has passed
    line.choose = lambda *_: Fault(503, Retry_After="999999999999")
    send(target, clock)
    assert target.next_try_at == clock.now + timedelta(days=1)
    line.choose = lambda *_: None
    clock.go(days=1)
    assert send(target, clock) == 3
    assert arrived(receiver, ids) == ids


def test_a_batch_that_is_too_large_is_halved_until_it_fits(target, line, receiver, clock):
    ids = write(20)
    line.choose = lambda method, body: Fault(413) if method == "POST" and len(body) > 3 else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids
    assert max(len(one) for one in line.posts[3:]) <= 10


def test_one_that_is_too_large_by_itself_is_laid_aside(target, line, receiver, clock):
    ids = write(4)
    line.choose = lambda _, body: Fault(413) if ids[1] in [one["id"] for one in body] else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == [ids[0], ids[2], ids[3]]
    assert [str(row.statement_id) for row in refused_by(target)] == [ids[1]]


def test_half_a_batch_that_is_bad_is_found_and_the_good_half_arrives_in_order(target, line, receiver, clock):
    ids = write(24)
    bad = set(ids[::2])
    line.choose = lambda _, body: Fault(400) if bad & {one["id"] for one in body} else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids[1::2]
    assert {str(row.statement_id) for row in refused_by(target)} == bad
    assert standings()[0].refused == 12
    line.choose = lambda *_: None
    assert retry_refused(target) == 12
    until_all_is_sent(target, clock)
    assert sorted(arrived(receiver, ids)) == sorted(ids)
    assert refused_by(target) == []


def test_some_dead_letters_can_be_sent_again_without_the_others(target, line, receiver, clock):
    ids = write(3)
    line.choose = lambda *_: Fault(400)
    until_all_is_sent(target, clock)
    line.choose = lambda *_: None
    assert retry_refused(target, [refused_by(target)[1].seq]) == 1
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == [ids[1]]


def test_a_receiver_that_refuses_everything_is_left_alone_before_all_is_laid_aside(target, line, clock):
    write(45)
    line.choose = lambda *_: Fault(400)
    send(target, clock)
    assert len(refused_by(target)) == sending.IN_A_ROW
    assert target.error.startswith("it refuses everything")
    assert target.next_try_at > clock.now


def test_409_for_what_is_there_already_counts_as_arrived(target, line, receiver, clock):
    ids = write(5)
    line.choose = lambda *_: Fault(0, arrives=True)
    send(target, clock)
    line.choose = lambda method, _: Fault(409) if method == "POST" else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids
    assert refused_by(target) == []


def test_409_for_another_statement_with_that_id_is_laid_aside(target, line, receiver, clock):
    ids = write(3)
    receiver.put({**Statement.objects.get(id=ids[1]).document, "verb": {"id": "http://adlnet.gov/expapi/verbs/passed"}})
    until_all_is_sent(target, clock)
    assert sorted(arrived(receiver, ids)) == sorted(ids)
    [row] = refused_by(target)
    assert (str(row.statement_id), "another statement" in row.error) == (ids[1], True)
    assert receiver.one(ids[1])["verb"]["id"].endswith("passed")


def test_409_for_what_is_not_there_is_tried_again_and_laid_aside_in_the_end(target, line, receiver, clock):
    ids = write(2)
    line.choose = lambda method, _: Fault(409) if method == "POST" and len(line.posts) < 6 else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids
    [stuck] = write(1)
    line.choose = lambda method, _: Fault(409) if method == "POST" else None
    until_all_is_sent(target, clock)
    assert [str(row.statement_id) for row in refused_by(target)] == [stuck]


@pytest.mark.parametrize("status", [301, 401, 403, 404, 418])
def test_a_wrong_key_or_address_stops_the_target_and_lays_nothing_aside(target, line, receiver, clock, status):
    ids = write(3)
    line.choose = lambda *_: Fault(status, Location="http://127.0.0.1:1/")
    assert send(target, clock) == 0
    assert target.error.startswith(f"HTTP {status}")
    assert len(line.posts) == 1
    line.choose = lambda *_: None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids


def test_only_one_worker_sends_to_a_target_and_who_died_is_followed_after_the_lease(target, line, receiver, clock):
    ids = write(2)
    dead = sending._Turn.take(target.pk, clock)
    assert dead is not None
    assert targets_due(clock.now) == []
    assert send(target, clock) == 0
    assert line.posts == []
    clock.now += sending.LEASE
    assert send(target, clock) == 2
    assert arrived(receiver, ids) == ids


def test_a_worker_that_lost_its_turn_sends_no_more(target, line, clock):
    write(2)
    slow = sending._Turn.take(target.pk, clock)
    clock.now += sending.LEASE
    other = sending._Turn.take(target.pk, clock)
    assert other is not None
    assert slow.run() == 0
    assert line.posts == []
    assert other.run() == 2


def test_a_paused_target_gets_nothing_and_all_of_it_later(target, line, receiver, clock):
    pause_target(target, paused=True)
    ids = write(3)
    assert (send(target, clock), targets_due(clock.now)) == (0, [])
    pause_target(target, paused=False)
    assert send(target, clock) == 3
    assert arrived(receiver, ids) == ids


def test_a_target_that_ended_gets_nothing_more_and_its_secret_is_gone(target, line, clock):
    write(3)
    end_target(target)
    write(2)
    assert send(target, clock) == 0
    assert line.posts == []
    assert not Forward.objects.exists()
    target.refresh_from_db()
    assert target.sealed == ""


def test_a_secret_of_another_secret_key_is_told_and_nothing_is_lost(target, line, receiver, clock, settings):
    ids, before = write(2), settings.SECRET_KEY
    settings.SECRET_KEY = "another one, which is long enough to be a secret"
    assert send(target, clock) == 0
    assert "SECRET_KEY" in target.error
    settings.SECRET_KEY_FALLBACKS = [before]
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids


def test_what_is_not_committed_does_not_go_and_nothing_overtakes_it(target, clock, monkeypatch):
    write(3)
    first = Forward.objects.order_by("seq").first()
    monkeypatch.setattr(sending, "consistent_through", lambda: Statement.objects.get(seq=first.seq).stored)
    assert send(target, clock) == 1


def test_a_statement_with_a_hostile_id_of_the_same_batch_twice_is_kept_once(target, clock):
    [one] = write(1)
    from xapi.services import record_statements

    record_statements([Statement.objects.get(id=one).document])
    assert Forward.objects.filter(statement_id=uuid.UUID(one)).count() == 1
