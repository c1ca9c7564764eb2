"""Each wrong file gives one error that names file and field, in Dutch, and writes nothing."""

import resource
import subprocess
import sys
from pathlib import Path

import pytest

from language.models import Fact, GlossaryTerm
from modules.curriculum.problems import CurriculumError
from modules.models import ModulePage
from modules.services import load_curriculum
from tests.factories import FACTS, GLOSSARY, PICTURE, STEPS, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_written(db):
    def state() -> tuple:
        return (
            list(ModulePage.objects.order_by("pk").values_list("pk", "latest_revision_id")),
            list(Fact.objects.order_by("pk").values()),
            list(GlossaryTerm.objects.order_by("pk").values()),
        )

    before = state()
    yield
    assert state() == before


def problems(folder: Path) -> str:
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(folder)
    assert caught.value.problems
    assert all(str(problem.file).startswith(str(folder)) for problem in caught.value.problems)
    return str(caught.value)


def steps(**changes) -> dict:
    """The lesson with one field of one step changed: steps(e_keuze={"question": ...})."""
    lesson = lesson_file()
    for step in lesson["steps"]:
        step.update(changes.get(step["id"].replace("-", "_"), {}))
    return lesson


def option(key: str, **more) -> dict:
    return {"id": key, "text": twin(key), "why": twin(key), **more}


WRONG = [
    (steps(e_keuze={"question": {"standaard": "Alleen dit"}}), "steps.3.question", "'makkelijk' ontbreekt"),
    (steps(e_keuze={"question": {"standaard": "Dit", "makkelijk": ""}}), "steps.3.question.makkelijk", "is leeg"),
    (lesson_file(title={"standaard": "Titel"}), "title", "'makkelijk' ontbreekt"),
    (lesson_file(minutes="vijf"), "minutes", "verwacht integer"),
    (lesson_file(minutes=0), "minutes", ""),
    (lesson_file(track="Z"), "track", "kies een van"),
    (lesson_file(levels=[]), "levels", "te weinig"),
    (lesson_file(slug="Met Hoofdletters"), "slug", "niet de goede vorm"),
    (lesson_file(id="Z99"), "id", "niet de goede vorm"),
    (lesson_file(trades=["ruimtevaart"]), "trades.0", "kies een van"),
    (lesson_file(onbekend="x"), "", "onbekend"),
    (lesson_file(steps=[]), "steps", ""),
    (lesson_file(steps=[*STEPS, {"id": "e-nieuw", "type": "spel"}]), f"steps.{len(STEPS)}.type", "kies een van"),
    (steps(e_keuze={"extra": 1}), "steps.3", "extra"),
    (lesson_file(steps=[*STEPS, STEPS[0]]), "steps.id", "'e-haakje' staat er 2 keer"),
    (steps(e_keuze={"options": [option("e-o1", right=True), option("e-o1")]}), "options.id", "'e-o1' staat er 2 keer"),
    (steps(e_scherm={"text": twin("{F99999}")}), "e-scherm", "Feit F99999 bestaat niet."),
    (steps(e_scherm={"text": twin("[[bestaatniet]]")}), "e-scherm", "Het woord 'bestaatniet' staat niet"),
    (lesson_file(prerequisites=["E1"]), "prerequisites", "les 'E1' bestaat niet"),
    (lesson_file(prerequisites=["E99"]), "prerequisites", "een kringetje: E99 → E99"),
    (lesson_file(pictogram="weg"), "pictogram", "pictogram 'weg' is er niet"),
    (steps(e_haakje={"picture": {"pictograms": ["weg"], "alt": "x"}}), "picture", "pictogram 'weg' is er niet"),
    (steps(e_haakje={"picture": {"scene": "weg", "alt": "x"}}), "picture", "tekening 'weg' is er niet"),
    (steps(e_haakje={"picture": {"alt": "x"}}), "e-haakje", "Kies een tekening"),
    (steps(e_haakje={"picture": {**PICTURE, "alt": "a b c d e f g h i j k"}}), "e-haakje", "10 woorden"),
    (steps(e_haakje={"trades": {"ruimtevaart": twin("x")}}), "steps.0.trades", ""),
    (
        steps(e_keuze={"options": [option("a", right=True), option("b", right=True)]}),
        "e-keuze",
        "Zet er ook in Makkelijk een antwoord bij dat niet goed is.",
    ),
    (steps(e_keuze={"options": [option("a"), option("b")]}), "e-keuze", "Kies minstens 1 goed antwoord"),
    (steps(e_keuze={"options": [option("a", right=True)]}), "steps.3.options", "te weinig"),
    (
        steps(e_sorteer={"cards": [{**card, "sign": "wel"} for card in STEPS[2]["cards"]]}),
        "e-sorteer",
        "minstens 2 kaarten met ‘Vraag het eerst’",
    ),
    (steps(e_kaart={"lines": STEPS[-1]["lines"][:2]}), f"steps.{len(STEPS) - 1}.lines", "te weinig"),
    (steps(e_keuze={"question": twin("x" * 5, "y") | {"duits": "z"}}), "steps.3.question", "duits"),
    (lesson_file(steps=[STEPS[0], {**STEPS[0], "id": "e-tweede"}, *STEPS[1:]]), "steps", ""),  # two hooks
    (lesson_file(steps=[*STEPS, {**STEPS[-1], "id": "e-tweede"}]), "steps", ""),  # two cards
    (lesson_file(title=twin("Titel", "x" * 300)), "title.makkelijk", ""),  # longer than the editor takes
    (lesson_file(title=twin("x" * 300, "Titel")), "title.standaard", ""),
    (lesson_file(steps=[{**STEPS[0], "id": "e" * 65}, *STEPS[1:]]), "steps.0", ""),  # a phone cannot send this id
    (lesson_file(title=twin("nul \x00 teken")), "", ""),
    (lesson_file(title=twin("half \ud800 teken")), "", ""),
]


