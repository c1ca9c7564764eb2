"""Whatever is done to a good statement: it is stored, or an answer says what is wrong. Never a server error."""

import copy
import json
import uuid

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.xapi.conftest import a_statement
from tests.xapi.test_validation import AGENT, FILE, REF, SUB
from xapi.models import Statement

GROUP = {"objectType": "Group", "name": "x", "member": [AGENT, {"account": {"homePage": "http://e.nl", "name": "b"}}]}
RESULT = {"score": {"scaled": 0.5, "raw": 5, "min": 0, "max": 10}, "success": True, "completion": False,
          "response": "x", "duration": "PT1.234S", "extensions": {"http://e.nl/x": [1, {"a": None}]}}  # fmt: skip
CONTEXT = {
    "registration": str(uuid.UUID(int=5)), "instructor": AGENT, "team": GROUP, "language": "nl", "statement": REF,
    "contextActivities": {"parent": [{"id": "http://e.nl/a"}], "other": {"id": "http://e.nl/b"}}, "platform": "x",
    "extensions": {},
}  # fmt: skip
CHOICE = {
    "interactionType": "choice",
    "choices": [{"id": "a", "description": {"nl": "x"}}],
    "correctResponsesPattern": ["a"],
}
GOOD = [
    a_statement(result=RESULT, context=CONTEXT, timestamp="2026-01-01T00:00:00Z", version="1.0.0"),
    a_statement(actor=GROUP, object={"id": "http://e.nl/a", "definition": CHOICE}, attachments=[FILE]),
    a_statement(object=REF, authority=AGENT), a_statement(object={**SUB, "result": RESULT}), a_statement(object=GROUP),
]  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}), st.just([{}]),
    st.sampled_from(["http://e.nl/\u0000", "\ud800", "P1W", "9999-12-31T23:59:59-12:00", "mailto:@", "A" * 40, "Group",
                     "SubStatement", "StatementRef", "http://adlnet.gov/expapi/verbs/voided", REF["id"].upper()]),
    st.sampled_from([AGENT, GROUP, REF, SUB, RESULT, CONTEXT, FILE, CHOICE]),
    st.recursive(st.text(max_size=3), lambda inner: st.dictionaries(st.text(max_size=3), inner, max_size=2)),
).map(copy.deepcopy)  # fmt: skip


def places(value, way=()):
    yield way
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        yield from places(inner, (*way, name))


@st.composite
def broken(draw) -> dict:
    """A good statement of which up to three parts are replaced, added or left out."""
    made = copy.deepcopy(draw(st.sampled_from(GOOD)))
    made["id"] = str(draw(st.uuids()))
    for _ in range(draw(st.integers(1, 3))):
        ways = [way for way in places(made) if way]
        *way, last = draw(st.sampled_from(ways))
        holder = made
        for name in way:
            holder = holder[name]
        change = draw(st.sampled_from(["replace", "replace", "add", "drop"]))
        if change == "drop":
            del holder[last]
        elif change == "add" and isinstance(holder, dict):
            holder[draw(st.sampled_from(["objectType", "member", "id", "definition", "x", "mbox", "account"]))] = draw(
                ODD
            )
        else:
            holder[last] = draw(ODD)
        if not made:
            break
    return made


@pytest.mark.parametrize("version", ["1.0.3", "2.0.0"])
@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sent=broken())
def test_a_statement_that_was_tampered_with_is_stored_or_refused(lrs, version, sent):
    lrs = lrs.speaking(version)
    before = Statement.objects.count()
    reply = lrs.post("statements", json.dumps(sent).encode())
    assert reply.status_code in (200, 400, 409), (reply.status_code, sent)
    if reply.status_code == 200:
        for shape in ("exact", "ids", "canonical"):
            found = lrs.get("statements", statementId=reply.json()[0], format=shape)
            assert found.status_code in (200, 404)
        assert lrs.post("statements", json.dumps({**sent, "id": reply.json()[0]}).encode()).status_code == 200
    else:
        assert reply.content
        assert Statement.objects.count() == before


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.dictionaries(
    st.sampled_from(["agent", "verb", "activity", "registration", "since", "until", "limit", "format", "ascending",
                     "cursor", "statementId", "voidedStatementId", "attachments", "related_agents", "method"]),
    st.one_of(st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
              st.sampled_from(["true", "0", str(2**63 - 1), str(2**63), json.dumps(AGENT), json.dumps(GROUP), "ids",
                               "canonical", "http://e.nl/a", REF["id"], "0001-01-01T00:00:00Z"])),
    max_size=4,
))  # fmt: skip
def test_any_question_is_answered_or_refused(lrs, query):
    assert lrs.get("statements", **query).status_code in (200, 400, 404)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.binary(max_size=200),
    kind=st.sampled_from(["multipart/mixed; boundary=x", "application/json", "multipart/mixed", ""]),
)
def test_any_body_is_taken_or_refused(lrs, body, kind):
    for change in (body, b"--x\r\nContent-Type: application/json\r\n\r\n" + body + b"\r\n--x--"):
        assert lrs.post("statements", change, kind=kind).status_code in (200, 400, 409)
