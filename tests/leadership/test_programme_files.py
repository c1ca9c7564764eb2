"""The programme for leads as files: what they hold, what is refused and how it is told, and the same out again."""

import json
from copy import deepcopy
from functools import cache

import pytest
import yaml
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from language.models import Fact
from language.readability import Lexicon
from leadership.files import FOLDER, problems_of_programmes, quality, read_programmes, too_hard
from leadership.models import Programme
from leadership.programme import ProgrammeText
from leadership.queries import programmes
from modules.choices import Trade
from modules.curriculum.export import export_curriculum
from modules.curriculum.parts import parts
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import Curriculum, read_curriculum
from modules.curriculum.reading import FileTexts
from modules.models import ModulePage
from modules.services import load_curriculum
from modules.snippets import _per_lesson, refuse_while_used, uses_of
from modules.usage import names_of, where_used
from tests.conftest import CURRICULUM
from tests.factories import curriculum_folder, lesson_file

FILE = CURRICULUM / FOLDER / "leiderschap.yaml"
LONG = "Deze zin is veel te lang, want er staan meer woorden in dan iemand die haast heeft in één keer kan lezen en ook onthouden."  # noqa: E501


@cache
def curriculum() -> Curriculum:
    return read_curriculum(CURRICULUM)


def programme_file(**changes) -> dict:
    """A programme of one week with one product."""
    options = [{"id": "blijft", "text": "Blijft"}, {"id": "weg", "text": "Verdwijnt"}]
    yes_no = [{"id": "ja", "text": "Ja"}, {"id": "nee", "text": "Nee"}]
    columns = [{"id": "wat", "label": "Taak", "kind": "line"},
               {"id": "leert", "label": "Leert?", "kind": "choice", "options": yes_no}]  # fmt: skip
    fields = [
        {"id": "taak", "label": "Een taak", "kind": "line"},
        {"id": "soort", "label": "Wat verandert er?", "kind": "choice", "options": options},
        {"id": "taken", "label": "Taken", "kind": "table", "least": 1, "most": 3, "columns": columns},
        {"id": "meer", "label": "Nog meer?", "help": "Mag leeg.", "kind": "text", "optional": True},
    ]
    product = {"id": "scan", "title": "De scan", "pictogram": "puzzle", "intro": "Vul in. {F901}", "fields": fields}
    outline = {"goal": "Iedereen heeft een scan.", "prepare": ["Zet stoelen klaar."],
               "steps": [{"minutes": 120, "text": "Samen praten.", "watch": "Stil? Vraag rond."}]}  # fmt: skip
    week = {"lesson": "E99", "title": "Week een", "products": ["scan"], "peer": "Lees de scan.",
            "meeting": {"live": True, **outline}}  # fmt: skip
    questions = [{"id": "een", "text": "Klopt het?"}, {"id": "twee", "text": "Wat doe je?"}]
    return {
        "slug": "proef", "title": "Proef", "intro": "Een proef.",
        "group": {"least": 2, "most": 4, "organisations": 1},
        "peer_questions": questions, "reflection": questions, "weeks": [week],
        "return_session": {"after_days": 90, **outline},
        "products": [product], **changes,
    }  # fmt: skip


def examples_file() -> dict:
    """What each trade says in that programme."""
    return {"scan": {"taak": "Bellen", "soort": "blijft", "taken": [["Bellen", "ja"]]}}


def changed(path: str, value, data: dict | None = None) -> dict:
    """The programme with something else at this place ('products.0.id'); a value of None takes it away."""
    data = deepcopy(data or programme_file())
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = data
    for part in way:
        place = place[part]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return data


def written(folder, data, name="proef.yaml", examples: dict | None = None):
    """A folder with this programme; `examples`: what trades say that do not say what `examples_file` does."""
    curriculum_folder(folder, lesson_file())
    said = {trade: examples_file() for trade in Trade.values} | (examples or {})
    for file, content in {name: data, **{f"proef/{trade}.yaml": each for trade, each in said.items()}}.items():
        (folder / FOLDER / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / FOLDER / file).write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return folder


def told(folder, data=None, examples: dict | None = None) -> str:
    """Everything wrong that is told about these files, as lines."""
    there = read_curriculum(written(folder, data or programme_file(), examples=examples))
    return "\n".join(str(problem) for problem in problems_of_programmes(there))


def text() -> ProgrammeText:
    return Programme.objects.get(slug="leiderschap").text


# What stands in curriculum/