@pytest.mark.parametrize(
    ("lesson", "field", "message"), WRONG, ids=[f"{n}-{wrong[1]}" for n, wrong in enumerate(WRONG)]
)
def test_a_wrong_lesson_names_file_and_field(tmp_path, lesson, field, message):
    import json

    folder = curriculum_folder(tmp_path, lesson_file(id="E98", slug="goede-les"))
    (tmp_path / "modules" / lesson["id"]).mkdir()
    (tmp_path / "modules" / lesson["id"] / "module.yaml").write_text(json.dumps(lesson))  # JSON is YAML
    lines = [line for line in problems(folder).splitlines() if f"modules/{lesson['id']}/module.yaml: " in line]
    assert any(field in line and message in line for line in lines), lines


@pytest.mark.parametrize(
    ("facts", "glossary", "file", "message"),
    [
        ([FACTS[0], FACTS[0]], GLOSSARY, "facts.yaml: code", "'F901' staat er 2 keer"),
        ([{**FACTS[0], "code": "9"}], GLOSSARY, "facts.yaml: 0.code", "vorm"),
        ([{**FACTS[0], "makkelijk": ""}], GLOSSARY, "facts.yaml: 0.makkelijk", "is leeg"),
        ([{**FACTS[0], "checked_on": "gisteren"}], GLOSSARY, "facts.yaml: 0.checked_on", "vorm"),
        ([{**FACTS[0], "checked_on": "2026-13-45"}], GLOSSARY, "facts.yaml: 0.checked_on", ""),
        ([{**FACTS[0], "source": "x" * 500}], GLOSSARY, "facts.yaml: 0.source", ""),
        ({}, GLOSSARY, "facts.yaml", "verwacht array"),
        (FACTS, [*GLOSSARY, {**GLOSSARY[0], "term": "Proefwoord"}], "glossary.yaml: term", "staat er 2 keer"),
        (FACTS, [{**GLOSSARY[0], "pictogram": "weg"}], "glossary.yaml: proefwoord", "pictogram 'weg' is er niet"),
        (FACTS, [{**GLOSSARY[0], "explanation": "x" * 200}], "glossary.yaml: 0.explanation", ""),
        (FACTS, [*GLOSSARY, {**GLOSSARY[0], "term": "Proef-woord"}, {**GLOSSARY[0], "term": "proef woord"}],
         "glossary.yaml", "proef"),  # two words with one address
        (FACTS, [*GLOSSARY, {**GLOSSARY[0], "term": "€"}], "glossary.yaml", "€"),  # a word without an address
    ],
)  # fmt: skip
def test_wrong_facts_and_words_name_file_and_field(tmp_path, facts, glossary, file, message):
    said = problems(curriculum_folder(tmp_path, lesson_file(), facts=facts, glossary=glossary))
    assert file in said
    assert message in said


