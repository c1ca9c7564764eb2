"""What a phone cannot have meant is refused by itself, with the reason; the good part of a batch is kept."""

import uuid

import pytest

from assessments.models import Response
from learning.models import Event, Progress
from xapi.models import Statement

NUL, HALF = "\x00", "\ud800"


def refuse(phone, bad: dict) -> str:
    """Send a good event around a bad one; gives why the bad one was refused."""
    first, last = phone.event("e-haakje"), phone.event("e-scherm")
    reply = phone.send(first, bad, last)
    assert reply.status_code == 200, reply.content
    assert reply.json()["safe"] == [first["id"], last["id"]]
    assert Event.objects.count() == Statement.objects.count() == 2
    assert not Response.objects.exists()
    [reason] = reply.json()["refused"].values()
    return reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"module": "Z9"}, "onbekende les"),
        ({"module": "Z9", "revision": 2**52}, "onbekende les"),
        ({"module": "B2"}, "onbekende les"),
        ({"step": "e-weg"}, "onbekende stap"),
        ({"step": "E-HAAKJE"}, "onbekende stap"),
        ({"exercise": "e-keuze", "response": "e-o1"}, "onbekende opdracht"),
        ({"exercise": "e-haakje", "response": "x"}, "onbekende opdracht"),
        ({"step": "e-keuze", "exercise": "e-waar", "response": {"answer": False}}, "onbekende opdracht"),
        ({"step": "e-keuze", "exercise": "e-keuze"}, "verkeerd antwoord"),
    ],
)
def test_an_event_that_names_something_unknown_is_refused(phone, change, reason):
    assert reason in refuse(phone, phone.event("e-haakje", **change))


def test_a_lesson_that_is_coming_cannot_be_taken(phone, coming):
    event = phone.event("e-haakje", module=coming.code, revision=2**52)
    assert "onbekende les" in refuse(phone, event)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "geen-uuid"),
        ("id", 7),
        ("id", None),
        ("id", "x" * 100_000),
        ("owner", "anna"),
        ("owner", None),
        ("attempt", "1"),
        ("module", 5),
        ("module", ["B2"]),
        ("module", "x" * 41),
        ("revision", -1),
        ("revision", 2**53),
        ("revision", "twee"),
        ("revision", 1.5),
        ("step", ""),
        ("step", "x" * 65),
        ("step", None),
        ("exercise", {}),
        ("exercise", "x" * 65),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(phone, field, value):
    assert refuse(phone, phone.event("e-haakje") | {field: value}) == f"verkeerde vorm: {field}"


@pytest.mark.parametrize("field", ["id", "owner", "at", "module", "revision", "attempt", "step"])
def test_a_missing_field_is_named(phone, field):
    event = phone.event("e-haakje")
    del event[field]
    assert refuse(phone, event) == f"verkeerde vorm: {field}"


def test_unknown_extra_fields_are_ignored_and_not_kept(phone):
    """A newer player may send more; above all, nothing says which variant was read."""
    phone.keep(phone.event("e-keuze", "e-o1", variant="makkelijk", correct=False, extra={"a": 1}))
    assert Response.objects.get().correct is True
    assert "makkelijk" not in str(Statement.objects.get().document)


@pytest.mark.parametrize("value", [NUL, f"B2{NUL}", HALF, f"B2{HALF}", "💥", "B2'; DROP TABLE people_user; --"])
@pytest.mark.parametrize("field", ["id", "module", "step", "exercise", "response"])
def test_hostile_characters_cost_that_event_only(phone, field, value):
    event = phone.event("e-keuze", "e-o1") | {field: value}
    if field == "module":
        event["revision"] = 2**52  # so that the name itself is looked up
    assert refuse(phone, event)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999", "9" * 400])
@pytest.mark.parametrize("field", ["at", "revision", "response"])
def test_numbers_that_are_none_cost_that_event_only(phone, field, value):
    import json

    good, bad = phone.event("e-haakje"), phone.event("e-keuze", "e-o1") | {field: "HIER"}
    reply = phone.post(json.dumps({"events": [good, bad]}).replace('"HIER"', value))
    assert reply.status_code == 200
    assert reply.json()["safe"] == [good["id"]]
    assert list(reply.json()["refused"]) == [bad["id"]]


def test_an_answer_of_one_megabyte_is_refused_and_the_others_are_kept(phone):
    assert refuse(phone, phone.event("e-keuze", "x" * 1_000_000)) == "verkeerde vorm: response"


def test_a_deeply_nested_answer_is_refused_and_the_others_are_kept(phone):
    nested: list = []
    for _ in range(300):
        nested = [nested]
    assert "verkeerd" in refuse(phone, phone.event("e-keuze", nested))


@pytest.mark.parametrize("thing", [1, "x", None, True, [], [[]]])
def test_something_that_is_no_event_is_refused_by_its_place_and_the_others_are_kept(phone, thing):
    good = phone.event("e-haakje")
    reply = phone.send(thing, good)
    assert reply.status_code == 200, reply.content
    assert reply.json()["safe"] == [good["id"]]
    assert list(reply.json()["refused"]) == ["#0"]


def test_an_event_without_an_id_is_named_by_its_place(phone):
    good = phone.event("e-haakje")
    assert phone.send(good, {}).json()["refused"] == {"#1": "verkeerde vorm: id"}


def test_two_events_with_the_same_wrong_id_do_not_hide_a_good_one(phone):
    good = phone.event("e-haakje")
    bad = phone.event("e-scherm", id=good["id"], step="e-weg")
    reply = phone.send(good, bad)
    assert reply.json()["safe"] == [good["id"]]
    assert Progress.objects.get().seen == ["e-haakje"]


def test_a_batch_of_which_nothing_is_kept_makes_no_learner(phone):
    """A nameless learner is made at the first kept event."""
    from people.models import Session, User

    phone.send(phone.event("e-weg"), phone.event("e-haakje", module="Z9"))
    phone.send(phone.event("e-haakje", owner="geen-uuid"))
    assert not User.objects.exists()
    assert not Session.objects.exists()


def test_a_signed_in_learner_hears_why_everything_was_refused(phone_of, anna):
    phone = phone_of(anna)
    bad = phone.event("e-haakje", id=str(uuid.uuid4()), at="nooit")
    reply = phone.send(bad)
    assert reply.status_code == 200
    assert reply.json() == {"owner": str(anna.owner_key), "safe": [], "refused": {bad["id"]: "verkeerde vorm: at"}}