@pytest.mark.django_db
def test_there_are_eight_weeks_in_the_order_of_the_route_and_every_week_ends_in_a_product():
    assert [week.lesson for week in text().weeks] == ["D8", "D1", "D2", "D3", "D4", "D5", "D7", "D6"]
    assert [week.number for week in text().weeks if week.live] == [1, 4, 8]
    assert [week.products for week in text().weeks][-1] == ("leerafspraak", "presentatie")
    assert text().week(0) is text().week(9) is None
    week = text().week_of("gegevenskaart")
    assert week
    assert week.number == 4


@pytest.mark.django_db
def test_partners_ask_the_four_questions_and_the_group_comes_back_after_ninety_days():
    said = [question.text for question in text().peer_questions]
    assert said == ["Is het knelpunt echt?", "Wie is gehoord?", "Waar mag een mens stoppen?", "Wat doe je maandag?"]
    assert (text().least, text().most, text().organisations, text().return_after_days) == (10, 16, 4, 90)


@pytest.mark.django_db
def test_the_check_of_work_has_its_four_sides_and_the_policy_its_seven_blocks():
    sides = [field.id for field in text().templates["werkcheck"].fields if field.options]
    assert sides == ["autonomie", "werkdruk", "relaties", "eerlijk"]
    blocks = [field for field in text().templates["beleid"].fields if field.label[0].isdigit()]
    assert len(blocks) == 7


@pytest.mark.django_db
def test_loading_it_again_changes_nothing():
    said: list[str] = []
    [part] = [part for part in parts() if part.problems is problems_of_programmes]
    part.load(curriculum(), said.append)
    assert said == []


def test_its_texts_are_easy_enough_and_hold_no_law_figure_or_brand():
    assert not list(too_hard(curriculum(), Lexicon.of(FileTexts(curriculum()))))
    assert not list(quality(curriculum()))


@pytest.mark.django_db
def test_all_nine_trades_have_an_example_of_every_form():
    for template in text().templates.values():
        assert list(template.examples) == Trade.values


@pytest.mark.parametrize("trade", Trade.values)
def test_who_learns_in_an_example_learns_about_a_system_that_stands_in_its_list(trade):
    said = read_programmes(CURRICULUM)[0][0].examples[trade].data
    systems = {row[0] for row in said["gegevenskaart"]["register"]}
    assert {row[1] for row in said["beleid"]["dossier"]} <= systems


@pytest.mark.parametrize("trade", Trade.values)
def test_in_no_example_a_trial_begins_before_people_were_heard(trade):
    said = read_programmes(CURRICULUM)[0][0].examples[trade].data
    assert "Start na " in said["processchets"]["proef"]


@pytest.mark.django_db
def test_whoever_leads_a_meeting_for_the_first_time_reads_its_goal_what_to_prepare_and_what_may_go_wrong():
    live = [week.meeting for week in text().weeks if week.live] + [text().return_meeting]
    assert len(live) == 4
    for meeting in live:
        assert meeting.minutes == 120
        assert meeting.goal
        assert len(meeting.prepare) >= 3
        assert sum(bool(step.watch) for step in meeting.steps) >= 2
        assert any(step.text.startswith("Pauze") for step in meeting.steps)
    assert {week.meeting.minutes for week in text().weeks if not week.live} == {30}


@pytest.mark.django_db
def test_nobody_tries_ai_before_the_data_were_looked_at_and_people_were_heard():
    """The trial is drawn in week 3, and begins after the talk of week 5."""
    assert "Begin nog niet" in " ".join(step.text for step in text().weeks[2].meeting.steps)
    [trial] = [field for field in text().templates["processchets"].fields if field.id == "proef"]
    assert "gesprek" in trial.help


# Loading and exporting


@pytest.mark.django_db
def test_a_file_becomes_a_programme_and_the_file_wins_when_it_changes(tmp_path):
    load_curriculum(written(tmp_path, programme_file()))
    first = Programme.objects.get(slug="proef")
    said: list[str] = []
    load_curriculum(written(tmp_path, programme_file(title="Anders", archived=True)), report=said.append)
    assert "programma proef: Anders" in said
    again = Programme.objects.get(slug="proef")
    assert (again.pk, again.text.title) == (first.pk, "Anders")
    assert again not in programmes(), "no group may begin it any more"


@pytest.mark.django_db
def test_what_is_exported_is_what_people_wrote(tmp_path):
    done = export_curriculum(tmp_path, ["programma:leiderschap"])
    files = [FILE, *(FILE.with_suffix("") / f"{trade}.yaml" for trade in Trade.values)]
    assert sorted(done.written) == sorted(tmp_path / file.relative_to(CURRICULUM) for file in files)
    for file in files:
        assert (tmp_path / file.relative_to(CURRICULUM)).read_text() == file.read_text()
    assert not export_curriculum(tmp_path, ["programma:leiderschap"]).written, "it says so already"


