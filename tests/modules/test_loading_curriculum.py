"""Loading is idempotent by id: what did not change is left alone, ids are kept, authors keep their edits."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Revision

from language.models import Fact, GlossaryTerm
from modules.models import CataloguePage, ModulePage
from modules.services import load_curriculum
from tests.conftest import CURRICULUM
from tests.factories import FACTS, GLOSSARY, LESSON, STEPS, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db


def snapshot() -> dict:
    return {
        page.code: (page.pk, page.live_revision_id, page.latest_revision_id, page.live, page.source_digest)
        for page in ModulePage.objects.all()
    }


def test_the_lessons_of_the_repository_load(capsys):
    """Each folder of curriculum/modules is a lesson that can be taken, with its prerequisites."""
    folders = {folder.name for folder in CURRICULUM.glob("modules/*")}
    assert folders >= {"A1", "A2", "A3", "A4", "A6", "B1", "B2"}
    assert set(ModulePage.objects.live().values_list("code", flat=True)) == folders
    assert set(ModulePage.objects.get(code="B2").prerequisites.values_list("code", flat=True)) == {"B1", "A3"}
    call_command("load_curriculum")
    assert capsys.readouterr().out.splitlines()[-1] == "Niets veranderd."


def test_an_announced_lesson_loads_without_steps(coming):
    assert (coming.live, coming.announced, len(coming.outline)) == (False, True, 0)


def test_loading_again_changes_nothing(lesson, tmp_path):
    before, revisions = snapshot(), Revision.objects.count()
    assert load_curriculum(tmp_path) == 0
    assert load_curriculum(CURRICULUM) == 0
    assert (snapshot(), Revision.objects.count()) == (before, revisions)


def test_a_new_lesson_is_made_published_and_reported(tmp_path):
    said = []
    folder = curriculum_folder(tmp_path, lesson_file())
    assert load_curriculum(folder, report=said.append) == 1
    assert said == ["E99 De proefles"]
    page = ModulePage.objects.get(code="E99")
    assert page.live
    assert page.live_revision_id
    assert page.get_parent().specific == CataloguePage.objects.get()
    assert page.outline.ids == [step["id"] for step in STEPS]
    assert page.title_twin == LESSON["title"]


def test_an_unchanged_file_leaves_an_authors_edit_alone(lesson, tmp_path):
    lesson.title = "Beter"
    lesson.save_revision().publish()
    load_curriculum(tmp_path)
    assert ModulePage.objects.get(code="E99").title == "Beter"


def test_a_changed_file_makes_a_new_revision_and_keeps_the_ids(lesson, tmp_path):
    before = lesson.live_revision_id
    steps = lesson_file()["steps"]
    steps[3]["question"] = twin("Een nieuwe vraag?")
    steps[1], steps[2] = steps[2], steps[1]
    changed = lesson_file(title=twin("Nieuwe titel", "Nieuw"), minutes=7, steps=steps)
    assert load_curriculum(curriculum_folder(tmp_path, changed)) == 1
    page = ModulePage.objects.get(code="E99")
    assert page.pk == lesson.pk
    assert page.live_revision_id != before
    assert Revision.objects.filter(pk=before).exists()
    assert (page.title, page.title_makkelijk, page.minutes) == ("Nieuwe titel", "Nieuw", 7)
    assert page.outline.by_id["e-keuze"].value["question"]["standaard"] == "Een nieuwe vraag?"
    assert page.outline.ids == [step["id"] for step in steps]
    assert load_curriculum(tmp_path) == 0


def test_a_changed_file_is_on_the_page_a_learner_opens(lesson, tmp_path, client):
    load_curriculum(curriculum_folder(tmp_path, lesson_file(title=twin("Nieuwe titel", "Nieuwe titel"))))
    assert "Nieuwe titel" in client.get("/les/proefles/").content.decode()


def test_an_announced_lesson_becomes_one_that_can_be_taken(tmp_path, client):
    curriculum_folder(tmp_path, lesson_file(status="announced"))
    load_curriculum(tmp_path)
    page = ModulePage.objects.get(code="E99")
    assert (page.live, page.announced) == (False, True)
    assert client.get("/les/proefles/").status_code == 404
    load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    page = ModulePage.objects.get(code="E99")
    assert (page.live, page.announced) == (True, False)
    assert client.get("/les/proefles/").status_code == 200


def test_facts_and_words_follow_their_files(lesson, tmp_path, client):
    curriculum_folder(
        tmp_path, facts=[{**FACTS[0], **twin("Heel nieuw.")}], glossary=[{**GLOSSARY[0], "explanation": "Nieuw."}]
    )
    load_curriculum(tmp_path)
    assert Fact.objects.get(code="F901").text_standaard == "Heel nieuw."
    assert GlossaryTerm.objects.get(slug="proefwoord").explanation == "Nieuw."
    assert "Heel nieuw." in client.get("/les/proefles/").content.decode()


def test_what_comes_first_follows_the_files(lesson, tmp_path):
    other = lesson_file(id="E98", slug="ander")
    load_curriculum(curriculum_folder(tmp_path, other, lesson_file(prerequisites=["E98"])))
    assert list(ModulePage.objects.get(code="E99").prerequisites.values_list("code", flat=True)) == ["E98"]
    load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    assert not ModulePage.objects.get(code="E99").prerequisites.exists()


def test_loading_a_folder_takes_no_other_lesson_away(lesson):
    load_curriculum(CURRICULUM)
    assert ModulePage.objects.filter(code="E99", live=True).exists()


def test_the_command_says_in_dutch_that_nothing_was_loaded(tmp_path):
    curriculum_folder(tmp_path, lesson_file(minutes="veel"))
    with pytest.raises(CommandError) as caught:
        call_command("load_curriculum", tmp_path)
    assert str(caught.value).startswith("Er is niets geladen.\n")
    assert str(tmp_path / "modules" / "E99" / "module.yaml") in str(caught.value)


def test_a_slug_that_an_author_took_meanwhile_is_said_to_be_so(tmp_path):
    from modules.curriculum.problems import CurriculumError

    CataloguePage.objects.get().add_child(
        instance=ModulePage(title="Van een auteur", title_makkelijk="x", slug="proefles", code="X1", goals="x",
                            goals_makkelijk="x", track="A")
    )  # fmt: skip
    with pytest.raises(CurriculumError, match="proefles"):
        load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    assert not ModulePage.objects.filter(code="E99").exists()


def test_a_word_that_an_author_already_explained_is_said_to_be_so(tmp_path):
    from language.models import GlossaryTerm
    from modules.curriculum.problems import CurriculumError

    GlossaryTerm.objects.create(term="Proefwoord", slug="van-een-auteur", explanation="x")
    with pytest.raises(CurriculumError, match="van-een-auteur"):
        load_curriculum(curriculum_folder(tmp_path, lesson_file()))
    assert GlossaryTerm.objects.get(term__iexact="proefwoord").slug == "van-een-auteur"
