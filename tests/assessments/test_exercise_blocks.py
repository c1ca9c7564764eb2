"""The editor says in Dutch what an exercise still needs, at the field where it is."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from wagtail.blocks import StructBlockValidationError

from assessments.exercises import KINDS
from modules.curriculum.convert import stored_steps
from tests.factories import STEPS

pytestmark = pytest.mark.django_db
STORED = {step["type"]: step["value"] for step in reversed(stored_steps(STEPS))}


def clean(kind: str, change=lambda _: None) -> Any:
    raw = deepcopy(STORED[kind])
    change(raw)
    block = KINDS[kind].block()
    return block.clean(block.to_python(raw))


def messages(error: Any) -> list[str]:
    if isinstance(error, StructBlockValidationError):
        return [line for inner in error.block_errors.values() for line in messages(inner)]
    children = getattr(error, "block_errors", None)
    if children:
        values = children.values() if isinstance(children, dict) else children
        return [line for inner in values if inner for line in messages(inner)]
    return list(error.messages)


def complaints(kind: str, change) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        clean(kind, change)
    return messages(caught.value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_whole_exercise_is_clean(kind):
    assert clean(kind)


def _rights(*rights: bool):
    def change(raw: dict) -> None:
        for option, right in zip(raw["options"], rights, strict=True):
            option["value"]["right"] = right

    return change


def _only(kind: str, name: str, *marks: bool):
    def change(raw: dict) -> None:
        for item, mark in zip(raw[name], marks, strict=True):
            item["value"]["only_standaard"] = mark

    return change


def _more(name: str, count: int):
    def change(raw: dict) -> None:
        raw[name] = [deepcopy(raw[name][0]) | {"id": f"extra-{n}"} for n in range(count)]

    return change


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("keuze", _rights(False, False, False), "Kies precies 1 goed antwoord"),
        ("keuze", _rights(True, True, False), "Kies precies 1 goed antwoord"),
        ("keuze", _rights(False, False, True), "laat dat ook in Makkelijk zien"),
        ("keuze", _only("keuze", "options", False, True, True), "Makkelijk heeft ook minstens 2 antwoorden nodig."),
        ("waar_onwaar", _only("waar_onwaar", "reasons", True, False), "Makkelijk heeft ook minstens 2"),
        ("waar_onwaar", _only("waar_onwaar", "reasons", False, True), "Makkelijk heeft ook minstens 2"),
        (
            "sorteer",
            lambda raw: raw["cards"][1]["value"].update(sign="wel"),
            "minstens 2 kaarten met ‘Vraag het eerst’",
        ),
        (
            "sorteer",
            _only("sorteer", "cards", False, True, True, True),
            "Makkelijk heeft ook minstens 2 kaarten nodig.",
        ),
        ("volgorde", _only("volgorde", "items", True, True, True, False), "Makkelijk heeft 2 tot 4 stappen."),
    ],
)
def test_what_is_wrong_is_said_in_dutch(kind, change, sentence):
    assert any(sentence in message for message in complaints(kind, change))


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [("keuze", "options", 1), ("keuze", "options", 5), ("sorteer", "cards", 1), ("sorteer", "cards", 9),
     ("volgorde", "items", 2), ("volgorde", "items", 7), ("dit_doe_ik", "options", 0), ("dit_doe_ik", "options", 3),
     ("waar_onwaar", "reasons", 5)],
)  # fmt: skip
def test_too_few_or_too_many_is_refused(kind, name, count):
    assert complaints(kind, _more(name, count))


def test_four_answers_of_which_makkelijk_shows_three_are_fine():
    def change(raw: dict) -> None:
        extra = deepcopy(raw["options"][1]) | {"id": "e-o4"}
        raw["options"].append(extra)

    assert clean("keuze", change)

    def all_in_makkelijk(raw: dict) -> None:
        change(raw)
        raw["options"][2]["value"]["only_standaard"] = False

    assert any("Hoogstens 4 antwoorden, en 3 in Makkelijk." in line for line in complaints("keuze", all_in_makkelijk))


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_without_makkelijk_is_refused_at_publishing(kind):
    name = "statement" if kind == "waar_onwaar" else "question"

    def change(raw: dict) -> None:
        raw[name] = {"standaard": "Alleen dit", "makkelijk": ""}

    assert complaints(kind, change)


def test_the_mixed_order_is_never_the_right_one_and_always_the_same():
    block = KINDS["volgorde"].block()
    value = block.to_python(STORED["volgorde"])
    first = [item.id for item in block.get_context(value)["shuffled"]]
    assert sorted(first) == sorted(item["id"] for item in STORED["volgorde"]["items"])
    assert first != [item["id"] for item in STORED["volgorde"]["items"]]
    assert first == [item.id for item in block.get_context(block.to_python(STORED["volgorde"]))["shuffled"]]