@pytest.mark.django_db
def test_an_example_that_changed_is_loaded_and_only_its_own_file_is_written_again(tmp_path):
    load_curriculum(written(tmp_path, programme_file()))
    export_curriculum(tmp_path, ["programma:proef"])
    said: list[str] = []
    examples = {"winkel": {"scan": {**examples_file()["scan"], "taak": "Afrekenen"}}}
    (tmp_path / "new").mkdir()
    load_curriculum(written(tmp_path / "new", programme_file(), examples=examples), report=said.append)
    assert "programma proef: Proef" in said
    assert Programme.objects.get(slug="proef").text.templates["scan"].examples["winkel"]["taak"] == "Afrekenen"
    done = export_curriculum(tmp_path, ["programma:proef"])
    assert done.written == [tmp_path / FOLDER / "proef" / "winkel.yaml"]


@pytest.mark.django_db
def test_a_fact_that_only_an_example_names_is_not_lost_either(tmp_path):
    examples = {"agro": {"scan": {**examples_file()["scan"], "meer": "Zie {F901}"}}}
    load_curriculum(written(tmp_path, changed("products.0.intro", "Vul in."), examples=examples))
    assert "Programma Proef" in names_of(uses_of(Fact.objects.get(code="F901"), where_used()))


@pytest.mark.django_db
def test_a_fact_that_a_form_names_is_not_lost_and_its_page_says_where_it_is():
    fact = Fact.objects.get(code="F18a")
    assert "Programma Leidinggeven met AI" in names_of(uses_of(fact, where_used()))
    panel = "".join(f"{name}{steps}" for name, steps in _per_lesson(uses_of(fact, where_used())))
    assert "Programma Leidinggeven met AI" in panel
    with pytest.raises(ValidationError, match="Programma Leidinggeven met AI"):
        refuse_while_used(fact)


# What is wrong


def test_the_programme_of_these_tests_is_right(tmp_path):
    assert told(tmp_path) == ""


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("slug", "anders", "slug: is 'anders', maar het bestand heet 'proef.yaml'"),
        ("title", None, "'title' ontbreekt"),
        ("title", "x" * 121, "title: is te lang: hoogstens 120 tekens"),
        ("kleur", "rood", "dit hoort hier niet"),
        ("weeks", [], "weeks: heeft er te weinig"),
        ("weeks.0.lesson", "les 1", "weeks.0.lesson: heeft niet de goede vorm"),
        ("weeks.0.lesson", "E55", "weeks.1: les 'E55' bestaat niet"),
        ("weeks.0.products", ["geen"], "weeks: 'geen' is geen stuk uit 'products'"),
        ("weeks.0.products", ["scan", "scan"], "weeks: 'scan' staat er 2 keer"),
        ("weeks.0.meeting.steps.0.minutes", 90, "een bijeenkomst duurt 120 minuten; deze telt er 90"),
        ("weeks.0.meeting.steps.0.minutes", 10**12, "is te groot"),
        ("group.least", 9, "group: 'least' is meer dan 'most'"),
        ("products.0.id", "anders", "products: 'anders' staat in geen enkele week"),
        ("products.0.pictogram", "eenhoorn", "scan: pictogram 'eenhoorn' is er niet"),
        ("products.0.intro", "Kijk. {F777}", "scan: Feit F777 bestaat niet"),
        ("products.0.fields.0.kind", "datum", "products.0.fields.0.kind: kies een van: line, text, choice, table"),
        ("products.0.fields.1.options", None, "'options' ontbreekt"),
        ("products.0.fields.2.columns", None, "'columns' ontbreekt"),
        ("products.0.fields.2.least", 4, "scan.taken: 'least' is meer dan 'most'"),
        ("products.0.fields.2.most", 4000, "is te groot: hoogstens 50"),
        ("products.0.fields.3.id", "taak", "scan: 'taak' staat er 2 keer"),
        ("products.0.examples", {"zorg": {}}, "dit hoort hier niet"),
        ("weeks.0.meeting.goal", None, "'goal' ontbreekt"),
        ("weeks.0.meeting.prepare", [], "prepare: heeft er te weinig"),
        ("return_session.prepare", None, "'prepare' ontbreekt"),
        ("return_session.steps.0.minutes", 100, "return_session: een bijeenkomst duurt 120 minuten; deze telt er 100"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_told_with_its_field_and_the_way_out(tmp_path, path, value, said):
    assert said in told(tmp_path, changed(path, value))


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("scan", None, "heeft te weinig velden"),
        ("scan.taak", None, "scan.taak: Vul dit nog in."),
        ("scan.taak", "x" * 201, "scan.taak: Dit is te lang."),
        ("scan.taak", 12, "scan.taak: verwacht"),
        ("scan.taak", "Kijk bij {F777}", "scan.taak: Feit F777 bestaat niet"),
        ("scan.soort", "misschien", "scan.soort: Kies een van de antwoorden."),
        ("scan.taken", [["a", "ja", "te veel"]], "scan.taken: Rij 1 heeft een vak te veel."),
        ("scan.taken", [["a", "ja"]] * 4, "scan.taken: Dit zijn te veel rijen. Er passen er 3."),
        ("scan.onzin", "x", "scan.onzin: Dit hoort niet bij dit formulier."),
        ("toets", {"taak": "x"}, "toets: is geen stuk uit 'products'"),
    ],
)
def test_a_wrong_example_is_told_with_the_file_of_its_trade(tmp_path, path, value, said):
    found = told(tmp_path, examples={"bouw": changed(path, value, examples_file())})
    assert said in found
    assert "proef/bouw.yaml: " in found
    assert "zorg.yaml" not in found


