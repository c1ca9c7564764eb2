"""Each kind of exercise as pure functions: what is right, what is wrong, what cannot be."""

from typing import Any

import pytest

from assessments.exercises import KINDS
from assessments.kind import WrongShape
from modules.curriculum.convert import stored_steps
from tests.factories import RIGHT, STEPS, WRONG

STORED = {step["id"]: step for step in stored_steps(STEPS)}


def spec(exercise: str) -> dict[str, Any]:
    return STORED[exercise]["value"]


def kind(exercise: str):
    return KINDS[STORED[exercise]["type"]]


def nested(depth: int) -> Any:
    thing: Any = "e-o1"
    for _ in range(depth):
        thing = [thing]
    return thing


HOSTILE = [
    None, "", "x", 0, 1, -1.5, True, False, float("nan"), float("inf"), 10**400, [], [[]], {}, {"": ""}, {"a": {}},
    [None], [1, 2], {"answer": None}, {"answer": 1}, {"answer": "true"}, {"answer": True, "meer": 1},
    {"answer": True, "reason": {}}, {"answer": False, "reason": []}, {"answer": False, "reason": 1},
    {"e-k1": None}, {"e-k1": []}, {"e-k1": "WEL"}, {"e-k1": "wel", "e-weg": "wel"}, {"e-k1": True},
    ["e-i1"], ["e-i1"] * 4, ["e-i1", "e-i2", "e-i4", "e-i4"], ["e-i1", "e-i2", "e-i3", ["e-i4"]],
    "x" * 1_000_000, ["x"] * 10_000, nested(500), "\x00", "\ud800",
]  # fmt: skip


def test_the_registry_finds_every_kind():
    assert set(KINDS) >= {"keuze", "waar_onwaar", "sorteer", "volgorde", "dit_doe_ik", "scenario", "reflectie"}
    assert all(name == found.name for name, found in KINDS.items())


@pytest.mark.parametrize("exercise", RIGHT)
def test_the_right_answer_is_right(exercise):
    verdict = kind(exercise).grade(spec(exercise), RIGHT[exercise])
    assert verdict.correct is (True if kind(exercise).graded else None)
    assert set(verdict.parts.values()) == {verdict.correct}
    assert kind(exercise).required(spec(exercise)) <= set(verdict.parts)


@pytest.mark.parametrize("exercise", WRONG)
def test_another_answer_is_not(exercise):
    verdict = kind(exercise).grade(spec(exercise), WRONG[exercise])
    assert verdict.correct is False
    assert False in verdict.parts.values()


@pytest.mark.parametrize("exercise", RIGHT)
@pytest.mark.parametrize("response", HOSTILE, ids=lambda value: repr(value)[:30])
def test_what_cannot_be_an_answer_is_a_wrong_shape_and_nothing_else(exercise, response):
    with pytest.raises(WrongShape) as caught:
        kind(exercise).grade(spec(exercise), response)
    assert len(str(caught.value)) < 100


@pytest.mark.parametrize("exercise", RIGHT)
def test_grading_is_pure(exercise):
    import copy

    before = copy.deepcopy(spec(exercise))
    first = kind(exercise).grade(spec(exercise), RIGHT[exercise])
    assert kind(exercise).grade(spec(exercise), RIGHT[exercise]) == first
    assert spec(exercise) == before


@pytest.mark.parametrize(
    ("exercise", "answer", "says"),
    [
        ("e-keuze", "e-o1", "waarom e-o1"),
        ("e-keuze", "e-o3", "waarom e-o3"),
        ("e-waar", {"answer": True}, "kijk e-waar"),
        ("e-waar", {"answer": False, "reason": "e-r1"}, "waarom e-r1"),
        ("e-waar", {"answer": False, "reason": "e-r2"}, "waarom e-r2"),
        ("e-kaal", {"answer": True}, "waarom e-kaal"),
        ("e-kaal", {"answer": False}, "kijk e-kaal"),
        ("e-sorteer", {"e-k1": "wel"}, "waarom e-k1"),
        ("e-sorteer", {"e-k1": "vraag"}, "kijk e-k1"),
        ("e-sorteer", {"e-k1": "wel", "e-k2": "wel"}, "kijk e-k2"),
        ("e-volgorde", ["e-i1", "e-i2", "e-i4"], "waarom e-volgorde"),
        ("e-volgorde", ["e-i4", "e-i2", "e-i1"], "kijk e-volgorde"),
    ],
)
def test_each_answer_gets_its_own_why_or_hint_in_both_variants(exercise, answer, says):
    found = kind(exercise).explain(spec(exercise), answer)
    assert found["standaard"] == says
    assert found["makkelijk"].startswith(says)


def test_the_right_answer_for_the_wrong_reason_is_not_right():
    assert kind("e-waar").grade(spec("e-waar"), {"answer": False, "reason": "e-r2"}).correct is False


