"""Done: every step seen, every question right at the last try. Once done stays done."""

import pytest

from learning.completion import Status
from learning.models import Progress
from modules.completion import is_complete
from modules.curriculum.convert import stored_steps
from modules.models import ModulePage
from modules.steps import Steps
from tests.exercise_cases import cases
from tests.factories import STEPS

pytestmark = pytest.mark.django_db
ALL_RIGHT = {
    case.id: dict(case.kind.grade(stored_steps([case.step])[0]["value"], case.done[0]).parts)
    for case in cases()
    if case.done
}


@pytest.fixture
def steps(lesson) -> Steps:
    return lesson.outline


def test_all_seen_and_all_right_is_done(steps):
    assert is_complete(steps, steps.ids, ALL_RIGHT)


def test_the_order_of_looking_does_not_matter(steps):
    assert is_complete(steps, steps.ids[::-1], ALL_RIGHT)


@pytest.mark.parametrize("number", range(len(STEPS)))
def test_one_step_not_seen_is_not_done(steps, number):
    assert not is_complete(steps, [*steps.ids[:number], *steps.ids[number + 1 :]], ALL_RIGHT)


@pytest.mark.parametrize("exercise", ALL_RIGHT)
def test_one_exercise_not_answered_is_not_done(steps, exercise):
    assert not is_complete(steps, steps.ids, {name: parts for name, parts in ALL_RIGHT.items() if name != exercise})
    assert not is_complete(steps, steps.ids, {**ALL_RIGHT, exercise: {}})


@pytest.mark.parametrize("exercise", [name for name in ALL_RIGHT if None not in ALL_RIGHT[name].values()])
def test_one_exercise_wrong_at_the_last_try_is_not_done(steps, exercise):
    parts = dict.fromkeys(ALL_RIGHT[exercise], False)
    assert not is_complete(steps, steps.ids, {**ALL_RIGHT, exercise: parts})


def test_each_card_that_both_variants_show_must_be_right(steps):
    assert not is_complete(steps, steps.ids, {**ALL_RIGHT, "e-sorteer": {"e-k1": True, "e-k2": True}})


def test_a_card_for_gewoon_only_is_not_required_but_must_be_right_when_answered(steps):
    assert is_complete(steps, steps.ids, {**ALL_RIGHT, "e-sorteer": {**ALL_RIGHT["e-sorteer"], "e-k4": True}})
    assert not is_complete(steps, steps.ids, {**ALL_RIGHT, "e-sorteer": {**ALL_RIGHT["e-sorteer"], "e-k4": False}})


def test_a_wrong_card_that_was_taken_out_of_the_lesson_holds_nobody_back(steps):
    parts = {**ALL_RIGHT["e-sorteer"], "card-of-last-year": False}
    assert is_complete(steps, steps.ids, {**ALL_RIGHT, "e-sorteer": parts})


def test_a_lesson_without_steps_is_never_done():
    assert not is_complete(Steps([]), [], {})


def test_taking_the_whole_lesson_is_done(phone):
    *events, last = phone.whole_lesson()
    phone.keep(*events)
    assert Progress.objects.get().status is Status.BUSY
    phone.keep(last)
    assert Progress.objects.get().status is Status.DONE


def test_wrong_at_the_last_try_is_busy_until_it_is_right(phone):
    phone.keep(phone.event("e-keuze", "e-o1"), *phone.whole_lesson(e_keuze="e-o2"))
    assert Progress.objects.get().status is Status.BUSY
    phone.keep(phone.event("e-keuze", "e-o1"))
    assert Progress.objects.get().status is Status.DONE


def test_once_done_stays_done(phone):
    phone.keep(*phone.whole_lesson())
    done_at = Progress.objects.get().completed_at
    phone.keep(phone.event("e-keuze", "e-o2"), phone.event("e-sorteer", {"e-k1": "niet"}))
    progress = Progress.objects.get()
    assert progress.completed_at == done_at
    assert progress.results["e-keuze"] == {"": False}


def test_the_plan_for_today_asks_an_answer(phone):
    phone.keep(*phone.whole_lesson(e_doe=None))
    assert Progress.objects.get().completed_at is None
    phone.keep(phone.event("e-doe", "niet"))
    assert Progress.objects.get().completed_at is not None


def test_two_modules_in_one_batch_each_have_their_own_progress(phone):
    import uuid

    other = ModulePage.objects.get(code="B2")
    attempt = str(uuid.uuid4())
    theirs = [
        phone.event(step, module="B2", revision=other.live_revision_id, attempt=attempt) for step in other.outline.ids
    ]
    mine = phone.whole_lesson()
    mixed = [event for pair in zip(mine, theirs, strict=False) for event in pair]
    rest = [event for event in (*mine, *theirs) if event not in mixed]
    phone.keep(*mixed, *rest)
    progress = {row.module: row for row in Progress.objects.all()}
    assert progress["E99"].status is Status.DONE
    assert progress["B2"].status is Status.BUSY
    assert set(progress["B2"].seen) == set(other.outline.ids)
    assert (progress["B2"].step_number, progress["B2"].step_count) == (len(other.outline), len(other.outline))