def test_a_trade_without_examples_is_told_with_the_file_that_is_missing(tmp_path):
    folder = written(tmp_path, programme_file(), examples={"zorg": {"toets": {"taak": "x"}}})
    (folder / FOLDER / "proef" / "agro.yaml").unlink()
    found = [str(problem) for problem in problems_of_programmes(read_curriculum(folder))]
    assert any("proef/agro.yaml: dit bestand met voorbeelden is er niet" in line for line in found)
    assert any("proef/zorg.yaml: scan: een voorbeeld ontbreekt" in line for line in found)


@pytest.mark.parametrize(
    ("file", "said"),
    [("proef/piloot.yaml", "'piloot' is geen vak"), ("anders/zorg.yaml", "het programma 'anders.yaml' is er niet")],
)
def test_examples_that_nobody_would_see_are_told(tmp_path, file, said):
    folder = written(tmp_path, programme_file())
    (folder / FOLDER / file).parent.mkdir(exist_ok=True)
    (folder / FOLDER / file).write_text(json.dumps(examples_file()))
    assert said in "\n".join(str(problem) for problem in problems_of_programmes(read_curriculum(folder)))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"slug: [", "is geen YAML"),
        (b" ", "verwacht object"),
        (b"- een\n- twee\n", "verwacht object"),
        (b"a: &a [x]\nb: *a\n", "verwijzingen (* en &) mogen hier niet"),
        (b"!!python/object/apply:os.system ['true']", "is geen YAML"),
        (b"slug: a\nslug: b\n", "staat er twee keer"),
        (b"x: " + b"[" * 3000, "is geen YAML"),
        (b"title: '" + b"x" * 500_001 + b"'", "is groter dan 500 kB"),
        (b'title: "\\u0000"', "bevat een teken dat geen tekst is"),
        (b"\xff\xfe\x00", "is geen YAML"),
    ],
)
@pytest.mark.parametrize("place", ["programme", "example"])
def test_a_hostile_file_is_refused_and_never_followed(tmp_path, content, said, place):
    assert said in (told(tmp_path, content) if place == "programme" else told(tmp_path, examples={"zorg": content}))


@pytest.mark.django_db
def test_a_wrong_programme_keeps_the_lessons_beside_it_out_too(tmp_path):
    with pytest.raises(CurriculumError, match="E55"):
        load_curriculum(written(tmp_path, changed("weeks.0.lesson", "E55")))
    assert not ModulePage.objects.filter(code="E99").exists()
    assert not Programme.objects.filter(slug="proef").exists()


def test_a_text_that_is_too_long_to_read_and_a_law_in_an_example_are_seen(tmp_path):
    data = changed("products.0.fields.0.label", LONG[:120])
    data["weeks"][0]["peer"] = LONG
    examples = {"zorg": changed("scan.taak", "Volgens artikel 25 mag dit in ChatGPT", examples_file())}
    found = read_curriculum(written(tmp_path, data, examples=examples))
    assert "weeks.1" in [problem.field for problem in too_hard(found, Lexicon.of(FileTexts(found)))]
    told_of = [problem for problem in quality(found) if problem.field == "scan.taak"]
    assert [problem.file.name for problem in told_of] == ["zorg.yaml", "zorg.yaml"]


def test_the_check_of_lessons_tells_of_a_programme_too(tmp_path):
    folder = written(tmp_path, programme_file(), examples={"agro": changed("scan.soort", "x", examples_file())})
    with pytest.raises(CommandError, match=r"agro\.yaml: scan\.soort: Kies een van de antwoorden"):
        call_command("check_curriculum", folder=folder)


def test_the_files_read_as_plain_data():
    [files], problems = read_programmes(CURRICULUM)
    assert problems == []
    assert files.source.data == yaml.safe_load(FILE.read_text())
    assert files.examples["agro"].data == yaml.safe_load((FILE.with_suffix("") / "agro.yaml").read_text())
