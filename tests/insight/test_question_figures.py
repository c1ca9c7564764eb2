"""Which question was hard for a class: first answers, ten or more, rounded, and anew only after five more."""

import csv
import io
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Response
from insight.models import QuestionFigure
from insight.questions import FirstAnswers, is_counted, told_of
from insight.services import count_all_questions, count_questions
from people.models import Cohort, Role
from tests.exercise_cases import cases
from tests.factories import CohortMemberFactory, MembershipFactory
from tests.insight.test_class_page import text


@pytest.fixture
def address(school_class, bram) -> str:
    return f"/docent/klassen/{school_class.pk}/"


@pytest.fixture
def answer(lesson):
    """A learner answers e-keuze: 'e-o1' or 'e-o2', of which one is right."""

    def given(user, choice: str, *, when=None, review: bool = False) -> None:
        right = lesson.outline.by_id["e-keuze"].kind.grade(lesson.outline.by_id["e-keuze"].value, choice).correct
        at = when or timezone.now()
        Response.objects.create(user=user, module="E99", attempt=uuid.uuid4(), exercise="e-keuze", kind="keuze",
                                answer=choice, correct=right, parts={"": right}, at=at, received_at=at,
                                review=review)  # fmt: skip

    return given


@pytest.fixture
def wrong_and_right(lesson) -> tuple[str, str]:
    step = lesson.outline.by_id["e-keuze"]
    options = [option["id"] for option in step.value["options"]]
    right = next(one for one in options if step.kind.grade(step.value, one).correct)
    return next(one for one in options if one != right), right


@pytest.fixture
def fill(school_class, answer, wrong_and_right):
    def of(wrong: int, right: int) -> None:
        choices = [wrong_and_right[0]] * wrong + [wrong_and_right[1]] * right
        for choice in choices:
            answer(CohortMemberFactory(cohort=school_class).user, choice)

    return of


def test_nine_who_answered_are_too_few(school_class, fill):
    fill(5, 4)
    assert count_questions(cohort=school_class) == 0
    fill(0, 1)
    assert count_questions(cohort=school_class) == 1
    assert QuestionFigure.objects.get().right == 50  # five of ten, in steps of a quarter


def test_only_the_first_answer_counts_and_no_review(school_class, fill, answer, wrong_and_right):
    fill(6, 6)
    for place in school_class.members.filter(leads=False):
        answer(place.user, wrong_and_right[1], when=timezone.now() + timedelta(minutes=1))
        answer(place.user, wrong_and_right[1], when=timezone.now() - timedelta(minutes=1), review=True)
    count_questions(cohort=school_class)
    assert QuestionFigure.objects.get().right == 50


def test_what_was_answered_before_joining_is_not_counted(school_class, fill):
    fill(6, 6)
    school_class.members.update(joined_at=timezone.now() + timedelta(hours=1))
    assert count_questions(cohort=school_class) == 0


def test_it_is_told_anew_after_five_more_only(school_class, fill):
    fill(6, 6)
    count_questions(cohort=school_class)
    before = QuestionFigure.objects.get()
    fill(4, 0)
    assert count_questions(cohort=school_class) == 0
    assert QuestionFigure.objects.get().people == before.people
    fill(1, 0)
    assert count_questions(cohort=school_class) == 1
    assert QuestionFigure.objects.get().people == 17


@pytest.mark.parametrize(("wrong", "right"), [(12, 0), (0, 12), (1, 11), (11, 1)])
def test_what_all_answered_is_told_of_no_one_and_does_not_come_with_the_next_answer(
    as_user, bram, address, school_class, fill, wrong, right
):
    fill(wrong, right)
    count_questions(cohort=school_class)
    assert (QuestionFigure.objects.get().right, QuestionFigure.objects.get().choices) == (None, {})
    assert "Te weinig antwoorden om te tonen" in text(as_user(bram).get(f"{address}vragen/"))
    fill(2, 2)
    assert count_questions(cohort=school_class) == 0


def test_the_page_and_the_sheets_say_the_same_and_no_number_of_people(as_user, bram, address, school_class, fill):
    fill(8, 4)
    assert count_all_questions() == 1
    page = text(as_user(bram).get(f"{address}vragen/"))
    assert "ongeveer 25%" in page
    rows = list(
        csv.reader(io.StringIO(as_user(bram).get(f"{address}vragen.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    for row in rows[1:]:
        assert row[1] in page
        assert row[3].removeprefix("meteen goed: ") in page
    assert as_user(bram).get(f"{address}vragen.xlsx").status_code == 200
    assert ">12<" not in page.partition("<main")[2]


def test_someone_who_leaves_changes_nothing_that_is_told(as_user, bram, address, school_class, fill):
    fill(6, 6)
    count_questions(cohort=school_class)
    before = text(as_user(bram).get(f"{address}vragen/"))
    school_class.members.filter(leads=False).first().delete()
    count_questions(cohort=school_class)
    assert text(as_user(bram).get(f"{address}vragen/")) == before


def test_nobody_else_sees_the_questions_of_a_class(as_user, anna, chantal, driss, school, address, fill, school_class):
    fill(6, 6)
    count_questions(cohort=school_class)
    colleague = MembershipFactory(organisation=school, role=Role.TEACHER).user
    other = MembershipFactory(role=Role.TEACHER).user
    for user in (anna, chantal, driss, colleague, other, None):
        for page in ("vragen/", "vragen.csv", "vragen.xlsx"):
            reply = as_user(user).get(address + page)
            assert reply.status_code == 404 or reply.url.startswith("/inloggen/")


def test_a_team_has_no_questions(school_class, fill):
    fill(6, 6)
    Cohort.objects.update(kind=Cohort.Kind.TEAM)
    school_class.refresh_from_db()
    assert count_questions(cohort=school_class) == 0


def test_every_kind_of_exercise_can_be_counted_or_is_left_out(lesson):
    counted = set()
    for case in cases():
        step = lesson.outline.by_id[case.id]
        if not is_counted(step) or not case.done or not case.wrong:
            continue
        people = []
        for number in range(20):
            one = FirstAnswers()
            for response in (case.wrong if number % 3 else case.done)[:1] + case.done:
                one.take(response, step.kind.grade(step.value, response).parts)
            people.append(one)
        told = told_of(step, people)
        assert told is None or told.people == 20
        counted.add(step.type)
    assert {"keuze", "sorteer", "waar_onwaar"} <= counted
    assert not {"dit_doe_ik", "reflectie", "scenario"} & counted


def test_what_was_chosen_is_told_with_the_words_of_the_answers(lesson):
    step = next(one for one in lesson.outline.all if one.type == "waar_onwaar")
    answers = []
    for number in range(20):
        one = FirstAnswers()
        one.take({"answer": number < 12}, {"": number < 12})
        answers.append(one)
    told = told_of(step, answers)
    assert told is not None
    assert told.choices in ({"waar": 60, "niet_waar": 40}, {})
    assert told.right == 60
