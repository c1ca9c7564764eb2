"""The editor in Wagtail: a draft may miss makkelijk, publishing may not; preview shows both variants."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from wagtail.test.utils.form_data import nested_form_data, streamfield

from language.models import Fact, GlossaryTerm
from modules.models import CataloguePage, ModulePage
from people.models import User
from tests.factories import PICTURE, twin

pytestmark = pytest.mark.django_db


def screen(makkelijk: str) -> list:
    picture = {"scene": "naam-weg", "alt": PICTURE["alt"], "pictograms": {"count": "0"}}
    value = {
        "title": twin("Titel"),
        "picture": picture,
        "text": {"standaard": "Tekst.", "makkelijk": makkelijk},
        "trades": {"count": "0"},
    }
    return [("screen", value)]


def form(steps: list, **changes: str) -> dict[str, str]:
    fields = {
        "title": "Nieuwe les", "title_makkelijk": "Nieuw", "slug": "nieuwe-les", "code": "E97", "goals": "Een doel.",
        "goals_makkelijk": "Een doel.", "minutes": "5", "track": "E", "levels": ["W"], "pictogram": "erase",
        "digcomp": "", "steps": streamfield(steps),
    }  # fmt: skip
    data = nested_form_data({**fields, **changes})
    for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
        data[f"comments-{part}"] = "0"
    return data


def member_of(group: str, name: str = "eva") -> User:
    """Someone in this group of the editor; nothing more."""
    user = User.objects.create_user(name, first_name=name.capitalize())
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def author(as_user):
    """Writes, and sends in for review."""
    return as_user(member_of("Auteurs"))


@pytest.fixture
def publisher(as_user):
    """May publish without review."""
    return as_user(member_of("Eindredacteuren"))


def errors(reply) -> object:
    """What the editor complains of."""
    form = reply.context["form"] if reply.context else reply
    return form.errors.as_data() if hasattr(form, "errors") else form


def new_lesson(client, data: dict[str, str]):
    return client.post(f"/admin/pages/add/modules/modulepage/{CataloguePage.objects.get().pk}/", data)


def test_an_author_keeps_a_draft_that_misses_makkelijk(author):
    reply = new_lesson(author, form(screen("")))
    assert reply.status_code == 302, errors(reply)
    draft = ModulePage.objects.get(code="E97")
    assert not draft.live
    page = author.get(f"/admin/pages/{draft.pk}/edit/").content.decode()
    assert "Hier mist nog tekst." in page
    assert "Stap 1, Scherm: Tekst (Makkelijk)" in page


def test_publishing_without_makkelijk_is_refused_with_an_error(publisher):
    reply = new_lesson(publisher, form(screen("")) | {"action-publish": "1"})
    assert reply.status_code == 200
    assert not ModulePage.objects.filter(code="E97").exists()
    assert "error" in reply.content.decode()


def test_a_title_without_makkelijk_is_not_published_either(publisher):
    reply = new_lesson(publisher, form(screen("Makkelijke tekst."), title_makkelijk="") | {"action-publish": "1"})
    assert reply.status_code == 200
    assert not ModulePage.objects.filter(code="E97", live=True).exists()


def test_with_both_variants_it_is_published_and_can_be_opened(publisher, client):
    reply = new_lesson(publisher, form(screen("Makkelijke tekst.")) | {"action-publish": "1"})
    assert reply.status_code == 302, errors(reply)
    page = client.get("/les/nieuwe-les/")
    assert page.status_code == 200
    assert "Makkelijke tekst." in page.content.decode()


def test_a_text_that_refers_to_nothing_is_not_published(publisher):
    reply = new_lesson(publisher, form(screen("Een [[bestaatniet]] en {F999}.")) | {"action-publish": "1"})
    assert reply.status_code == 200
    assert not ModulePage.objects.filter(code="E97").exists()


def test_the_model_itself_refuses_a_lesson_that_misses_makkelijk(lesson):
    raw = deepcopy(lesson.steps.get_prep_value())
    lesson.full_clean()
    raw[1]["value"]["text"]["makkelijk"] = ""
    lesson.steps = lesson.steps.stream_block.to_python(raw)
    with pytest.raises(ValidationError):
        lesson.steps.stream_block.clean(lesson.steps)


@pytest.mark.parametrize(("mode", "variant"), [("makkelijk", "makkelijk"), ("standaard", "standaard")])
def test_the_preview_shows_each_variant(lesson, author, mode, variant):
    assert [name for name, _ in ModulePage.preview_modes] == ["makkelijk", "standaard"]
    assert lesson.default_preview_size == "mobile"
    reply = author.get(f"/admin/pages/{lesson.pk}/view_draft/", {"mode": mode})
    assert reply.status_code == 200
    page = reply.content.decode()
    assert f'data-variant="{variant}"' in page
    assert "data-preview" in page
    assert "De proefles" in page or "Proef" in page


def test_a_preview_keeps_nothing_of_who_looks(lesson, author):
    from learning.models import Event

    author.get(f"/admin/pages/{lesson.pk}/view_draft/")
    assert not Event.objects.exists()


def test_an_author_edits_facts_and_words_but_sees_no_people(author, anna):
    for address in ("/admin/snippets/language/fact/", "/admin/snippets/language/glossaryterm/"):
        assert author.get(address).status_code == 200
    for address in ("/admin/users/", f"/admin/users/edit/{anna.pk}/", "/admin/groups/", "/admin/sites/"):
        assert author.get(address).status_code in (302, 403, 404)
    assert Fact.objects.exists()
    assert GlossaryTerm.objects.exists()


def test_learners_teachers_and_leads_get_no_admin(as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        reply = as_user(user).get("/admin/")
        assert reply.status_code == 302
        assert "inloggen" in reply.url


def test_ids_survive_an_edit_in_the_admin(lesson, publisher):
    """The editor posts the id of each step back; so does this test."""
    value = lesson.steps.get_prep_value()[1]["value"]
    picture = {"scene": "naam-weg", "photo": "", "alt": value["picture"]["alt"], "pictograms": {"count": "0"}}
    steps = {
        "count": "1",
        "0": {
            "deleted": "", "order": "0", "type": "screen", "id": "e-scherm",
            "value": {**value, "trades": {"count": "0"}, "picture": picture},
        },
    }  # fmt: skip
    data = form([], code="E99", slug="proefles") | nested_form_data({"steps": steps})
    reply = publisher.post(f"/admin/pages/{lesson.pk}/edit/", data | {"action-publish": "1"})
    assert reply.status_code == 302, errors(reply)
    assert ModulePage.objects.get(pk=lesson.pk).outline.ids == ["e-scherm"]


def test_the_code_of_a_lesson_never_changes(lesson, author):
    """Files, events and progress name the lesson by it."""
    lesson.code = "E98"
    with pytest.raises(ValidationError, match="blijft altijd hetzelfde"):
        lesson.full_clean()
    lesson.refresh_from_db()
    lesson.full_clean()


def test_the_list_of_steps_follows_what_is_published(lesson):
    assert lesson.step_ids == lesson.outline.ids
    draft = ModulePage.objects.get(pk=lesson.pk)
    del draft.steps[0]
    revision = draft.save_revision()
    assert ModulePage.objects.get(pk=lesson.pk).step_ids == lesson.outline.ids
    revision.publish()
    assert ModulePage.objects.get(pk=lesson.pk).step_ids == lesson.outline.ids[1:]
