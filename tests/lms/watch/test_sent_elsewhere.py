"""Traces and error reports reach a real receiver, and nothing of Anna is in them."""

import json
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import get_user_model
from django.test import Client
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from lms.celery import app
from people.models import Pseudonym
from people.services import renew_join_code
from tests.factories import Phone
from tests.lms.watch.receiver import Receiver, receiving

pytestmark = pytest.mark.django_db
VISITOR = "203.0.113.77"


@app.task(name="tests.falls_over")
def falls_over(word: str) -> None:
    raise ValueError(f"{word} past niet")


@pytest.fixture(scope="module")
def receiver():
    with receiving() as kept:
        yield kept


@pytest.fixture
def annas_words(anna, school_class) -> list[str]:
    """What may be in nothing that leaves the house."""
    get_user_model().objects.filter(pk=anna.pk).update(last_name="Achternaam", email="anna@voorbeeld.nl")
    anna.refresh_from_db()
    code = renew_join_code(cohort=school_class, actor=None).code
    name = Pseudonym.objects.get(user=anna).name
    return [
        "anna", "achternaam", "voorbeeld.nl", str(anna.owner_key), anna.owner_key.hex, str(name), name.hex, code,
        "klas zorg", "voorbeeldschool", "e-o2", VISITOR,
    ]  # fmt: skip


def nothing_of(words: list[str], told: str) -> None:
    assert [word for word in words if word.lower() in told.lower()] == []


@pytest.fixture
def traced(receiver: Receiver, settings):
    from lms.watch import traces

    settings.OTEL_ENDPOINT, settings.OTEL_SERVICE, settings.OTEL_SHARE = receiver.url, "proef", 1.0
    settings.MIDDLEWARE = ["lms.watch.traces.trace_requests", *settings.MIDDLEWARE]
    from django.db import connection

    traces.begin()
    traces._watch_queries(connection)
    yield traces
    connection.execute_wrappers.remove(traces._traced)


def spans(receiver: Receiver) -> list:
    found = []
    for body in receiver.at("/v1/traces"):
        asked = ExportTraceServiceRequest.FromString(body)
        found += [span for one in asked.resource_spans for scope in one.scope_spans for span in scope.spans]
    return found


def attributes(span) -> dict[str, str]:
    return {one.key: one.value.string_value or one.value.int_value for one in span.attributes}


def test_a_lesson_is_traced_to_its_queries_and_nothing_of_anna_leaves(traced, receiver, lesson, anna, annas_words):
    client = Client(
        REMOTE_ADDR=VISITOR, headers={"sec-fetch-site": "same-origin", "traceparent": f"00-{'a' * 32}-{'b' * 16}-01"}
    )
    client.force_login(anna)
    phone = Phone(client, lesson, owner=anna.owner_key)
    phone.keep(*phone.whole_lesson(), phone.event("e-keuze", "e-o2"))
    client.get(f"/meedoen/{annas_words[7]}/?naam=Anna")
    client.get("/woord/Achternaam-bestaat-niet/")
    traced.flush()
    found = spans(receiver)
    by_name = {span.name: span for span in found}
    assert "GET people:join" in by_name
    assert any(name.startswith("POST ") for name in by_name)
    join = by_name["GET people:join"]
    assert attributes(join)["http.route"] == "/meedoen/<str:code>/"
    queries = [span for span in found if span.parent_span_id == join.span_id]
    assert any("people_joincode" in str(attributes(span).get("db.query.text")) for span in queries)
    assert join.trace_id.hex() != "a" * 32  # a visitor does not say where a trace belongs
    nothing_of(annas_words, " ".join(map(str, found)))


def test_what_a_request_asks_of_the_worker_is_in_the_same_trace(traced, receiver):
    before = len(spans(receiver))
    headers: dict[str, str] = {}
    with traced._span("GET proef", traced.SpanKind.SERVER) as span:
        traced._pass_on(headers=headers)
        wanted = span.get_span_context().trace_id
    falls_over.apply(["Anna"], headers=headers)
    traced.flush()
    [task] = [span for span in spans(receiver)[before:] if span.name == "task tests.falls_over"]
    assert task.trace_id == wanted.to_bytes(16, "big")
    assert (task.status.code, attributes(task)["error.type"]) == (2, "ValueError")
    nothing_of(["anna", "past niet"], str(task))


