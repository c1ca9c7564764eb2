"""The server's verdict counts, against the revision that was taken."""

import pytest
from wagtail.models import Revision

from assessments.models import Response
from learning.models import Attempt, Event, Progress
from modules.models import ModulePage
from tests.factories import RIGHT, STEPS, WRONG
from xapi.models import Statement


def rewrite(lesson: ModulePage, change, publish: bool = True) -> ModulePage:
    """Edit the steps as the editor does, and publish."""
    page = ModulePage.objects.get(pk=lesson.pk)
    raw = page.steps.get_prep_value()
    page.steps = page.steps.stream_block.to_python(change(raw) or raw)
    revision = page.save_revision()
    if publish:
        revision.publish()
    return ModulePage.objects.get(pk=lesson.pk)


def other_answer_right(raw: list) -> None:
    for step in raw:
        if step["id"] == "e-keuze":
            for option in step["value"]["options"]:
                option["value"]["right"] = option["id"] == "e-o2"


def without_keuze(raw: list) -> list:
    return [step for step in raw if step["id"] != "e-keuze"]


@pytest.mark.parametrize("exercise", list(WRONG))
def test_each_kind_is_graded_here(phone, exercise):
    phone.keep(phone.event(exercise, WRONG[exercise]), phone.event(exercise, RIGHT[exercise]))
    assert list(Response.objects.order_by("received_at", "correct").values_list("correct", flat=True)) == [False, True]
    assert all(verdict is True for verdict in Progress.objects.get().results[exercise].values())


def test_a_choice_without_right_or_wrong_gets_no_verdict(phone):
    phone.keep(phone.event("e-doe", "e-p1"))
    assert Response.objects.get().correct is None
    assert Progress.objects.get().results == {"e-doe": {"": None}}


@pytest.mark.parametrize("claim", ["correct", "success", "verdict", "parts", "completed_at", "result"])
def test_a_phone_that_claims_to_be_right_is_not_believed(phone, claim):
    phone.keep(phone.event("e-keuze", "e-o2", **{claim: True}))
    assert Response.objects.get().correct is False
    assert Statement.objects.get().document["result"]["success"] is False
    assert Progress.objects.get().results == {"e-keuze": {"": False}}


@pytest.mark.parametrize(
    ("exercise", "answer"),
    [
        ("e-keuze", ["e-o1"]),
        ("e-keuze", {"": "e-o1"}),
        ("e-keuze", True),
        ("e-sorteer", "wel"),
        ("e-sorteer", {}),
        ("e-sorteer", {"e-k1": True}),
        ("e-sorteer", {"e-weg": "wel"}),
        ("e-waar", "false"),
        ("e-waar", {"answer": "false"}),
        ("e-waar", {"answer": True, "reason": []}),
        ("e-waar", {"answer": False}),
        ("e-volgorde", "e-i1"),
        ("e-volgorde", [["e-i1"]]),
        ("e-volgorde", ["e-i1"]),
        ("e-volgorde", ["e-i1", "e-i1", "e-i2", "e-i4"]),
        ("e-doe", "iets anders"),
        ("e-doe", [[]]),
    ],
)
def test_an_answer_of_the_wrong_shape_is_refused_and_the_rest_kept(phone, exercise, answer):
    good, bad = phone.event("e-haakje"), phone.event(exercise, answer)
    reply = phone.send(bad, good)
    assert reply.status_code == 200
    assert reply.json()["safe"] == [good["id"]]
    assert "verwacht" in reply.json()["refused"][bad["id"]]
    assert not Response.objects.exists()


def test_an_answer_counts_against_the_text_that_was_taken_after_a_new_one_is_published(phone):
    offline = phone.event("e-keuze", "e-o1")
    phone.lesson = rewrite(phone.lesson, other_answer_right)
    assert phone.lesson.live_revision_id != offline["revision"]
    phone.keep(offline)
    assert Response.objects.get().correct is True
    phone.keep(phone.event("e-keuze", "e-o1"))
    assert Response.objects.filter(correct=False).count() == 1


def test_an_answer_counts_after_its_exercise_was_taken_out_of_the_lesson(phone):
    offline = phone.event("e-keuze", "e-o1")
    rewrite(phone.lesson, without_keuze)
    phone.keep(offline)
    assert Response.objects.get().correct is True


def test_where_the_revision_is_gone_the_lesson_as_it_is_now_counts(phone):
    offline = phone.event("e-keuze", "e-o1")
    phone.lesson = rewrite(phone.lesson, other_answer_right)
    Revision.objects.filter(pk=offline["revision"]).delete()
    phone.keep(offline)
    assert Response.objects.get().correct is False
    assert Attempt.objects.get().revision == offline["revision"]


def test_an_answer_given_offline_counts_after_the_lesson_was_taken_off_the_site(phone):
    offline = phone.event("e-keuze", "e-o1")
    phone.lesson.unpublish()
    phone.keep(offline)
    assert Response.objects.get().correct is True


def test_a_lesson_whose_live_revision_was_cleared_away_still_keeps_answers(phone):
    """`manage.py purge_revisions` removes it when a newer draft stands beside the live page."""
    import re

    live = phone.lesson.live_revision_id
    rewrite(phone.lesson, other_answer_right, publish=False)
    Revision.objects.filter(pk=live).delete()
    page = phone.client.get("/les/proefles/").content.decode()
    shown = int(re.search(r'data-revision="(\d+)"', page)[1])
    phone.keep(phone.event("e-keuze", "e-o1", revision=shown))
    assert phone.client.post("/les/proefles/e-keuze/", {"response": "e-o1"}).status_code == 302
    assert Response.objects.filter(correct=True).count() == 2


def test_ids_of_exercises_survive_editing_moving_and_publishing(lesson):
    before = {step.id: [item["id"] for item in step.value.get("options", [])] for step in lesson.outline.all}

    def edit(raw: list) -> list:
        raw[3]["value"]["question"]["standaard"] = "Een heel andere vraag?"
        return raw[::-1]

    after = rewrite(lesson, edit)
    assert after.outline.ids == list(before)[::-1]
    assert {step.id: [item["id"] for item in step.value.get("options", [])] for step in after.outline.all} == before
    assert after.outline.by_id["e-keuze"].value["question"]["standaard"] == "Een heel andere vraag?"


def test_an_event_of_a_newer_revision_updates_where_the_learner_is(phone):
    phone.keep(phone.event("e-haakje"))
    phone.lesson = rewrite(phone.lesson, without_keuze)
    phone.keep(phone.event("e-doe", "e-p1"))
    progress = Progress.objects.get()
    assert (progress.step, progress.step_number, progress.step_count) == ("e-doe", len(STEPS) - 2, len(STEPS) - 1)
    assert progress.revision == phone.lesson.live_revision_id
    assert Event.objects.count() == 2
