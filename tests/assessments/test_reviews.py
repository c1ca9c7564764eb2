"""When a question comes back: a fold over answers, without a clock or a database."""

import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.exercises import KINDS
from assessments.reviews import MOST_A_DAY, Answer, fold, plan, reviews_of

MONDAY = date(2026, 3, 2)
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
OFFERED = {("B2", f"q{n}") for n in range(50)}


def answer(days: float = 0, right: bool = True, *, exercise: str = "q1", review: bool = False, **more) -> Answer:
    """One answer, so many days after Monday noon; the phone's clock says the same unless given."""
    moment = NOON + timedelta(days=days)
    return Answer(moment, uuid.uuid4(), more.get("module", "B2"), exercise, right, review)


def review_of(*answers: Answer):
    [found] = reviews_of(answers)
    return found


# gaps in days between answers, and whether each was right
histories = st.lists(st.tuples(st.integers(1, 400), st.booleans()), min_size=1, max_size=30)


def days_of(history: list[tuple[int, bool]]) -> list[tuple[date, bool]]:
    day, found = MONDAY, []
    for gap, right in history:
        day += timedelta(days=gap)
        found.append((day, right))
    return found


def test_a_question_met_for_the_first_time_comes_back_after_days():
    assert fold([(MONDAY, True)]) == MONDAY + timedelta(days=2)


def test_a_question_answered_wrong_comes_back_sooner():
    assert fold([(MONDAY, False)]) == MONDAY + timedelta(days=1)


def test_what_is_known_each_time_stays_away_longer_each_time():
    days, gaps = [(MONDAY, True)], []
    for _ in range(4):
        due = fold(days)
        gaps.append((due - days[-1][0]).days)
        days.append((due, True))
    assert gaps == sorted(set(gaps))
    assert gaps[-1] > 60


def test_nothing_answered_is_nothing_to_ask():
    assert fold([]) is None
    assert list(reviews_of([])) == []
    assert plan([], today=MONDAY, offered=OFFERED) == []


@given(histories)
def test_a_question_never_comes_back_on_the_day_it_was_answered_or_before(history):
    days = days_of(history)
    due = fold(days)
    assert days[-1][0] < due <= days[-1][0] + timedelta(days=365)


@given(histories)
def test_the_right_answer_never_brings_a_question_nearer_than_the_wrong_one(history):
    *before, (day, _) = days_of(history)
    assert fold([*before, (day, True)]) >= fold([*before, (day, False)])


@given(histories)
def test_a_right_answer_on_its_day_pushes_at_least_as_far_as_before(history):
    days = days_of(history)
    due = fold(days)
    assert fold([*days, (due, True)]) - due >= due - days[-1][0]


@given(histories)
def test_a_wrong_answer_on_its_day_brings_the_question_at_least_as_near(history):
    days = days_of(history)
    due = fold(days)
    assert fold([*days, (due, False)]) - due <= due - days[-1][0]


moments = st.tuples(st.floats(0, 30), st.booleans(), st.booleans(), st.sampled_from(["q1", "q2", "q3"]))


@given(st.lists(moments, max_size=40), st.randoms())
def test_in_which_order_answers_are_read_does_not_matter(given_answers, dice):
    answers = [answer(days, right, review=review, exercise=name) for days, right, review, name in given_answers]
    mixed = answers.copy()
    dice.shuffle(mixed)
    assert list(reviews_of(answers)) == list(reviews_of(mixed))
    for day in (MONDAY, MONDAY + timedelta(days=9), MONDAY + timedelta(days=90)):
        assert plan(answers, today=day, offered=OFFERED) == plan(mixed, today=day, offered=OFFERED)


def test_only_the_first_answer_of_a_day_counts():
    learnt = review_of(answer(0, False), answer(0.01, True), answer(0.02, True))
    assert learnt == review_of(answer(0, False))
    assert not learnt.was_right


def test_a_day_ends_at_midnight_here_not_in_greenwich():
    late = Answer(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), uuid.uuid4(), "B2", "q1", True, False)
    assert late.day == date(2026, 7, 2)
    before_the_clock_goes_back = datetime(2026, 10, 24, 22, 30, tzinfo=UTC)
    assert late._replace(received_at=before_the_clock_goes_back).day == date(2026, 10, 25)


def test_the_same_exercise_in_two_lessons_is_two_questions():
    assert len(list(reviews_of([answer(), answer(module="A1")]))) == 2


def test_at_most_five_come_back_and_those_that_wait_longest_first():
    answers = [answer(n / 2, exercise=f"q{n}") for n in range(12)]
    asked = plan(answers, today=MONDAY + timedelta(days=40), offered=OFFERED)
    assert [review.exercise for review in asked] == ["q0", "q1", "q2", "q3", "q4"]
    assert MOST_A_DAY == 5


def test_what_was_reviewed_today_is_counted():
    answers = [answer(n / 100, exercise=f"q{n}") for n in range(12)]
    later = MONDAY + timedelta(days=10)
    today = [answer(10 + n / 100, exercise=f"q{n}", review=True) for n in range(3)]
    again = [answer(10.2, exercise="q0", review=True)]  # another try is no other question
    assert len(plan([*answers, *today, *again], today=later, offered=OFFERED)) == 2
    more = [answer(10.3, exercise=f"q{n}", review=True) for n in range(3, 8)]
    assert plan([*answers, *today, *more], today=later, offered=OFFERED) == []
    assert len(plan([*answers, *today, *more], today=later + timedelta(days=1), offered=OFFERED)) == 4


def test_a_lesson_taken_today_takes_nothing_of_the_five():
    answers = [answer(exercise=f"q{n}") for n in range(9)] + [answer(10, exercise=f"q{n}") for n in range(20, 30)]
    assert len(plan(answers, today=MONDAY + timedelta(days=10), offered=OFFERED)) == 5


def test_what_cannot_be_asked_now_does_not_come_back():
    answers = [answer(exercise="q1"), answer(exercise="gone")]
    asked = plan(answers, today=MONDAY + timedelta(days=10), offered=OFFERED)
    assert [review.exercise for review in asked] == ["q1"]


@pytest.mark.parametrize("name", ["keuze", "waar_onwaar", "volgorde"])
def test_short_questions_come_back(name):
    assert KINDS[name].comes_back
    assert KINDS[name].graded


@pytest.mark.parametrize("name", ["sorteer", "dit_doe_ik"])
def test_longer_exercises_and_plans_do_not(name):
    assert not KINDS[name].comes_back
