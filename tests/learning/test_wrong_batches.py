"""A batch that is no batch, is too big or comes from another site: one clear answer, nothing written."""

import json
import uuid

import pytest
from django.test import Client

from learning.models import Event
from people.models import User
from tests.factories import Phone


@pytest.fixture
def nothing_written(db):
    yield
    assert not Event.objects.exists()
    assert not User.objects.exists()


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "body",
    [
        "", "geen json", "{", b"\xff\xfe", "{'events': []}", '{"events": [}', "[" * 100_000, '{"events":' * 2_000,
        '{"events": ' + "9" * 5000 + "}",
    ],
)  # fmt: skip
def test_a_body_that_is_no_json_is_said_to_be_so(phone, body):
    reply = phone.post(body)
    assert reply.status_code == 400
    assert set(reply.json()) == {"error", "message"}
    assert reply.json()["message"].endswith("Er is niets bewaard.")


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "body", ["[]", "null", "1", '"x"', "{}", '{"events": null}', '{"events": {}}', '{"event": []}']
)
def test_json_that_is_no_batch_is_said_to_be_so(phone, body):
    reply = phone.post(body)
    assert reply.status_code == 400
    assert reply.json()["error"] == "wrong_shape"


@pytest.mark.usefixtures("nothing_written")
def test_ten_thousand_events_are_refused_as_one(phone):
    reply = phone.send(*[phone.event("e-haakje")] * 10_000)
    assert reply.status_code == 413
    assert "hoogstens" in reply.json()["message"] or "te groot" in reply.json()["message"]
    assert reply.json()["message"].endswith("Er is niets bewaard.")


@pytest.mark.usefixtures("nothing_written")
def test_two_hundred_and_one_small_events_are_refused_as_one(phone):
    reply = phone.send(*[{}] * 10_000)
    assert (reply.status_code, reply.json()["error"]) == (413, "too_many")
    assert phone.send(*[phone.event("e-haakje")] * 201).status_code == 413


def test_two_hundred_events_are_kept(phone):
    phone.keep(*[phone.event("e-haakje") for _ in range(200)])
    assert Event.objects.count() == 200


@pytest.mark.usefixtures("nothing_written")
def test_a_body_of_more_than_two_and_a_half_megabytes_is_too_big(phone):
    reply = phone.post(json.dumps({"events": [phone.event("e-keuze", "x" * 2_600_000)]}))
    assert reply.status_code == 413
    assert reply.json()["error"] == "too_big"


@pytest.mark.usefixtures("nothing_written")
def test_an_empty_batch_makes_no_learner(phone):
    assert phone.send().status_code == 400


CROSS_SITE = [
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"sec-fetch-site": "none"},
    {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
    {"origin": "https://elders.nl"},
    {"origin": "http://testserver.elders.nl"},
    {"origin": "null"},
    {"origin": "http://["},
    {"referer": "https://elders.nl/?http://testserver/"},
    {"referer": "http://testserver@elders.nl/"},
    {},
]


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize("headers", CROSS_SITE)
def test_a_batch_from_another_site_is_refused(lesson, headers):
    phone = Phone(Client(), lesson)
    reply = phone.post({"events": [phone.event("e-haakje")]}, **headers)
    assert reply.status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}, {"referer": "http://testserver/mijn/"}],
)
def test_a_batch_from_our_own_pages_is_taken(lesson, headers):
    phone = Phone(Client(), lesson)
    assert phone.post({"events": [phone.event("e-haakje")]}, **headers).status_code == 200


@pytest.mark.usefixtures("nothing_written")
@pytest.mark.parametrize(
    "address", ["/", "/mijn/", "/lessen/", "/les/proefles/", "/les/proefles/e-keuze/", "/vak/", "/hulp/"]
)
def test_looking_at_pages_makes_no_learner_and_no_session(phone, address):
    phone.client.cookies["eigenaar"] = str(uuid.uuid4())
    assert phone.client.get(address).status_code == 200
    assert "kortwijs" not in phone.client.cookies


@pytest.mark.parametrize("module", ["E99", "Z9", "%00", "%ED%A0%80", "x" * 500])
def test_asking_where_one_is_gives_nothing_for_a_module_not_begun(phone_of, anna, module):
    assert phone_of(anna).client.get(f"/leren/stand/{module}").status_code == 204
