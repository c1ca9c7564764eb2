"""What a statement says, and what it never says."""

import json
import uuid
from datetime import UTC, datetime

import pytest

from assessments.kind import differs_per_variant
from people.models import Pseudonym, User
from tests.exercise_cases import cases
from tests.factories import RIGHT
from xapi.core import statements as core
from xapi.models import Statement
from xapi.services import erase_actors, record_statements, rename_actor

AT = datetime(2026, 11, 21, 12, tzinfo=UTC)
ACTOR = core.actor("https://leren.nl", uuid.UUID(int=1))
OBJECT = core.activity("https://leren.nl/xapi/activities/B2", "lesson", "Een les")


def built(**changes) -> dict:
    return core.statement(
        **{"id": uuid.uuid4(), "actor": ACTOR, "verb": "answered", "object": OBJECT, "timestamp": AT, **changes}
    )


def test_a_statement_has_the_parts_that_the_specification_asks():
    made = built(id=uuid.UUID(int=7), registration=uuid.UUID(int=8), result={"success": True})
    assert made == {
        "id": str(uuid.UUID(int=7)),
        "actor": {
            "objectType": "Agent", "account": {"homePage": "https://leren.nl", "name": str(uuid.UUID(int=1))},
        },
        "verb": {"id": "http://adlnet.gov/expapi/verbs/answered", "display": {"nl": "heeft geantwoord"}},
        "object": {
            "objectType": "Activity",
            "id": "https://leren.nl/xapi/activities/B2",
            "definition": {"type": "http://adlnet.gov/expapi/activities/lesson", "name": {"nl": "Een les"}},
        },
        "timestamp": "2026-11-21T12:00:00+00:00",
        "context": {"platform": "Kortwijs", "language": "nl", "registration": str(uuid.UUID(int=8))},
        "result": {"success": True},
    }  # fmt: skip
    assert json.loads(json.dumps(made)) == made


def test_what_is_not_given_is_left_out():
    made = built()
    assert "result" not in made
    assert set(made["context"]) == {"platform", "language"}


def test_a_timestamp_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        built(timestamp=datetime(2026, 1, 1))


@pytest.mark.parametrize("verb", ["hacked", ""])
def test_an_unknown_verb_is_refused(verb):
    with pytest.raises(KeyError):
        built(verb=verb)


def test_the_core_knows_no_django():
    import subprocess
    import sys

    code = "import sys, importlib.util as u; s = u.spec_from_file_location('s', 'xapi/core/statements.py'); "
    code += "m = u.module_from_spec(s); s.loader.exec_module(m); "
    code += "assert not any(n.startswith('django') for n in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.django_db
def test_a_known_id_is_left_as_it_is():
    made = built()
    record_statements([made])
    record_statements([{**made, "result": {"success": False}}])
    kept = Statement.objects.get().document
    added = {name: kept.pop(name) for name in ("stored", "version", "authority")}
    assert kept == made
    assert added["authority"]["account"]["name"] == "kortwijs"


@pytest.mark.django_db
def test_an_actor_is_erased_and_renamed_whole_and_alone():
    other = core.actor("https://leren.nl", uuid.UUID(int=2))
    record_statements([built(), built(), built(actor=other)])
    assert rename_actor(uuid.UUID(int=1), uuid.UUID(int=3)) == 2
    assert str(uuid.UUID(int=1)) not in str(list(Statement.objects.values()))
    assert erase_actors([uuid.UUID(int=3)]) == {"statements": 2}
    assert Statement.objects.get().actor == uuid.UUID(int=2)


@pytest.mark.django_db
def test_statements_hold_no_name_address_account_or_variant(phone_of, anna):
    User.objects.filter(pk=anna.pk).update(email="anna@voorbeeld.nl", last_name="Achternaam")
    phone = phone_of(anna)
    phone.client.get("/les/proefles/?soort=makkelijk")
    phone.keep(*phone.whole_lesson())
    phone.client.post("/les/proefles/e-keuze/", {"response": "e-o1"})
    everything = json.dumps([row.document for row in Statement.objects.all()])
    hidden = ("anna", "Anna", "Achternaam", "voorbeeld.nl", str(anna.owner_key), "makkelijk", "gewoon", "soort")
    assert [word for word in hidden if word in everything] == []
    assert str(Pseudonym.objects.get(user=anna).name) in everything


@pytest.mark.django_db
def test_a_private_exercise_says_that_it_was_done_never_what_was_chosen(phone):
    phone.keep(*[phone.event("e-doe", plan) for plan in ("e-p1", "zelf", "niet")])
    for row in Statement.objects.all():
        assert row.document["verb"]["id"].endswith("/answered")
        assert "result" not in row.document
        assert not {"e-p1", "zelf", "niet"} & set(json.dumps(row.document).replace('"', " ").split())


@pytest.mark.django_db
def test_an_answer_is_told_with_its_verdict_and_kind(phone, settings):
    phone.keep(*[phone.event(case.id, case.done[0]) for case in cases() if case.kind.graded])
    told = {row.document["object"]["id"].rsplit("/", 1)[1]: row.document for row in Statement.objects.all()}
    kinds = {step: document["object"]["definition"]["interactionType"] for step, document in told.items()}
    assert kinds == {
        "e-sorteer": "matching", "e-keuze": "choice", "e-waar": "true-false", "e-kaal": "true-false",
        "e-volgorde": "sequencing", "e-keuze-meer": "choice", "e-zoek": "choice", "e-zoek-chat": "choice",
        "e-zoek-beeld": "choice", "e-zoek-tekening": "choice", "e-prompt": "matching", "e-prompt-kaal": "matching",
        "e-oefenchat": "other",
    }  # fmt: skip
    for step, document in told.items():
        assert document["result"]["success"] is True
        if differs_per_variant(phone.lesson.outline.by_id[step].value):
            assert "response" not in document["result"]
        else:
            response = document["result"]["response"]
            assert response == RIGHT[step] or json.loads(response) == RIGHT[step]
        assert document["context"]["extensions"][f"{settings.BASE_URL}/xapi/extensions/revision"]
        assert document["context"]["contextActivities"]["parent"][0]["id"].endswith("/activities/E99")