RAW = {
    "not YAML": "id: [",
    "a tab": "id: E99\n\tslug: x",
    "no text": "\x00\x01",
    "python object": "!!python/object/apply:os.system ['true']",
    "own tag": "!iets x",
    "twice the same key": "id: E99\nid: E99",
    "date that is none": "id: 2026-13-45",
    "number that is none": "minutes: !!int x",
    "huge number": "minutes: " + "9" * 5000,
    "alias that is not there": "id: *a",
    "alias to itself": "id: &a [*a]",
    "mapping in itself": "&a {id: *a}",
    "key that is a list": "? [a]\n: b",
    "deeply nested": "[" * 5000,
    "deeply nested whole": "[" * 300 + "]" * 300,
    "600 kB": "#" * 600_000,
    "nothing": "",
    "a word": "hallo",
    "a list": "[]",
    "latin-1": b"title: caf\xe9",
}


@pytest.mark.parametrize("content", RAW.values(), ids=RAW)
def test_a_file_that_is_no_lesson_is_named(tmp_path, content):
    folder = curriculum_folder(tmp_path, lesson_file())
    file = folder / "modules" / "E99" / "module.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert f"{file}: " in problems(folder)


def test_a_yaml_bomb_costs_no_memory_to_speak_of(tmp_path):
    """A few hundred bytes that stand for a billion words; in a process of its own that may use 1 GB."""
    folder = curriculum_folder(tmp_path, lesson_file())
    levels = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    (folder / "modules" / "E99" / "module.yaml").write_text("\n".join([*levels, "id: *a9"]))
    code = (
        "import django; django.setup(); from pathlib import Path; from modules.curriculum.problems import *; "
        "from modules.curriculum.reader import read_curriculum\n"
        f"try: read_curriculum(Path({str(folder)!r}))\nexcept CurriculumError: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"DJANGO_SETTINGS_MODULE": "lms.settings", "DATA": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True, text=True, check=False,
        preexec_fn=lambda: (
            resource.setrlimit(resource.RLIMIT_AS, (2**30, 2**30)),
            resource.setrlimit(resource.RLIMIT_CPU, (30, 30)),
        ),
    )  # fmt: skip
    assert done.stdout == "refused\n", done.stderr[-300:]


def test_two_lessons_with_one_id_or_one_address_are_named(tmp_path):
    folder = curriculum_folder(tmp_path, lesson_file(), lesson_file(id="E98"))
    assert "E99/module.yaml: slug: 'proefles' staat ook in" in problems(folder)
    (folder / "modules" / "E98" / "module.yaml").write_text((folder / "modules" / "E99" / "module.yaml").read_text())
    said = problems(folder)
    assert "id: 'E99' staat ook in" in said
    assert "is 'E99', maar de map heet 'E98'" in said


def test_a_circle_of_three_is_shown_whole(tmp_path):
    ring = [("E97", "E98"), ("E98", "E99"), ("E99", "E97")]
    lessons = [lesson_file(id=code, slug=code.lower(), prerequisites=[needs]) for code, needs in ring]
    assert "een kringetje: E97 → E98 → E99 → E97" in problems(curriculum_folder(tmp_path, *lessons))


def test_everything_wrong_in_all_files_is_said_at_once(tmp_path):
    said = problems(curriculum_folder(tmp_path, lesson_file(minutes=99), lesson_file(id="E98", track="Z"), facts={}))
    assert all(part in said for part in ("E99/module.yaml: minutes", "E98/module.yaml: track", "facts.yaml"))


@pytest.mark.parametrize("gone", ["facts.yaml", "glossary.yaml", "modules/E99/module.yaml"])
def test_a_missing_file_is_named(tmp_path, gone):
    folder = curriculum_folder(tmp_path, lesson_file())
    (folder / gone).unlink()
    assert problems(folder)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    assert "dit bestand is er niet" in problems(tmp_path / "weg")
