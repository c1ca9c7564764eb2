"""A phone grades as the server does: the same answers, sensible and hostile, go through both."""

import json
import random
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assessments.exercises import KINDS
from assessments.kind import WrongShape
from modules.curriculum.convert import stored_steps
from tests.exercise_cases import Case, cases

NODE = Path(settings.BASE_DIR) / "tests" / "node" / "grade.mjs"
PER_EXAMPLE = 400
STRANGE = [
    None, "", "x", 0, 1, -1.5, True, False, [], [[]], {}, {"": ""}, {"a": {}}, [None], [1, 2], {"answer": None},
    {"answer": 1}, {"answer": True, "meer": 1}, {"__proto__": "wel"}, {"constructor": "wel"}, {"toString": True},
    "__proto__", "constructor", ["__proto__"], [["e-i1"]], {"length": 0}, "\x00", "é", "\U0001f600", ["x"] * 200,
]  # fmt: skip


def stored(case: Case) -> dict[str, Any]:
    return stored_steps([case.step])[0]["value"]


def ids_in(value: Any) -> list[str]:
    """Every id, name and short text in an example or an answer: what hostile answers are made of."""
    if isinstance(value, dict):
        return [*(str(key) for key in value), *(found for inner in value.values() for found in ids_in(inner))]
    if isinstance(value, list):
        return [found for inner in value for found in ids_in(inner)]
    return [value] if isinstance(value, str) and len(value) < 40 else []


def changed(dice: random.Random, answer: Any, words: list[str]) -> Any:
    """An answer like this one, with something else in it, more of it or less."""
    if isinstance(answer, dict) and answer and dice.random() < 0.8:
        name = dice.choice(list(answer))
        if dice.random() < 0.2:
            return {key: value for key, value in answer.items() if key != name}
        if dice.random() < 0.3:
            return {**answer, dice.choice(words): dice.choice([dice.choice(words), *STRANGE])}
        return {**answer, name: changed(dice, answer[name], words)}
    if isinstance(answer, list) and dice.random() < 0.8:
        return dice.choice([
            dice.sample(answer, len(answer)), answer[1:], [*answer, dice.choice(words)], [*answer, *answer[:1]],
            [changed(dice, part, words) if dice.random() < 0.3 else part for part in answer],
        ])  # fmt: skip
    return dice.choice([*words, not answer if isinstance(answer, bool) else answer, *STRANGE])


def answers_to(case: Case) -> list[Any]:
    dice = random.Random(case.id)
    known = [*case.done, *case.wrong, *case.refused]
    words = sorted({*ids_in(stored(case)), *ids_in(known), "e-weg"})
    made = list(known)
    while len(made) < PER_EXAMPLE:
        made.append(changed(dice, dice.choice(made), words))
    return [*STRANGE, *made]


def on_the_server(case: Case, response: Any) -> Any:
    try:
        verdict = case.kind.grade(stored(case), response)
    except WrongShape:
        return None
    return {"correct": verdict.correct, "parts": dict(verdict.parts)}


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_phone_and_server_grade_alike(case):
    answers = answers_to(case)
    key = case.kind.block.key(stored(case))
    asked = json.dumps([{"kind": case.kind.name, "key": key, "response": answer} for answer in answers])
    done = subprocess.run(["node", str(NODE)], input=asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    phone = json.loads(done.stdout)
    server = [on_the_server(case, answer) for answer in answers]
    apart = [(answer, here, there) for answer, here, there in zip(answers, server, phone, strict=True) if here != there]
    assert apart == []
    assert any(verdict is not None for verdict in server) is not case.kind.stays_here
    assert any(verdict is None for verdict in server)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_every_example_answers_as_it_says(case):
    spec = stored(case)
    for answer in case.done:
        verdict = case.kind.grade(spec, answer)
        assert verdict.correct is (True if case.kind.graded else None), answer
        assert set(verdict.parts) <= case.kind.parts(spec)
    if case.done:
        assert case.kind.required(spec) <= set(case.kind.grade(spec, case.done[0]).parts)
    for answer in case.wrong:
        assert case.kind.grade(spec, answer).correct is False, answer
    for answer in case.refused:
        with pytest.raises(WrongShape):
            case.kind.grade(spec, answer)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_every_answer_has_something_to_say_in_both_variants(case):
    for answer in [*case.done, *case.wrong]:
        told = case.kind.explain(stored(case), answer)
        assert told["standaard"].strip()
        assert told["makkelijk"].strip()


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_form_gives_what_a_phone_sends(case):
    for form in case.forms:
        answer = case.kind.from_form(stored(case), form["posted"])
        assert answer == form["response"]
        case.kind.grade(stored(case), answer)


@pytest.mark.parametrize("case", [case for case in cases() if case.kind.stays_here], ids=lambda case: case.id)
def test_what_stays_on_the_phone_has_no_answer_at_all(case):
    for answer in answers_to(case):
        with pytest.raises(WrongShape) as caught:
            case.kind.grade(stored(case), answer)
        assert not caught.value.__cause__
        assert str(caught.value) == "dit blijft op de telefoon"
        with pytest.raises(WrongShape):
            case.kind.from_form(stored(case), {"response": str(answer)})


def test_every_kind_brings_examples():
    assert {case.kind.name for case in cases()} == set(KINDS)
