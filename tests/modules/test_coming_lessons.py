"""Planned lessons: a lesson may ask for them first; then they stand in the catalogue as 'komt nog'."""

import json

import pytest
import yaml

from modules.curriculum.convert import stored_steps
from modules.curriculum.problems import CurriculumError
from modules.curriculum.reader import read_curriculum
from modules.models import ModulePage
from modules.services import load_curriculum
from tests.conftest import CURRICULUM
from tests.factories import STEPS, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db


def entry(code: str = "E88", **changes) -> dict:
    return {
        "id": code, "slug": f"gepland-{code.lower()}", "title": twin(f"Gepland {code}", f"Straks {code}"),
        "track": "E", "levels": ["W"], "pictogram": "book", **changes,
    }  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    """A lesson that asks for E88 first; E88 and E89 are planned."""
    return with_coming(curriculum_folder(tmp_path, lesson_file(prerequisites=["E88"])), entry(), entry("E89"))


def with_coming(folder, *entries):
    (folder / "coming.yaml").write_text(json.dumps(entries))
    return folder


def first_of(code: str) -> list[str]:
    return list(ModulePage.objects.get(code=code).prerequisites.values_list("code", flat=True))


def problems(folder) -> str:
    before = ModulePage.objects.count()
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(folder)
    assert ModulePage.objects.count() == before
    return str(caught.value)


def test_what_a_lesson_asks_for_first_is_announced(folder, client):
    said = []
    assert load_curriculum(folder, report=said.append) == 2
    assert "E88 Gepland E88" in said
    page = ModulePage.objects.get(code="E88")
    assert (page.live, page.announced, len(page.outline)) == (False, True, 0)
    assert first_of("E99") == ["E88"]
    shown = client.get("/lessen/").content.decode()
    assert "Straks E88" in shown
    assert 'href="/les/gepland-e88/"' not in shown
    assert client.get("/les/gepland-e88/").status_code == 404


def test_other_planned_lessons_are_known_by_name_only(folder, client):
    load_curriculum(folder)
    assert not ModulePage.objects.filter(code="E89").exists()
    assert "E89" not in client.get("/lessen/").content.decode()


def test_loading_again_changes_nothing(folder):
    load_curriculum(folder)
    before = list(ModulePage.objects.order_by("pk").values())
    assert load_curriculum(folder) == 0
    assert list(ModulePage.objects.order_by("pk").values()) == before


def test_a_changed_name_is_followed(folder):
    load_curriculum(folder)
    assert load_curriculum(with_coming(folder, entry(title=twin("Anders")))) == 1
    assert ModulePage.objects.get(code="E88").title == "Anders"


def test_a_lesson_of_its_own_takes_the_place_of_its_entry(folder, client):
    load_curriculum(folder)
    number = ModulePage.objects.get(code="E88").pk
    load_curriculum(
        curriculum_folder(
            folder, lesson_file(id="E88", slug="echt", title=twin("Echt")), lesson_file(prerequisites=["E88"])
        )
    )
    page = ModulePage.objects.get(code="E88")
    assert (page.pk, page.title, page.live, page.announced) == (number, "Echt", True, False)
    assert first_of("E99") == ["E88"]
    assert client.get("/les/echt/").status_code == 200


def test_a_lesson_and_its_entry_may_have_one_address(tmp_path):
    curriculum_folder(tmp_path, lesson_file(id="E88", slug="gepland-e88"), lesson_file(prerequisites=["E88"]))
    assert load_curriculum(with_coming(tmp_path, entry())) == 2
    assert ModulePage.objects.get(code="E88").live


@pytest.mark.parametrize("state", [{"live": True}, {"announced": False}])
def test_what_an_author_made_of_it_meanwhile_is_left_alone(folder, state):
    load_curriculum(folder)
    ModulePage.objects.filter(code="E88").update(title="Van een auteur", **state)
    load_curriculum(with_coming(folder, entry(title=twin("Anders"))))
    assert ModulePage.objects.get(code="E88").title == "Van een auteur"


def test_an_authors_draft_with_steps_is_left_alone(folder):
    load_curriculum(folder)
    page = ModulePage.objects.get(code="E88")
    page.steps = json.dumps(stored_steps(STEPS))
    draft = page.save_revision()
    load_curriculum(with_coming(folder, entry(title=twin("Anders"))))
    page.refresh_from_db()
    assert (page.latest_revision_id, page.title) == (draft.pk, "Gepland E88")


def test_a_lesson_that_is_nowhere_is_still_an_error(folder):
    curriculum_folder(folder, lesson_file(prerequisites=["E88", "E77"]))
    assert "E99/module.yaml: prerequisites: les 'E77' bestaat niet" in problems(folder)


def test_without_the_file_nothing_is_planned(folder):
    (folder / "coming.yaml").unlink()
    assert "prerequisites: les 'E88' bestaat niet" in problems(folder)


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ([entry(), entry()], "id: 'E88' staat er 2 keer"),
        ([entry(), entry("E89", slug="gepland-e88")], "slug: 'gepland-e88' staat er 2 keer"),
        ([entry(slug="proefles")], "E88: 'proefles' staat ook in"),
        ([entry(pictogram="weg")], "E88: pictogram 'weg' is er niet"),
        ([entry(track="Z")], "0.track: kies een van"),
        ([entry(title={"standaard": "Alleen dit"})], "0.title: 'makkelijk' ontbreekt"),
        ([entry(title=twin("x" * 256, "x"))], "0.title.standaard: is te lang"),
        ([entry(levels=[])], "0.levels: heeft er te weinig"),
        ([entry(trades=["ruimtevaart"])], "0.trades.0: kies een van"),
        ([entry(steps=[])], "0: dit hoort hier niet"),
        ([entry("e1")], "0.id: heeft niet de goede vorm"),
        ({}, "verwacht array"),
        (None, "verwacht array"),
    ],
)
def test_a_wrong_entry_names_file_and_field(folder, entries, message):
    (folder / "coming.yaml").write_text(json.dumps(entries))
    said = problems(folder)
    assert "coming.yaml: " in said
    assert message in said


def test_an_address_that_an_author_took_meanwhile_is_said_to_be_so(folder):
    ModulePage.objects.filter(code="A1").update(slug="gepland-e88")
    assert "coming.yaml: slug" in problems(folder)


def test_the_plan_of_the_repository_names_each_lesson_of_the_brief_once():
    curriculum = read_curriculum(CURRICULUM)
    codes = {item["id"] for item in curriculum.coming} | {source.data["id"] for source in curriculum.modules}
    assert {code[0]: sum(other[0] == code[0] for other in codes) for code in codes} == {
        "A": 8, "B": 8, "C": 9, "D": 8, "E": 2,
    }  # fmt: skip
    assert all(item["id"][0] == item["track"] for item in yaml.safe_load((CURRICULUM / "coming.yaml").read_text()))
