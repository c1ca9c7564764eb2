"""Lessons as pages: where they may stand, who can open them, what they show, and when they stay the same."""

import re

import pytest
from wagtail.models import Page

from language.models import Fact
from modules.models import CataloguePage, ModulePage
from modules.panels import empty_per_step
from modules.steps import Steps, twins
from tests.conftest import load_lesson
from tests.factories import STEPS

pytestmark = pytest.mark.django_db
LES = "/les/proefles/"


def test_there_is_one_catalogue_and_it_holds_lessons_only():
    assert CataloguePage.allowed_parent_page_models() == [Page]
    assert CataloguePage.allowed_subpage_models() == [ModulePage]
    assert ModulePage.allowed_parent_page_models() == [CataloguePage]
    assert ModulePage.allowed_subpage_models() == []
    assert not CataloguePage.can_create_at(Page.objects.get(depth=1))
    assert ModulePage.can_create_at(CataloguePage.objects.get())
    assert not ModulePage.can_create_at(Page.objects.get(depth=1))


def test_addresses_are_those_of_the_learners_pages(lesson, settings):
    assert lesson.url.endswith(LES)
    assert lesson.full_url == f"{settings.BASE_URL}{LES}"
    assert CataloguePage.objects.get().url.endswith("/lessen/")


def test_only_published_lessons_can_be_opened(lesson, client):
    addresses = (LES, f"{LES}e-keuze/")
    assert [client.get(address).status_code for address in addresses] == [200, 200]
    lesson.unpublish()
    client.defaults["HTTP_SEC_FETCH_SITE"] = "same-origin"
    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert [client.post(address).status_code for address in (f"{LES}e-keuze/", f"{LES}klaar/")] == [404, 404]


def test_a_lesson_that_is_coming_cannot_be_opened(client, coming):
    assert client.get(f"/les/{coming.slug}/").status_code == 404


def test_a_draft_beside_a_live_lesson_is_not_shown(lesson, client):
    lesson.title = lesson.title_makkelijk = "Nog niet klaar"
    lesson.save_revision()
    assert "Nog niet klaar" not in client.get(LES).content.decode()


def test_the_whole_lesson_is_in_one_page(lesson, client):
    page = client.get(LES).content.decode()
    assert re.findall(r'data-step="([a-z0-9-]+)"', page) == [step["id"] for step in STEPS]
    assert f'data-revision="{lesson.live_revision_id}"' in page
    for step in Steps(lesson.steps.get_prep_value()).all:
        for path, text in twins(step.value):
            if "trades" not in path and "tiles" not in path and "[[" not in text["standaard"]:
                for variant in ("standaard", "makkelijk"):
                    assert text[variant].splitlines()[0] in page


def test_the_page_is_the_same_for_everybody(lesson, as_user, anna, bram):
    """No name and no token in it, so that a phone can keep it."""
    pages = {as_user(user).get(LES).content for user in (None, anna, bram)}
    assert len(pages) == 1


@pytest.mark.parametrize(
    ("trade", "shows"),
    [("zorg", "Voor de zorg alleen."), ("bouw", "Voor iedereen."), ("", "Voor iedereen."), ("<x>", "Voor iedereen.")],
)
def test_the_learners_trade_picks_the_version_of_the_scene(lesson, client, trade, shows):
    client.cookies["vak"] = trade
    page = client.get(LES).content.decode()
    assert shows in page
    assert {"Voor de zorg alleen.", "Voor iedereen."} - {shows} == {
        text for text in ("Voor de zorg alleen.", "Voor iedereen.") if text not in page
    }
    assert "<x>" not in page


def test_a_second_visit_costs_nothing_when_nothing_changed(lesson, client):
    first = client.get(LES)
    tag = first.headers["ETag"]
    assert "no-cache" in first.headers["Cache-Control"]
    assert "private" in first.headers["Cache-Control"]
    again = client.get(LES, headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == tag
    assert sum(len(name) + len(value) for name, value in again.headers.items()) < 700


def test_a_phone_hears_of_an_edited_fact(lesson, client):
    tag = client.get(LES).headers["ETag"]
    fact = Fact.objects.get(code="F901")
    fact.text_standaard = "Dit is veranderd."
    fact.save()
    again = client.get(LES, headers={"if-none-match": tag})
    assert again.status_code == 200
    assert "Dit is veranderd." in again.content.decode()
    assert again.headers["ETag"] != tag


def test_a_compressed_page_can_be_asked_again_too(lesson, client):
    first = client.get(LES, headers={"accept-encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    headers = {"accept-encoding": "gzip", "if-none-match": first.headers["ETag"]}
    assert client.get(LES, headers=headers).status_code == 304


def test_each_page_of_one_learner_is_kept_for_that_learner_only(lesson, as_user, anna):
    client = as_user(anna)
    for address in ("/mijn/", "/lessen/", f"{LES}e-keuze/"):
        control = client.get(address).headers["Cache-Control"]
        assert "no-store" in control
        assert "private" in control


def test_where_text_misses_is_said_in_the_words_of_the_editor(lesson):
    raw = lesson.steps.get_prep_value()
    assert empty_per_step(Steps(raw)) == []
    raw[3]["value"]["question"]["makkelijk"] = ""
    raw[3]["value"]["options"][1]["value"]["why"]["makkelijk"] = ""
    raw[0]["value"]["title"] = {"standaard": "", "makkelijk": ""}
    assert empty_per_step(Steps(raw)) == [
        "Stap 1, Haakje: Titel",
        "Stap 4, Keuze: Vraag (Makkelijk), Antwoorden 2 › Waarom goed, of waar kijk je dan naar (Makkelijk)",
    ]


def test_a_lesson_without_steps_does_not_break(tmp_path, client):
    lesson = load_lesson(tmp_path, status="announced", steps=[])
    lesson.save_revision().publish()
    assert "staan nog geen stappen" in client.get(LES).content.decode()
