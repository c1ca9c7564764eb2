"""Every statement that we make keeps the profile that we publish."""

import copy

import pytest

from media.h5p.core.statements import VERBS as CONTENT_VERBS
from tests.exercise_cases import cases
from xapi.core.profile import extension, profile, violations
from xapi.models import Statement


@pytest.fixture
def made(phone) -> list[dict]:
    """A whole lesson, each kind of exercise right and wrong, a review."""
    phone.keep(*phone.whole_lesson())
    for case in cases():
        for response in [*case.done, *case.wrong]:
            if response is not None:
                phone.send(phone.event(case.id, response), phone.event(case.id, response, review=True))
    for verb in CONTENT_VERBS:
        told = {"verb": {"id": verb}, "result": {"success": True, "score": {"raw": 1, "max": 2}, "response": "Anna"}}
        phone.keep(phone.event("e-h5p", exercise="e-h5p", statement=told))
    return [row.document for row in Statement.objects.all()]


def test_every_statement_of_a_lesson_keeps_the_profile(made, settings):
    held_to = profile(settings.BASE_URL)
    used = {(one["verb"]["id"], one["object"]["definition"]["type"]) for one in made}
    assert used == {(one["verb"], one["objectActivityType"]) for one in held_to["templates"]}
    assert {problem: one for one in made for problem in violations(one, held_to)} == {}


def test_a_statement_that_tells_more_is_seen(made, settings):
    held_to = profile(settings.BASE_URL)
    good = next(one for one in made if "response" in one.get("result", {}))
    for way, value in (
        ("actor.name", "Anna"), ("result.score", {"raw": 1}), ("object.definition.choices", []),
        ("context.platform", "x"),
        ("context.instructor", {}), ("verb.id", "http://e.nl/read-aloud"), ("attachments", []),
        ("context.extensions", {extension(settings.BASE_URL, "variant"): "makkelijk"}), ("context.language", "en"),
    ):  # fmt: skip
        told = copy.deepcopy(good)
        *path, last = way.split(".")
        place = told
        for name in path:
            place = place[name]
        place[last] = value
        assert violations(told, held_to), way
    silent = copy.deepcopy(good)
    del silent["context"]["registration"]
    assert violations(silent, held_to) == ["$.context.registration is not there"]


def test_the_profile_is_served_to_anyone_as_json_ld(client, db, settings):
    reply = client.get("/xapi/profile")
    assert reply.headers["Content-Type"] == "application/ld+json"
    assert reply.json() == profile(settings.BASE_URL)
    assert reply.json()["@context"] == "https://w3id.org/xapi/profiles/context"
    ids = [one["id"] for one in reply.json()["concepts"] + reply.json()["templates"]]
    assert len(ids) == len(set(ids))
    assert client.post("/xapi/profile").status_code == 405
