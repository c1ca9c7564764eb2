"""Wrong input gets the right status and a sentence that names the property; a batch is stored whole or not at all."""

import uuid

import pytest

from tests.xapi.conftest import a_statement
from xapi.models import Statement

STATEMENT = b'{"actor":{"mbox":"mailto:a@example.com"},"verb":{"id":"http://e.nl/v"},"object":{"id":"http://e.nl/a"}%s}'


def extended(value: bytes) -> bytes:
    return STATEMENT % (b',"context":{"extensions":{"http://e.nl/x":' + value + b"}}")


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b" ", "body"), (b"x", "body"), (b"\xff\xfe", "body"), (b"null", "body"), (b'"x"', "body"), (b"1", "body"),
        (b"[[]]", "[0]"), (b"[null]", "[0]"), (b"{}", "actor"), (STATEMENT % b',"id":null', "id"),
        (STATEMENT % b',"verb":{"id":"http://e.nl/w"}', "verb"), (extended(b"NaN"), "NaN"),
        (extended(b"-Infinity"), "Infinity"), (extended(b"1e999"), "extensions"), (extended(b"1" * 5000), "body"),
        (extended(b'"\\ud800"'), "extensions"), (STATEMENT % b',"\\ud800":1', "ud800"),
        (extended(b"[" * 100_000 + b"]" * 100_000), "body"), (extended(b"[" * 200 + b"]" * 200), "extensions"),
        (b"[" * 100_000, "body"), (b'{"a":' * 100_000, "body"), (extended(b'{"a":1,"a":2}'), "twice"),
    ],
    ids=lambda value: repr(value)[:30],
)  # fmt: skip
def test_a_body_that_is_no_statement_is_refused(both, body, named):
    reply = both.post("statements", body)
    assert reply.status_code == 400
    assert named in reply.content.decode().replace("?", "ud800")
    assert not Statement.objects.exists()


def test_an_empty_body_is_refused(both):
    reply = both.post("statements", b"", headers={"content-type": "application/json"})
    assert (reply.status_code, reply.content[:5]) == (400, b"body:")
    assert both.post("statements", b"").status_code == 400


def test_a_body_of_one_megabyte_is_taken_and_one_of_twenty_is_not(both):
    long = a_statement(result={"response": "a" * 1_000_000})
    assert both.keep(long) == [long["id"]]
    assert both.post("statements", b" " * 20_000_000).status_code == 413


def test_ten_thousand_statements_at_once_are_all_stored(lrs):
    sent = [a_statement() for _ in range(10_000)]
    assert lrs.keep(*sent) == [one["id"] for one in sent]
    assert Statement.objects.count() == 10_000


def test_of_a_batch_with_one_wrong_statement_none_is_stored(both):
    """XAPI-00326."""
    reply = both.post("statements", [a_statement(), a_statement(verb={"id": "wrong"}), a_statement()])
    assert reply.status_code == 400
    assert reply.content.decode().startswith("[1].verb.id")
    assert not Statement.objects.exists()


def test_of_a_batch_with_one_conflict_none_is_stored(both):
    known = a_statement()
    both.keep(known)
    reply = both.post("statements", [a_statement(), {**known, "verb": {"id": "http://e.nl/other"}}])
    assert reply.status_code == 409
    assert known["id"] in reply.content.decode()
    assert Statement.objects.count() == 1


def test_the_same_id_twice_in_a_batch_is_refused_in_any_letters(both):
    one = a_statement()
    assert both.post("statements", [one, {**one, "id": one["id"].upper()}]).status_code == 400


def test_an_id_in_capitals_is_the_same_id(both):
    """XAPI-00030."""
    sent = a_statement()
    both.keep({**sent, "id": sent["id"].upper()})
    assert both.put("statements", sent, statementId=sent["id"].upper()).status_code == 204
    assert both.one(sent["id"].upper())["id"] == sent["id"]
    assert Statement.objects.count() == 1


@pytest.mark.parametrize(
    "timestamp",
    [
        "0001-01-01T00:00:00Z",
        "0001-01-01T00:00:00+12:00",
        "9999-12-31T23:59:59.999999Z",
        "9999-12-31T23:59:59-12:00",
        "2016-12-31T23:59:60Z",
    ],
)
def test_times_at_the_edge_of_the_calendar_are_taken(both, timestamp):
    sent = a_statement(timestamp=timestamp)
    both.keep(sent)
    assert both.keep(sent) == [sent["id"]]
    assert both.one(sent["id"])["timestamp"][:4] == timestamp[:4]


@pytest.mark.parametrize("timestamp", ["0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "2026-02-30T00:00:00Z", "", 5])
def test_times_that_do_not_exist_are_refused(both, timestamp):
    reply = both.post("statements", a_statement(timestamp=timestamp))
    assert reply.status_code == 400
    assert reply.content.decode().startswith("timestamp")


def test_what_a_column_might_choke_on_is_kept_as_it_is(both):
    odd = {"http://e.nl/x": "\u0000 \u2028 \U0001f600 \ufffe", "http://e.nl/y": [1.0, 1e300, 2**70, -0.0, None]}
    sent = a_statement(context={"extensions": odd}, actor={"account": {"homePage": "http://e.nl", "name": "\u0000"}})
    both.keep(sent)
    kept = both.one(sent["id"])
    assert kept["context"]["extensions"] == odd
    assert kept["actor"] == sent["actor"]


def test_no_statement_is_no_error(both):
    assert both.keep() == []


@pytest.mark.parametrize("place", ["activities/state", "activities/profile", "agents/profile", "agents", "activities"])
def test_half_a_character_in_a_parameter_is_no_server_error(both, place):
    agent = '{"account": {"homePage": "http://e.nl", "name": "\\ud800"}}'
    query = {"agent": agent} if "agents" in place else {"activityId": "http://e.nl/\ud7ff\\"}
    if place == "activities/state":
        query["agent"] = agent
    assert both.get(place, **query).status_code in (200, 400)
    assert both.get("statements", agent=agent).status_code == 200


def test_ids_that_are_none_never_reach_the_database(both):
    for wrong in ("x", "", str(uuid.uuid4()) + "0", "\x00"):
        assert both.get("statements", statementId=wrong).status_code == 400
        assert both.put("statements", a_statement(id=None), statementId=wrong).status_code == 400