def test_what_the_worker_asks_redis_by_itself_is_no_trace(traced):
    sampler = traced._Ours(1.0)
    assert sampler.should_sample(None, 1, "BRPOP", traced.SpanKind.CLIENT).decision == traced.Decision.DROP
    assert sampler.should_sample(None, 1, "GET x", traced.SpanKind.SERVER).decision.is_sampled()


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT * FROM a WHERE b = %s", "SELECT * FROM a WHERE b = %s"),
        ("SELECT 'Anna' FROM a1 WHERE b = 12 AND c = 'it''s'", "SELECT ? FROM a1 WHERE b = ? AND c = ?"),
    ],
)
def test_a_query_is_told_without_values(traced, sql, told):
    assert traced._VALUES.sub("?", sql) == told


@pytest.fixture
def reported(receiver: Receiver, settings):
    import sentry_sdk

    from lms.watch import errors

    settings.SENTRY_DSN = f"{receiver.url.replace('://', '://sleutel@')}/7"
    errors.begin()
    yield sentry_sdk
    sentry_sdk.flush(10)
    sentry_sdk.get_client().close()
    errors.signals.task_failure.disconnect(dispatch_uid="lms.watch.errors")
    errors.got_request_exception.disconnect(dispatch_uid="lms.watch.errors")


def reports(receiver: Receiver) -> list[dict]:
    """An envelope is lines of JSON: a head, then of each item a head and the item."""
    found = []
    for body in receiver.at("/api/7/envelope/"):
        lines = body.decode().splitlines()
        assert all(json.loads(head)["type"] == "event" for head in lines[1::2])
        found += [json.loads(line) for line in lines[2::2]]
    return found


def test_an_error_is_reported_with_where_it_was_and_nothing_of_anna(
    reported, receiver, lesson, anna, annas_words, monkeypatch
):
    def fails(*args: object, **named: object) -> None:
        who, mail = "Anna Achternaam", "anna@voorbeeld.nl"
        raise LookupError(f"{who} <{mail}> DETAIL: Key (login_email)=({mail}) already exists.")

    monkeypatch.setattr("people.views.joining.find_join_code", fails)
    client = Client(REMOTE_ADDR=VISITOR, headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
    client.force_login(anna)
    client.cookies["naam"] = "Anna"
    reply = client.post(f"/meedoen/{annas_words[7]}/?naam=Anna", {"naam": "Anna Achternaam"})
    assert reply.status_code == 500
    falls_over.apply(["Anna Achternaam"])
    reported.flush(10)
    of_request, of_task = reports(receiver)[-2:]
    assert of_request["exception"]["values"][0]["type"] == "LookupError"
    frames = of_request["exception"]["values"][0]["stacktrace"]["frames"]
    assert frames[-1]["function"] == "fails"
    assert of_request["transaction"] == "people:join"
    assert (of_task["transaction"], of_task["exception"]["values"][0]["type"]) == ("tests.falls_over", "ValueError")
    for body in receiver.at("/api/7/envelope/"):
        nothing_of([*annas_words, "already exists", "past niet", client.cookies["kortwijs"].value], body.decode())
    for report in (of_request, of_task):
        assert set(report) <= {
            "event_id", "timestamp", "platform", "level", "environment", "exception", "tags", "transaction",
        }  # fmt: skip
        for value in report["exception"]["values"]:
            assert set(value) == {"type", "module", "stacktrace"}
            assert not any("vars" in frame or "context_line" in frame for frame in value["stacktrace"]["frames"])


def test_a_receiver_that_is_away_costs_a_visitor_nothing(settings, client):
    from lms.watch import errors

    settings.SENTRY_DSN = "http://sleutel@127.0.0.1:1/7"
    errors.begin()
    try:
        assert client.get("/inloggen/").status_code == 200
    finally:
        import sentry_sdk

        sentry_sdk.get_client().close(timeout=0)
        errors.signals.task_failure.disconnect(dispatch_uid="lms.watch.errors")
        errors.got_request_exception.disconnect(dispatch_uid="lms.watch.errors")


def test_without_a_setting_none_of_it_is_loaded(tmp_path):
    """So `make run` does not even have it."""
    code = (
        "import django, sys; django.setup(); import lms.urls, lms.wsgi;"
        "print([n for n in ('sentry_sdk', 'opentelemetry', 'prometheus_client') if n in sys.modules])"
    )
    environment = {"DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "lms.settings", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=django_settings.BASE_DIR, env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == "[]"
