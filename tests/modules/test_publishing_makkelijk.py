"""Makkelijk above its limits is not published, whichever way someone tries; a draft is always kept."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import Page

from language.models import Fact, GlossaryTerm
from modules.curriculum.problems import CurriculumError
from modules.models import CataloguePage, ModulePage
from modules.services import load_curriculum
from modules.tasks import publish_scheduled_lessons
from people.models import User
from tests.factories import FACTS, GLOSSARY, curriculum_folder, lesson_file, twin
from tests.modules.test_editing import errors, form, screen

pytestmark = pytest.mark.django_db
LONG = "Dit is een zin die veel te lang is voor wie moeite heeft met lezen."
SAYS = "Zin van 15 woorden (hoogstens 12). Maak er twee of meer zinnen van."


@pytest.fixture
def chief(as_user):
    return as_user(User.objects.create_superuser("chief"))


@pytest.fixture
def draft(lesson) -> ModulePage:
    """The lesson with a newer draft that is too hard."""
    page = ModulePage.objects.get(pk=lesson.pk)
    raw = page.steps.get_prep_value()
    next(step for step in raw if step["type"] == "screen")["value"]["text"]["makkelijk"] = LONG
    page.steps = page.steps.stream_block.to_python(raw)
    page.save_revision()
    return page


def is_online_with(page: ModulePage, text: str) -> bool:
    return text in str(ModulePage.objects.get(pk=page.pk).steps.get_prep_value())


def test_the_button_publiceren_says_why_not_and_nothing_goes_online(chief):
    address = f"/admin/pages/add/modules/modulepage/{CataloguePage.objects.get().pk}/"
    reply = chief.post(address, form(screen(LONG)) | {"action-publish": "1"})
    assert reply.status_code == 200
    assert SAYS in str(errors(reply))
    assert LONG in reply.content.decode()  # what was typed stays
    assert not ModulePage.objects.filter(code="E97").exists()


def test_the_same_text_is_kept_as_a_draft_and_published_once_it_is_easy(chief):
    address = f"/admin/pages/add/modules/modulepage/{CataloguePage.objects.get().pk}/"
    assert chief.post(address, form(screen(LONG))).status_code == 302
    page = ModulePage.objects.get(code="E97")
    edit = f"/admin/pages/{page.pk}/edit/"
    assert SAYS in str(errors(chief.post(edit, form(screen(LONG)) | {"action-publish": "1"})))
    reply = chief.post(edit, form(screen("Dit is kort.")) | {"action-publish": "1"})
    assert reply.status_code == 302, errors(reply)
    assert ModulePage.objects.get(code="E97").live


def test_a_hard_text_in_gewoon_only_advises(chief):
    data = form(screen("Kort.")) | {"steps-0-value-text-standaard": f"{LONG} {LONG}".replace(". Dit", " en dit")}
    address = f"/admin/pages/add/modules/modulepage/{CataloguePage.objects.get().pk}/"
    reply = chief.post(address, data | {"action-publish": "1"})
    assert reply.status_code == 302, errors(reply)


def test_publishing_many_publishes_none_when_one_is_too_hard_and_names_it(chief, draft):
    other = ModulePage.objects.get(code="A1")
    before = other.last_published_at
    address = f"/admin/bulk/wagtailcore/page/publish/?id={draft.pk}&id={other.pk}&next=/admin/"
    reply = chief.post(address, follow=True)
    said = " ".join(str(message) for message in reply.context["messages"])
    assert f"‘De proefles’ is niet gepubliceerd. Makkelijk is nog te moeilijk. Stap 2: Scherm, text: {SAYS}" in said
    assert not is_online_with(draft, LONG)
    assert ModulePage.objects.get(code="A1").last_published_at == before


def test_publishing_a_page_with_what_is_below_it_asks_the_same(chief, draft):
    ModulePage.objects.filter(pk=draft.pk).update(live=False)
    catalogue = CataloguePage.objects.get()
    address = f"/admin/bulk/wagtailcore/page/publish/?id={catalogue.pk}&next=/admin/"
    chief.post(address, {"include_descendants": "on"})
    assert not ModulePage.objects.get(pk=draft.pk).live


def test_a_review_cannot_approve_it(draft):
    from modules.review import problems_of

    assert any(SAYS in problem for problem in problems_of(draft))


def test_code_that_publishes_is_refused_and_changes_nothing(draft):
    with pytest.raises(ValidationError, match="Makkelijk is nog te moeilijk"):
        draft.get_latest_revision().publish()
    assert not is_online_with(draft, LONG)


def test_the_action_of_wagtail_itself_is_refused_too(draft):
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    with pytest.raises(ValidationError, match="Makkelijk is nog te moeilijk"):
        PublishPageRevisionAction(draft.get_latest_revision()).execute(skip_permission_checks=True)
    assert not is_online_with(draft, LONG)


def test_what_is_scheduled_stays_off_and_holds_up_nobody_else(draft):
    past = timezone.now() - dt.timedelta(minutes=1)
    other = ModulePage.objects.get(code="A1")
    other.title = "Op tijd"
    for page in (draft, other):
        revision = page.save_revision()
        revision.approved_go_live_at = past
        revision.save()
    publish_scheduled_lessons()
    assert not is_online_with(draft, LONG)
    assert Page.objects.get(pk=other.pk).title == "Op tijd"


def test_a_file_that_is_too_hard_names_file_and_step_and_loads_nothing(tmp_path):
    data = lesson_file(id="E96", slug="te-zwaar")
    data["steps"][1]["text"] = twin("Een tekst.", LONG)
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(curriculum_folder(tmp_path, data))
    (problem,) = caught.value.problems
    assert problem.file.name == "module.yaml"
    assert problem.field == "e-scherm"
    assert problem.message == f"Stap 2: Scherm, text: {SAYS}"
    assert not ModulePage.objects.filter(code="E96").exists()


def test_facts_and_explanations_in_files_are_held_to_the_same(tmp_path):
    facts = [{**FACTS[0], "makkelijk": LONG}]
    glossary = [{**GLOSSARY[0], "explanation": LONG}]
    with pytest.raises(CurriculumError) as caught:
        load_curriculum(curriculum_folder(tmp_path, lesson_file(), facts=facts, glossary=glossary))
    assert {(problem.file.name, problem.field) for problem in caught.value.problems} == {
        ("facts.yaml", "F901.makkelijk"),
        ("glossary.yaml", "proefwoord.explanation"),
    }


def test_a_fact_and_an_explanation_that_are_too_hard_are_not_saved(lesson, chief):
    fact, word = Fact.objects.get(code="F901"), GlossaryTerm.objects.get(slug="proefwoord")
    reply = chief.post(f"/admin/snippets/language/fact/edit/{fact.pk}/", {"text_makkelijk": LONG})
    assert SAYS in str(reply.context["form"].errors)
    reply = chief.post(f"/admin/snippets/language/glossaryterm/edit/{word.pk}/", {"explanation": LONG})
    assert SAYS in str(reply.context["form"].errors)
    word.refresh_from_db()
    assert word.explanation != LONG
