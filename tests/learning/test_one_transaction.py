"""Event, answer, attempt, progress and statement are all there or none is."""

import re

import pytest
from django.db import connection

from assessments.models import Response
from learning import statements
from learning.models import Attempt, Event, Progress
from xapi.models import Statement

TABLES = (Event, Response, Attempt, Progress, Statement)


def test_there_is_one_statement_per_event_with_the_same_id(phone):
    events = phone.whole_lesson()
    phone.keep(*events)
    ids = {event["id"] for event in events}
    assert {str(key) for key in Event.objects.values_list("id", flat=True)} == ids
    assert {str(key) for key in Statement.objects.values_list("id", flat=True)} == ids
    answered = {event["id"] for event in events if "exercise" in event}
    assert {str(key) for key in Response.objects.values_list("id", flat=True)} == answered


@pytest.mark.parametrize("table", ["xapi_statement", "learning_progress", "assessments_response", "learning_event"])
def test_when_a_write_fails_nothing_is_half_written(phone, table):
    """The table that is written last, or any other, refuses."""
    phone.client.raise_request_exception = False
    first = phone.event("e-haakje")
    phone.keep(first)
    before = [model.objects.count() for model in TABLES]

    def refuse(execute, sql, params, many, context):
        if re.search(rf'INSERT (OR IGNORE )?INTO "?{table}"? ', sql):
            raise RuntimeError("the disk is full")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        reply = phone.send(phone.event("e-scherm"), phone.event("e-keuze", "e-o1"))
    assert reply.status_code == 500
    assert [model.objects.count() for model in TABLES] == before
    assert Progress.objects.get().seen == ["e-haakje"]


def test_after_a_failure_the_same_batch_is_kept_whole(phone, monkeypatch):
    phone.client.raise_request_exception = False
    events = phone.whole_lesson()
    with monkeypatch.context() as patch:
        patch.setitem(statements.xapi.VERBS, "answered", None)
        assert phone.send(*events).status_code == 500
    assert not Event.objects.exists()
    phone.keep(*events)
    assert Statement.objects.count() == len(events)
    assert Progress.objects.get().completed_at is not None
