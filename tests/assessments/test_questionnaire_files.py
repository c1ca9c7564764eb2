"""A questionnaire file that cannot be right is refused, with file and field; the real files are right."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from assessments.questionnaires.files import read_questionnaire, read_questionnaires
from language.files import FilesError
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import read_curriculum
from modules.services import load_curriculum
from tests.factories import curriculum_folder, lesson_file

CODES = frozenset(["A1", "A2", "B1"])
# The lists of the curriculum brief, section 3.
LONG = {"A": 8, "B": 8, "C": 9, "D": 8, "E": 2}
CATALOGUE = {f"{track}{number}" for track, last in LONG.items() for number in range(1, last + 1)}


def small() -> dict[str, Any]:
    """A questionnaire with every sort of rule: 0 to 3 points."""
    return {
        "code": "klein",
        "version": 1,
        "title": "Klein",
        "intro": "Twee vragen.",
        "minutes": 1,
        "dont_know": "Weet ik niet",
        "themes": [{"id": "werk", "title": {"standaard": "Werk", "makkelijk": "Werk"}}],
        "scales": {"stand": [{"id": "nee", "text": "Nee", "points": 0}, {"id": "ja", "text": "Ja", "points": 2}]},
        "items": [
            {"id": "soort", "text": "Welke tekst?", "on_phone_only": True, "answers": _two()},
            {"id": "weten", "text": "Wat is het?", "dont_know": True, "answers": _two(1)},
            {"id": "doen", "text": "Doe je het?", "scale": "stand", "theme": "werk"},
            {"id": "vak", "text": "Welk vak?", "answers": [{**_two()[0], "lesson": "A2"}, _two()[1]]},
        ],
        "scoring": {"items": ["weten", "doen"]},
        "levels": [
            {"id": "laag", "name": "Laag", "from": 0, "to": 1, "meaning": "Begin.", "advice": [_advice("A1")]},
            {"id": "hoog", "name": "Hoog", "from": 2, "to": 3, "meaning": "Verder.", "advice": [_advice("B1")]},
        ],
        "floor": [{"item": "doen", "below": 1, "text": "Doe dit eerst.", "lessons": ["A1"]}],
        "overrides": [{"when": {"item": "weten", "not_answers": ["goed"]}, "first": ["B1"], "why": "Eerst dit."}],
        "order": {"item": "vak", "answers": {"goed": ["A"], "fout": []}},
    }


def _two(points: int = 0) -> list[dict[str, Any]]:
    good = {"id": "goed", "text": "Goed", **({"points": points} if points else {})}
    return [good, {"id": "fout", "text": "Fout"}]


def _advice(*lessons: Any) -> dict[str, Any]:
    return {"text": "Doe dit.", "lessons": list(lessons)}


def write(folder: Path, data: dict[str, Any]) -> Path:
    file = folder / "klein.yaml"
    file.write_text(json.dumps(data), encoding="utf-8")
    return file


def problems(folder: Path, data: dict[str, Any]) -> list[str]:
    file = write(folder, data)
    with pytest.raises(FilesError) as caught:
        read_questionnaire(file, CODES)
    assert all(problem.file == file for problem in caught.value.problems)
    return [f"{problem.field}: {problem.message}" for problem in caught.value.problems]


def test_a_right_file_is_read(tmp_path):
    found = read_questionnaire(write(tmp_path, small()), CODES)
    assert [item.id for item in found.items] == ["soort", "weten", "doen", "vak"]
    assert found.items[1].answers[-1].text["makkelijk"] == "Weet ik niet"
    assert [answer.points for answer in found.items[2].answers] == [0, 2]


def change(path: str, value: Any):
    """A change at a place such as 'items.1.answers.0.id'."""

    def apply(data: dict[str, Any]) -> None:
        *way, last = path.split(".")
        here: Any = data
        for part in way:
            here = here[int(part)] if isinstance(here, list) else here[part]
        if value is None:
            del here[last]
        elif isinstance(here, list):
            here[int(last) : int(last) + 1] = [value]
        else:
            here[last] = value

    return apply


RULE = {"first": ["A1"], "why": "Eerst dit."}


@pytest.mark.parametrize(
    ("apply", "told"),
    [
        # shape
        (change("title", {"standaard": "Klein"}), "title: 'makkelijk' ontbreekt"),
        (change("items.1.text", {"makkelijk": "Wat?"}), "items.1.text: 'standaard' ontbreekt"),
        (change("items.1.answers.0.text", None), "items.1.answers.0: 'text' ontbreekt"),
        (change("version", 0), "version: is te klein"),
        (change("levels.0.advice.0.lessons.0", {"lesson": "A1", "only": "alles"}), "kies een van: check"),
        (change("levels.0.advice.0.lessons.0", "a1"), "levels.0.advice.0.lessons.0: heeft niet de goede vorm"),
        (change("overrides.0.why", None), "overrides.0: 'why' ontbreekt"),
        (change("overrides.0.when", {"item": "weten"}), "overrides.0.when: heeft te weinig velden"),
        (change("punten", 3), "dit hoort hier niet"),
        # what it names
        (change("code", "ander"), "code: is 'ander', maar het bestand heet 'klein.yaml'"),
        (change("items.1.id", "doen"), "items.id: 'doen' staat er 2 keer"),
        (change("items.1.answers.1.id", "goed"), "items.1 (weten).answers.id: 'goed' staat er 2 keer"),
        (change("items.1.answers.1.id", "weet-niet"), "komt er vanzelf bij"),
        (change("items.1.scale", "stand"), "items.1 (weten): geef 'answers' of 'scale'"),
        (change("items.2.scale", "anders"), "items.2 (doen).scale: schaal 'anders' is er niet"),
        (change("items.2.theme", "anders"), "items.2 (doen).theme: thema 'anders' is er niet"),
        (change("items.2.theme", None), "themes: geen vraag die meetelt gaat over 'werk'"),
        (change("dont_know", None), "items.1 (weten).dont_know: bovenaan ontbreekt"),
        (change("scoring.items.0", "niets"), "scoring.items.0: vraag 'niets' is er niet"),
        (change("scoring.items.0", "soort"), "blijft op de telefoon en kan niet meetellen"),
        (change("scoring.items.0", "vak"), "bij 'vak' geeft geen enkel antwoord punten"),
        (change("scoring.items", ["doen"]), "items.1 (weten): heeft punten maar telt niet mee"),
        (change("items.3.sets", "variant"), "items.3 (vak).sets: welke tekst iemand leest bewaren we niet"),
        (change("items.3.answers.0.pictogram", "eenhoorn"), "items.3 (vak).answers (goed): pictogram 'eenhoorn'"),
        # levels
        (change("levels.1.from", 1), "levels.1 (hoog): overlapt met 'laag': 1 hoort al bij 0 tot 1"),
        (change("levels.0.to", 0), "levels.1 (hoog): tussen 0 en 2 zit een gat"),
        (change("levels.0.from", 1), "levels.0 (laag).from: begin bij 0"),
        (change("levels.1.to", 9), "levels.1 (hoog).to: eindig bij 3"),
        (change("levels.1.to", 2), "levels.1 (hoog).to: eindig bij 3"),
        (change("levels.0.from", 2), "levels.0 (laag): loopt van 2 tot 1"),
        (change("levels.0.met", ["A1"]), "levels.0 (laag).met: 'A1' is al gehaald"),
        (change("levels.0.advice.0.lessons.0", {"answer_of": "doen"}), "geen antwoord op 'doen' noemt een les"),
        (change("levels.0.advice.0.lessons.0", {"answer_of": "soort"}), "deze regel kan nooit gelden"),
        # floor
        (change("floor.0.item", "vak"), "floor.0 (vak): vraag 'vak' telt niet mee"),
        (change("floor.0.below", 0), "floor.0 (doen).below: kan nooit"),
        (change("floor.0.below", 3), "floor.0 (doen).below: geldt altijd"),
        # overrides
        (change("overrides.0.when.item", "niets"), "overrides.0.when.item: vraag 'niets' is er niet"),
        (change("overrides.0.when.item", "soort"), "blijft op de telefoon: deze regel kan nooit gelden"),
        (change("overrides.0.when.not_answers", ["niets"]), "antwoord 'niets' is er niet bij 'weten'"),
        (change("overrides.0.when.not_answers", ["goed", "fout", "weet-niet"]), "kan nooit gelden"),
        (change("overrides.0.when", {"item": "weten", "answers": ["goed", "fout", "weet-niet"]}), "geldt altijd"),
        (change("overrides.0.leave_out", ["B1"]), "overrides.0: zet 'B1' voorop en laat die ook weg"),
        (
            change("overrides.1", {"when": {"item": "doen", "answers": ["ja"]}, "leave_out": ["B1"]}),
            "overrides.1: spreekt overrides.0 tegen: 'B1' voorop en weglaten",
        ),
        (
            change("overrides.1", {"when": {"item": "weten", "answers": ["fout"]}, "first": ["B1"], "why": "Eerst."}),
            "overrides.1: zegt hetzelfde als overrides.0",
        ),
        (
            change("overrides.1", {"when": {"item": "vak", "answers": ["goed"]}, "leave_out": ["A1"]}),
            "overrides.1: spreekt floor.0 tegen",
        ),
        (change("overrides.0", {"when": {"item": "weten", "answers": ["fout"]}, "why": "Zomaar."}), "verandert niets"),
        # order
        (change("order.item", "niets"), "order.item: vraag 'niets' is er niet"),
        (change("order.answers.anders", []), "order.answers: antwoord 'anders' is er niet bij 'vak'"),
        (change("order.answers.fout", None), "order.answers: antwoord 'fout' ontbreekt"),
        # lessons
        (change("overrides.0.first", ["A9"]), "overrides.0.first: les 'A9' staat in geen enkele lijst"),
        (change("floor.0.lessons", ["A9"]), "floor.0.lessons: les 'A9' staat in geen enkele lijst"),
        (change("items.3.answers.0.lesson", "C9"), "items.3 (vak).answers (goed).lesson: les 'C9'"),
        (change("levels.0.met", ["C9"]), "levels.0 (laag).met: les 'C9'"),
        (change("levels.1.advice.0.lessons.0", {"lesson": "C9"}), "levels.1 (hoog).advice.0.lessons: les 'C9'"),
        (change("order.answers.goed", ["C9"]), "order.answers.goed: les 'C9'"),
    ],
)
def test_a_wrong_file_is_refused_with_its_field(tmp_path, apply, told):
    data = small()
    apply(data)
    found = problems(tmp_path, data)
    assert any(told in line for line in found), found


def test_two_answers_that_exclude_each_other_do_not_contradict(tmp_path):
    data = small()
    data["overrides"].append({"when": {"item": "weten", "answers": ["goed"]}, "leave_out": ["B1"]})
    assert len(read_questionnaire(write(tmp_path, data), CODES).overrides) == 2


@pytest.mark.parametrize("content", ["", "[]", "a: &x 1\nb: *x", "code: [", "\x00", "1", "code: klein"])
def test_what_is_no_questionnaire_is_refused(tmp_path, content):
    file = tmp_path / "klein.yaml"
    file.write_text(content)
    with pytest.raises(FilesError):
        read_questionnaire(file, CODES)


def test_a_level_between_two_totals_cannot_be_reached(tmp_path):
    data = small()
    data["items"][1]["answers"][0]["points"] = 10  # totals 0, 2, 10, 12
    data["levels"][1]["to"] = 12
    data["levels"].insert(1, {**data["levels"][1], "id": "midden", "from": 3, "to": 9})
    data["levels"][0]["to"] = 2
    data["levels"][2]["from"] = 10
    assert problems(tmp_path, data) == ["levels.1 (midden): geen enkel antwoord geeft 3 tot 9 punten"]


def test_the_real_files_are_right_and_name_lessons_of_the_catalogue():
    curriculum = read_curriculum(settings.BASE_DIR / "curriculum")
    codes = {source.data["id"] for source in curriculum.modules} | {entry["id"] for entry in curriculum.coming}
    assert codes == CATALOGUE
    found, wrong = read_questionnaires(settings.QUESTIONNAIRES, frozenset(codes))
    assert not wrong
    assert {"startmeting", "digiscan"} <= {form.code for form in found}


@pytest.mark.django_db
def test_loading_the_curriculum_refuses_a_wrong_questionnaire(tmp_path):
    folder = curriculum_folder(tmp_path, lesson_file())
    (folder / "questionnaires").mkdir()
    (folder / "questionnaires" / "klein.yaml").write_text(json.dumps(small()))
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(folder)
    assert "klein.yaml: overrides.0.first: les 'B1' staat in geen enkele lijst" in str(caught.value)
