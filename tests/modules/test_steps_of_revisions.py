"""What a lesson said when it was taken: read once by each process, and again when somebody wrote over it."""

import json
from datetime import timedelta

import pytest
from wagtail.models import Revision

from modules import queries
from modules.queries import steps_of_revisions

pytestmark = pytest.mark.django_db


def first_text(pk: int) -> str:
    return steps_of_revisions({pk})[pk][1].all[0].value["text"]["makkelijk"]


def test_a_revision_is_read_once_and_then_only_asked_whether_it_stands(lesson, django_assert_num_queries):
    pk = lesson.live_revision_id
    with django_assert_num_queries(2):
        code, steps = steps_of_revisions({pk})[pk]
    with django_assert_num_queries(1) as asked:
        assert steps_of_revisions({pk}) == {pk: (code, steps)}
    assert code == "E99"
    assert '"content"' not in asked.captured_queries[0]["sql"]


def test_what_was_written_over_is_read_again(lesson):
    revision = lesson.live_revision
    first_text(revision.pk)
    steps = json.loads(revision.content["steps"])
    steps[0]["value"]["text"]["makkelijk"] = "Heel andere tekst."
    revision.content["steps"] = json.dumps(steps)
    revision.created_at += timedelta(microseconds=1)
    revision.save()
    assert first_text(revision.pk) == "Heel andere tekst."


def test_a_revision_that_was_cleared_away_is_left_out_also_when_it_was_read(lesson):
    pk = lesson.live_revision_id
    assert pk in steps_of_revisions({pk})
    Revision.objects.filter(pk=pk).delete()
    assert steps_of_revisions({pk}) == {}
    assert steps_of_revisions({pk, 2**40}) == {}


def test_revisions_of_other_things_are_left_out_each_time(lesson):
    other = Revision.objects.get(pk=lesson.live_revision_id)
    other.pk, other.content = None, {"title": "geen les"}
    other.save()
    for _ in range(2):
        assert steps_of_revisions({other.pk}) == {}


def test_a_process_keeps_no_more_than_so_many(lesson, monkeypatch):
    monkeypatch.setattr(queries, "REVISIONS_KEPT", 2)
    pks = []
    for _ in range(4):
        copy = Revision.objects.get(pk=lesson.live_revision_id)
        copy.pk = None
        copy.save()
        pks.append(copy.pk)
    assert set(steps_of_revisions(set(pks))) == set(pks)
    assert len(queries._read) == 2
    assert set(steps_of_revisions(set(pks))) == set(pks)
