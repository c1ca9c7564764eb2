"""What content says of itself is brought back to a verb, a part and a bounded result; nothing else of it is kept."""

import json
import math
import uuid
from typing import Any

import pytest

from media.h5p.core.statements import read_statement

ADL = "http://adlnet.gov/expapi/verbs/"
PART = "2f0a4d5e-5d0f-4b2f-8a38-06d3c3a3a6b1"


def said(verb: str = "answered", **more: Any) -> dict[str, Any]:
    return {"verb": {"id": ADL + verb}, "object": {"id": "https://elders.nl/h5p"}, **more}


def test_who_when_what_and_how_long_are_not_taken_over():
    told = read_statement(
        said(
            id="x",
            actor={"mbox": "mailto:anna@voorbeeld.nl"},
            timestamp="1970-01-01T00:00:00Z",
            context={"registration": "x", "instructor": {"mbox": "mailto:a@b.nl"}},
            result={"response": "Anna woont in Assen", "duration": "PT5S", "extensions": {"a": 1}, "success": True},
        )
    )
    assert (told.verb, told.part, told.result) == ("answered", "", {"success": True})


@pytest.mark.parametrize(
    ("score", "kept"),
    [
        ({"raw": 3, "max": 4, "min": 0, "scaled": 9}, {"scaled": 0.75, "raw": 3, "min": 0, "max": 4}),
        ({"raw": 999, "max": 1}, {"scaled": 1.0, "raw": 1, "min": 0, "max": 1}),
        ({"raw": -5, "max": 1}, {"scaled": 0.0, "raw": 0, "min": 0, "max": 1}),
        ({"raw": 1, "max": 0}, None),
        ({"raw": 1, "max": math.inf}, None),
        ({"raw": math.nan, "max": 1}, None),
        ({"raw": True, "max": 1}, None),
        ({"raw": "1", "max": 1}, None),
        ({"raw": 10**400, "max": 10**401}, None),
        ({"raw": 1, "max": 10**6}, None),
        ({"max": 1}, None),
        ([1, 2], None),
        (7, None),
    ],
)
def test_a_score_is_bounded_or_left_out(score, kept):
    assert read_statement(said(result={"score": score})).result.get("score") == kept


def test_only_the_whole_closes():
    assert read_statement(said("answered")).closes
    assert read_statement(said("completed")).closes
    assert not read_statement(said("attempted")).closes
    assert not read_statement(said("answered", object={"id": f"https://elders.nl/h5p?subContentId={PART}"})).closes
    assert not read_statement(said("completed", context={"contextActivities": {"parent": [{"id": "x"}]}})).closes


def test_a_part_is_known_by_its_own_id_or_by_one_that_we_make():
    own = read_statement(said(object={"id": f"https://elders.nl/?subContentId={PART.upper()}"}))
    strange = read_statement(said(object={"id": "https://elders.nl/?subContentId=../../e-kaart"}))
    assert own.part == PART
    assert uuid.UUID(strange.part).version == 5


@pytest.mark.parametrize(
    "raw",
    [
        None, 1, "answered", [], {}, {"verb": "answered"}, {"verb": {"id": 1}}, {"verb": {"id": "answered"}},
        said("interacted"), said("voided"), said("https://elders.nl/answered"), {"object": {"id": "x"}},
    ],
)  # fmt: skip
def test_what_is_not_kept_is_refused(raw):
    with pytest.raises(ValueError, match=r"verwacht|bewaard"):
        read_statement(raw)


@pytest.mark.parametrize("odd", [None, 1, [], "x", {"id": None}, {"id": "http://[bad"}, {"id": "\ud800"}])
def test_an_odd_object_result_or_context_does_no_harm(odd):
    told = read_statement({"verb": {"id": ADL + "answered"}, "object": odd, "result": odd, "context": odd})
    json.dumps(told.result).encode()


def test_the_same_said_again_in_one_attempt_has_one_name():
    attempt = uuid.uuid4()
    first = read_statement(said(result={"success": True, "duration": "PT1S"}))
    again = read_statement(said(result={"success": True, "duration": "PT9S"}))
    other = read_statement(said(result={"success": False}))
    assert first.name_in(attempt, "a") == again.name_in(attempt, "a")
    assert len({first.name_in(attempt, "a"), first.name_in(attempt, "b"), other.name_in(attempt, "a")}) == 3
    assert first.name_in(attempt, "a") != first.name_in(uuid.uuid4(), "a")