def test_makkelijk_may_leave_out_what_is_for_gewoon_only():
    assert kind("e-volgorde").grade(spec("e-volgorde"), ["e-i1", "e-i2", "e-i4"]).correct is True
    assert kind("e-volgorde").grade(spec("e-volgorde"), ["e-i1", "e-i2", "e-i3", "e-i4"]).correct is True
    with pytest.raises(WrongShape):
        kind("e-volgorde").grade(spec("e-volgorde"), ["e-i1", "e-i3", "e-i4"])


def test_only_cards_that_both_variants_show_are_required():
    assert kind("e-sorteer").required(spec("e-sorteer")) == {"e-k1", "e-k2", "e-k3"}
    assert all(kind(name).required(spec(name)) == {""} for name in RIGHT if name != "e-sorteer")


def test_only_the_plan_for_today_and_a_reflectie_are_private():
    assert [name for name, found in KINDS.items() if found.private] == ["dit_doe_ik", "reflectie"]


@pytest.mark.parametrize(
    ("exercise", "posted", "response"),
    [
        ("e-keuze", {"response": "e-o1"}, "e-o1"),
        ("e-waar", {"answer": "true"}, {"answer": True}),
        ("e-waar", {"answer": "false", "reason": "e-r1"}, {"answer": False, "reason": "e-r1"}),
        ("e-kaal", {"answer": "true", "reason": ""}, {"answer": True}),
        ("e-sorteer", {"part": "e-k1", "sign": "wel"}, {"e-k1": "wel"}),
        ("e-volgorde", {"e-i1": "2", "e-i2": "1", "e-i4": "10"}, ["e-i2", "e-i1", "e-i4"]),
        ("e-volgorde", {"e-i1": "1", "e-i2": "2", "e-i3": "", "e-i4": "3"}, ["e-i1", "e-i2", "e-i4"]),
        ("e-doe", {"response": "niet"}, "niet"),
    ],
)
def test_a_form_becomes_the_same_answer_a_phone_sends(exercise, posted, response):
    assert kind(exercise).from_form(spec(exercise), posted) == response
    kind(exercise).grade(spec(exercise), response)


@pytest.mark.parametrize(
    "exercise", [key for key in RIGHT if key != "e-h5p"]
)  # its form is one button, without a field
def test_an_empty_form_is_a_wrong_shape_with_a_dutch_sentence(exercise):
    for posted in ({}, {"response": ""}, {"answer": "", "part": "", "sign": "", "e-i1": ""}):
        with pytest.raises(WrongShape, match=r"^(Kies|Geef) .*\.$"):
            kind(exercise).from_form(spec(exercise), posted)


@pytest.mark.parametrize("place", ["een", "²", "9" * 5000, "-1", "1.5", "\x00"])
def test_a_place_that_is_no_number_is_a_wrong_shape(place):
    with pytest.raises(WrongShape, match=r"^Geef "):
        kind("e-volgorde").from_form(spec("e-volgorde"), {"e-i1": place, "e-i2": "1", "e-i4": "2"})


def test_the_server_says_how_many_are_still_to_be_found_and_no_more():
    told = kind("e-zoek").explain(spec("e-zoek"), ["e-z1"])["makkelijk"]
    assert told.splitlines()[:3] == ["Je vond er 1 van de 2.", "Zoek er nog 1.", "kijk e-zoek nu"]
    assert "waarom e-z1" in told
    assert "e-z4" not in told
    both = kind("e-zoek").explain(spec("e-zoek"), ["e-z1", "e-z3", "e-z4"])["standaard"]
    assert both.splitlines()[:3] == ["Je vond ze alle 2.", "Haal weg wat wel klopt.", "waarom e-z3"]


def test_a_vague_prompt_gets_a_vague_answer_and_one_with_personal_data_none():
    explain = kind("e-prompt").explain
    good = explain(spec("e-prompt"), {"e-doel": "e-t1", "e-wie": "e-t3"})["standaard"]
    assert "‘tekst e-t1’" in good
    assert "Oefening.\nEr gaat niets naar buiten.\nZo zou een antwoord kunnen zijn:\nantwoord e-prompt" in good
    assert "slecht antwoord e-prompt" in explain(spec("e-prompt"), {"e-doel": "e-t2", "e-wie": "e-t3"})["standaard"]
    for goal in ("e-t1", "e-t2"):
        private = explain(spec("e-prompt"), {"e-doel": goal, "e-wie": "e-t4"})["standaard"]
        assert "waarom e-t4" in private
        assert "antwoord" not in private
    assert "Alleen jij ziet dat." in explain(spec("e-prompt"), {"e-doel": "zelf", "e-wie": "e-t3"})["standaard"]


def test_a_right_answer_that_is_missed_is_not_given_away():
    explain = kind("e-keuze-meer").explain
    assert explain(spec("e-keuze-meer"), ["e-o1"])["makkelijk"] == "Wat je koos, klopt.\nEr is nog meer goed."
    assert explain(spec("e-keuze-meer"), ["e-o1", "e-o2"])["standaard"] == "waarom e-o2"
    assert explain(spec("e-keuze-meer"), ["e-o3", "e-o1"])["standaard"] == "waarom e-o1\nwaarom e-o3"
