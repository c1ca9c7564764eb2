"""Every set of answers means exactly one thing."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.questionnaires import Questionnaire, WrongAnswers, questionnaire, score

CODES = ["startmeting", "startmeting-na", "digiscan"]
STARTMETING, AFTER, DIGISCAN = (questionnaire(code) for code in CODES)
KNOWLEDGE = {"assistent": "past", "gegevens": "tips", "controle": "label", "bericht": "zelf", "stem": "belt-terug"}
KNOWLEDGE["melden"] = "meldt"


def answers_to(form: Questionnaire) -> st.SearchStrategy[dict[str, str]]:
    """Every set of answers that a questionnaire can have."""
    ids = {item.id: st.sampled_from([answer.id for answer in item.answers]) for item in form.stored_items}
    must = {key: ids[key] for key in ids if not form.item(key).optional}
    return st.fixed_dictionaries(must, optional={key: ids[key] for key in ids if key not in must})


any_form = st.sampled_from(CODES).map(questionnaire).flatmap(lambda form: st.tuples(st.just(form), answers_to(form)))


def startmeting(right: int = 6, **changes: str) -> dict[str, str]:
    """Answers with so many right, counted from the first, by someone who knows the agreements at work."""
    told = {"vak": "ander", "gebruik": "soms", "nieuw": "zelf", "afspraken": "ja-ken", "wens": "weet-niet"}
    known = {key: good if place < right else "weet-niet" for place, (key, good) in enumerate(KNOWLEDGE.items())}
    return {**told, **known, **changes}


def codes(answers: dict[str, str]) -> list[str]:
    return [lesson.code for lesson in score(STARTMETING, answers).lessons]


@given(any_form)
def test_every_set_of_answers_gives_exactly_one_level(case):
    form, answers = case
    found = score(form, answers)
    assert [level.id for level in form.levels if level.start <= found.points <= level.end] == [found.level.id]
    assert 0 <= found.points <= found.most


@given(any_form)
def test_each_lesson_is_proposed_once_and_the_same_answers_give_the_same(case):
    form, answers = case
    found = score(form, answers)
    named = [lesson.code for lesson in found.lessons]
    assert len(named) == len(set(named))
    assert score(form, dict(reversed(answers.items()))).as_data() == found.as_data()


@given(any_form, st.data())
def test_a_better_answer_never_gives_a_lower_level(case, data):
    form, answers = case
    levels = [level.id for level in form.levels]
    key = data.draw(st.sampled_from(form.scored))
    best = max(form.item(key).answers, key=lambda answer: answer.points)
    better = score(form, {**answers, key: best.id})
    assert levels.index(better.level.id) >= levels.index(score(form, answers).level.id)


@given(any_form)
def test_a_rule_that_fired_comes_before_everything_else(case):
    form, answers = case
    found = score(form, answers)
    ahead = {
        code for rule in (*found.floor, *found.fired) for code in getattr(rule, "first", getattr(rule, "lessons", ()))
    }
    named = [lesson.code for lesson in found.lessons]
    assert set(named[: len(ahead)]) == ahead
    assert all(lesson.why for lesson in found.lessons[: len(ahead)])


def test_all_levels_of_the_startmeting_can_be_reached():
    found = {score(STARTMETING, startmeting(right)).level.id for right in range(7)}
    assert found == {"begin", "op-weg", "verder"}


def test_all_levels_of_the_digiscan_can_be_reached():
    scale = [answer.id for answer in DIGISCAN.items[0].answers]
    found = {score(DIGISCAN, dict.fromkeys(DIGISCAN.scored, answer)).level.id for answer in scale}
    assert found | {score(DIGISCAN, dict.fromkeys(DIGISCAN.scored, "beetje")).level.id} == {
        "beginner", "op-weg", "gevorderd", "koploper",
    }  # fmt: skip


@pytest.mark.parametrize(("right", "level"), enumerate(["begin"] * 3 + ["op-weg"] * 2 + ["verder"] * 2))
def test_the_levels_are_those_of_the_brief(right, level):
    found = score(STARTMETING, startmeting(right))
    assert (found.points, found.most, found.level.id) == (right, 6, level)


def test_begin_learns_the_basics_and_then_the_own_trade():
    answers = startmeting(0, gegevens="tips", bericht="zelf", vak="bouw")  # 2 points
    assert codes(answers) == ["B5", "B7", "A1", "A2", "A3", "A4", "A6", "B1", "B2", "C2"]


def test_on_the_way_skips_what_counts_as_met():
    answers = startmeting(6, assistent="boek", controle="gelooft", vak="zorg")  # 4 points, no override
    assert codes(answers) == ["A3", "A4", "A6", "B2", "C1"]
    assert score(STARTMETING, answers).met == ("A1", "A2", "B1")


def test_further_does_only_the_checks_of_three_lessons():
    found = score(STARTMETING, startmeting(6, vak="overheid"))
    assert [(lesson.code, lesson.only_check) for lesson in found.lessons] == [
        ("A4", True), ("A6", True), ("B2", True), ("C9", False), ("A5", False), ("A7", False), ("B8", False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "first"),
    [
        ({"gegevens": "rooster"}, ["B1", "B2"]),
        ({"gegevens": "weet-niet"}, ["B1", "B2"]),
        ({"bericht": "klikt"}, ["B4"]),
        ({"stem": "doet"}, ["B5"]),
        ({"melden": "wacht"}, ["B7"]),
        ({"afspraken": "nee"}, ["A6"]),
        ({"afspraken": "weet-niet"}, ["A6"]),
        ({"afspraken": "ja-ken-niet"}, ["A6"]),
        ({"melden": "zwijgt", "gegevens": "paspoort"}, ["B1", "B2", "B7"]),
    ],
)
def test_an_answer_that_asks_for_it_puts_its_lesson_first(change, first):
    found = score(STARTMETING, startmeting(6, **change))
    assert [lesson.code for lesson in found.lessons][: len(first)] == first
    assert not any(lesson.only_check for lesson in found.lessons[: len(first)])  # the whole lesson, at every level


def test_the_wish_decides_the_order_of_the_rest():
    for wish, first in (("veilig", ["B1", "B2"]), ("slimmer", ["A3", "A4"]), ("vak", ["C3"]), ("rechten", ["A6"])):
        answers = startmeting(0, gegevens="tips", bericht="zelf", vak="logistiek", wens=wish)
        assert codes(answers)[:2] == ["B5", "B7"]  # what the answers ask for stays in front
        assert codes(answers)[2 : 2 + len(first)] == first


def test_who_waits_gets_short_sessions_and_help_of_a_person():
    assert score(STARTMETING, startmeting(nieuw="wacht")).marks == ("short_sessions", "human_help")
    assert score(STARTMETING, startmeting(nieuw="hulp")).marks == ()


def test_a_weak_starred_point_comes_first_at_every_level_of_the_digiscan():
    best = dict.fromkeys(DIGISCAN.scored, "elk-jaar")
    assert not score(DIGISCAN, best).floor
    for weak, answer in product(("inlog", "updates", "hack"), ("nog-niet", "beetje")):
        found = score(DIGISCAN, {**best, weak: answer})
        assert [rule.item for rule in found.floor] == [weak]
        assert found.advice[0].because == "floor"
        assert found.level.id == "koploper"


def test_the_question_about_printing_does_not_count():
    best = dict.fromkeys(DIGISCAN.scored, "elk-jaar")
    assert score(DIGISCAN, best).points == score(DIGISCAN, {**best, "drie-d-printen": "nee"}).points == 45


def test_the_themes_hold_all_points_of_the_digiscan():
    found = score(DIGISCAN, dict.fromkeys(DIGISCAN.scored, "grotendeels"))
    assert sum(theme.points for theme in found.themes) == found.points == 30
    assert sum(theme.most for theme in found.themes) == found.most == 45


@pytest.mark.parametrize(
    "wrong",
    [
        None, [], "vak", 3, {}, {"vak": "zorg"},
        {**startmeting(), "niets": "x"},
        {**startmeting(), "vak": "piloot"},
        {**startmeting(), "vak": None},
        {**startmeting(), "vak": ["zorg"]},
        {**startmeting(), "vak": {"id": "zorg"}},
        {**startmeting(), "tekst": "makkelijk"},  # stays on the phone
        {key: value for key, value in startmeting().items() if key != "stem"},
    ],
)  # fmt: skip
def test_answers_that_cannot_be_are_refused(wrong):
    with pytest.raises(WrongAnswers) as caught:
        score(STARTMETING, wrong)
    assert "piloot" not in str(caught.value)


def shape(form: Questionnaire) -> list[tuple]:
    """What must be the same in a parallel set: items in order, how many answers, where the points and lessons are."""
    return [
        (item.id, [(answer.points, answer.lesson) for answer in item.answers], item.on_phone_only, item.sets)
        for item in form.items
    ]


def test_the_set_for_afterwards_is_built_as_the_first_with_other_questions():
    assert shape(AFTER) == shape(STARTMETING)
    assert [(level.id, level.start, level.end) for level in AFTER.levels] == [
        (level.id, level.start, level.end) for level in STARTMETING.levels
    ]
    assert [(rule.item, rule.first, rule.marks) for rule in AFTER.overrides] == [
        (rule.item, rule.first, rule.marks) for rule in STARTMETING.overrides
    ]
    for key in KNOWLEDGE:
        assert AFTER.item(key).text != STARTMETING.item(key).text
        wrong = [
            {answer.id for answer in form.item(key).answers if not answer.points}
            - next((set(rule.answers) for rule in form.overrides if rule.item == key), set())
            for form in (AFTER, STARTMETING)
        ]
        assert key not in {rule.item for rule in AFTER.overrides} or wrong == [set(), set()]
