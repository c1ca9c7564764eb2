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


def _tiles(raw: dict) -> list[dict]:
    tiles: list[dict] = raw["slots"][0]["value"]["tiles"]
    return tiles


def _moment(place: int, number: str):
    return lambda raw: raw["options"][place]["value"].update(moment=number)


def _seconds(raw: dict) -> list[dict]:
    return [option["value"] for moment in raw["moments"] for option in moment["value"]["options"]]


def _endings(*names: str):
    def change(raw: dict) -> None:
        for option, name in zip(_seconds(raw), names, strict=True):
            option["ending"] = name

    return change


def _marks(place: int, *marks: bool):
    def change(raw: dict) -> None:
        for option, mark in zip(raw["moments"][place]["value"]["options"], marks, strict=True):
            option["value"]["only_standaard"] = mark

    return change


def _more(name: str, count: int):
    def change(raw: dict) -> None:
        raw[name] = [deepcopy(raw[name][0]) | {"id": f"extra-{n}"} for n in range(count)]

    return change


def _drawn(*areas, alt="Een bureau."):
    """As a drawing, with its first parts at these places."""

    def change(raw):
        raw.update(shape="beeld", scene="werkplek", alt=alt)
        raw["parts"] = raw["parts"][: len(areas)]
        for part, area in zip(raw["parts"], areas, strict=True):
            part["value"]["area"] = area

    return change


@pytest.mark.parametrize(
    ("kind", "change", "sentence"),
    [
        ("keuze", _rights(False, False, False), "Kies minstens 1 goed antwoord"),
        ("keuze", _rights(True, False, True), "laat dat ook in Makkelijk zien"),
        ("keuze", _rights(True, True, False), "Zet er ook in Makkelijk een antwoord bij dat niet goed is."),
        ("waar_onwaar", lambda raw: [reason["value"].update(right=True) for reason in raw["reasons"]], "precies 1"),
        ("zoek_de_fout", lambda raw: [part["value"].update(wrong=False) for part in raw["parts"]], "Dit is fout"),
        ("zoek_de_fout", lambda raw: raw["parts"][0]["value"].update(only_standaard=True), "ook in Makkelijk. Haal"),
        (
            "zoek_de_fout",
            lambda raw: [part["value"].update(wrong=True, only_standaard=False) for part in raw["parts"]],
            "Anders is alles aantikken goed.",
        ),
        ("zoek_de_fout", lambda raw: raw.update(shape="chat"), "wie het zegt"),
        ("zoek_de_fout", lambda raw: raw.update(shape="beeld"), "een plaatje"),
        ("zoek_de_fout", lambda raw: raw.update(scene="werkplek", alt="Een bureau."), "Kies ‘Beeld’"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 20", "60 0 20 20", alt=""), "in hoogstens 10 woorden"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 20", "60 0 20 20", alt="een " * 11), "in hoogstens 10 woorden"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 20", ""), "Zeg bij stukje 3 waar het staat"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 20", "90 0 20 20"), "Zeg bij stukje 3 waar het staat"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 11", "60 0 20 20"), "minstens 12 breed en hoog"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 <b>", "60 0 20 20"), "Zeg bij stukje 2 waar het staat"),
        ("zoek_de_fout", _drawn("0 0 20 20", "30 0 20 20", "19 10 20 20"), "Stukje 1 en 3 liggen over elkaar"),
        ("vul_de_prompt", lambda raw: _tiles(raw)[0]["value"].update(sort="vaag"), "minstens 1 goede tegel"),
        ("vul_de_prompt", lambda raw: _tiles(raw)[1]["value"].update(sort="goed"), "niets te kiezen"),
        ("vul_de_prompt", lambda raw: _tiles(raw)[1]["value"].update(only_standaard=True), "2 of 3 tegels"),
        (
            "vul_de_prompt",
            lambda raw: _tiles(raw).append(deepcopy(_tiles(raw)[2]) | {"id": "e-t9"}),
            "hoogstens 3 tegels",
        ),
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
        ("scenario", _moment(0, "3"), "Moment 3 is er niet."),
        ("scenario", _moment(0, "2"), "Geen keuze gaat naar moment 1."),
        ("scenario", _only("scenario", "options", False, True, True), "minstens 2 ook in Makkelijk"),
        ("scenario", _marks(1, True, False, True), "minstens 2 ook in Makkelijk"),
        ("scenario", _endings("goed", "beter", "goed", "beter", "goed"), "Geen keuze komt uit bij ‘Nu herstellen’."),
        ("scenario", _endings("goed", "beter", "goed", "beter", "herstel"), "in Makkelijk uit bij ‘Nu herstellen’."),
        ("volgorde", _only("volgorde", "items", True, True, True, False), "Makkelijk heeft 2 tot 4 stappen."),
    ],
)
def test_what_is_wrong_is_said_in_dutch(kind, change, sentence):
    assert any(sentence in message for message in complaints(kind, change))


@pytest.mark.parametrize(
    ("kind", "name", "count"),
    [("keuze", "options", 1), ("keuze", "options", 5), ("sorteer", "cards", 1), ("sorteer", "cards", 9),
     ("volgorde", "items", 2), ("volgorde", "items", 7), ("dit_doe_ik", "options", 0), ("dit_doe_ik", "options", 3),
     ("waar_onwaar", "reasons", 5), ("zoek_de_fout", "parts", 2), ("zoek_de_fout", "parts", 13),
     ("vul_de_prompt", "slots", 1), ("vul_de_prompt", "slots", 5),
     ("scenario", "options", 1), ("scenario", "options", 4), ("scenario", "moments", 0), ("scenario", "moments", 4)],
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
    name = {"waar_onwaar": "statement", "h5p": "title"}.get(kind, "question")

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
