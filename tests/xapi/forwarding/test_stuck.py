"""A statement that always breaks the receiver holds up those behind it for some tries, and not for ever."""

import pytest

from tests.xapi.forwarding.conftest import send, until_all_is_sent, write
from tests.xapi.forwarding.proxy import Fault
from tests.xapi.forwarding.test_sending import arrived
from xapi.forwarding import sending
from xapi.forwarding.queries import refused_by
from xapi.forwarding.services import retry_refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("fault", [Fault(500), Fault(502), Fault(0)])
def test_a_statement_that_always_breaks_the_receiver_is_laid_aside_and_the_rest_goes_on(
    target, line, receiver, clock, fault
):
    ids = write(6)
    line.choose = lambda _, body: fault if ids[2] in [one["id"] for one in body] else None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == [*ids[:2], *ids[3:]]
    [row] = refused_by(target)
    assert (str(row.statement_id), row.error.startswith("10 times: ")) == (ids[2], True)
    assert target.error == ""
    alone = [one for one in line.posts if one == [ids[2]]]
    assert sending.MOST_TRIES <= len(alone) <= sending.MOST_TRIES + 2
    line.choose = lambda *_: None
    assert retry_refused(target) == 1
    until_all_is_sent(target, clock)
    assert sorted(arrived(receiver, ids)) == sorted(ids)


def test_the_first_of_all_and_two_in_a_row_are_laid_aside_too(target, line, receiver, clock):
    ids = write(5)
    bad = {ids[0], ids[1]}
    line.choose = lambda _, body: Fault(500) if bad & {one["id"] for one in body} else None
    until_all_is_sent(target, clock)
    assert set(arrived(receiver, ids)) == set(ids) - bad
    assert {str(row.statement_id) for row in refused_by(target)} == bad


def test_a_receiver_that_is_down_for_days_loses_nothing_to_the_dead_letters(target, line, receiver, clock):
    ids = write(5)
    line.choose = lambda *_: Fault(500)
    for _ in range(40):
        send(target, clock)
        clock.now = target.next_try_at
    assert refused_by(target) == []
    line.choose = lambda *_: None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids


def test_the_last_one_waits_until_there_is_another_to_compare_with(target, line, receiver, clock):
    [stuck] = write(1)
    line.choose = lambda _, body: Fault(500) if stuck in [one["id"] for one in body] else None
    for _ in range(15):
        send(target, clock)
        clock.now = target.next_try_at
    assert refused_by(target) == []
    [after] = write(1)
    until_all_is_sent(target, clock)
    assert arrived(receiver, [stuck, after]) == [after]
    assert [str(row.statement_id) for row in refused_by(target)] == [stuck]


def test_503_and_429_say_that_it_is_not_the_statement(target, line, receiver, clock):
    ids = write(2)
    line.choose = lambda *_: Fault(503)
    for _ in range(25):
        send(target, clock)
        clock.now = target.next_try_at
    assert refused_by(target) == []
    line.choose = lambda *_: None
    until_all_is_sent(target, clock)
    assert arrived(receiver, ids) == ids
