"""What a lesson says is what it shows: every line, in both variants and for every trade."""

import json
import re
from copy import copy

import pytest
from bs4 import BeautifulSoup, Tag
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from language.models import Fact, GlossaryTerm
from language.services import decide_form
from lms.speech import site_lines
from media.models import Clip, Script
from media.speech.services import make_script, refresh_script
from media.speech.sources import Line, all_names
from media.speech.words import normal
from media.tasks import make_speech, sweep_speech
from modules.models import ModulePage
from modules.speech import lesson_lines, name_of, sound_status, spoken_line
from tests.conftest import CURRICULUM, load_lesson
from tests.factories import STEPS

pytestmark = pytest.mark.django_db
# What the player reads (language/static/language): outer texts that hold others are left out.
READABLE = "h1, h2, h3, h4, p, li, legend, figcaption, dt, dd, summary, .choice, label, .ask-card > .tag"
OWN = re.compile(r"Jij bent|minuten$|^Stap \d|Vandaag:|^\d")  # put together on the phone, or a number by itself


@pytest.fixture
def quick(settings, tmp_path) -> None:
    settings.SPEECH_BACKENDS = ["fake"]
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker) -> list[Line]:
    with django_db_blocker.unblock():
        return site_lines()


@pytest.fixture
def short(quick, tmp_path) -> ModulePage:
    """A lesson of a few steps, so that making its sound takes no time."""
    return load_lesson(tmp_path, steps=[step for step in STEPS if step["id"] in ("e-haakje", "e-scherm", "e-keuze")])


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(make_speech, "delay", names.append)
    monkeypatch.setattr(sweep_speech, "delay", lambda: names.append("sweep"))
    return names


def lines_on_screen(page: ModulePage, trade: str) -> set[str]:
    """The texts of a rendered lesson as someone with this trade can come to see them, in either variant."""
    client = Client()
    client.cookies["vak"] = trade
    whole = BeautifulSoup(client.get(f"/les/{page.slug}/").content, "html.parser")
    for gone in whole.select(".nojs, select, [aria-hidden=true], svg, script, style, header, noscript"):
        gone.decompose()
    readable = [one for one in whole.select(READABLE) if not one.select(READABLE) and not one.find_parent(class_="vh")]
    texts = [normal(text) for one in readable for text in in_each_variant(one)]
    return {text for text in texts if text and not OWN.search(text)}


def in_each_variant(element: Tag) -> list[str]:
    if not element.select("[data-v]"):
        return [text_of(element)]
    found = []
    for other in ("standaard", "makkelijk"):
        one = copy(element)
        for gone in one.select(f"[data-v={other}]"):
            gone.decompose()
        found.append(text_of(one))
    return found


def text_of(element: Tag) -> str:
    for line in element.select(".line, br"):
        line.append("\n")
    return element.get_text()


@pytest.mark.parametrize("code", ["E99", *sorted(file.name for file in (CURRICULUM / "modules").iterdir())])
def test_every_line_on_screen_is_said(lesson, code, site):
    page = ModulePage.objects.get(code=code)
    lines = [*lesson_lines(page), *site]
    said = {line.text for line in lines} | {sentence for line in lines for sentence in line.sentences}
    trades = [version["value"]["trade"] for step in page.outline.all for version in step.value.get("trades", [])]
    for trade in ["", *sorted(set(trades))[:1]]:
        shown = lines_on_screen(page, trade)
        assert len(shown) > 10
        unsaid = {text for text in shown - said if not set(spoken_line(text).sentences) <= said}
        assert unsaid == set()


def test_facts_are_filled_in_and_marks_are_gone(lesson):
    texts = [line.text for line in lesson_lines(lesson)]
    assert "Een proefwoord, sterk. Het feit van de proefles." in texts
    assert "Voor de zorg alleen." in texts
    assert "Een woord om te proberen." in texts
    assert not any(re.search(r"\*\*|\[\[|\{F", text) for text in texts)
    assert all(text == normal(text) for text in texts)


def test_publishing_asks_for_sound_once(short, sent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        short.save_revision().publish()
    assert sent == ["les:E99"]


def test_a_draft_changes_no_sound(short, sent, django_capture_on_commit_callbacks):
    make_script("les:E99")
    short.title = "Alleen in het concept"
    with django_capture_on_commit_callbacks(execute=True):
        short.save_revision()
    assert sent == []
    refresh_script("les:E99")
    assert not Clip.objects.filter(text="Alleen in het concept").exists()


def test_a_published_change_makes_only_what_changed(short):
    make_script("les:E99")
    before = set(Clip.objects.values_list("key", flat=True))
    short.title = "Een nieuwe titel."
    short.save_revision().publish()
    make_script("les:E99")
    assert [clip.text for clip in Clip.objects.exclude(key__in=before)] == ["Een nieuwe titel."]
    made, wanted, failed = sound_status(short)
    assert made == wanted > 10
    assert failed == 0


def test_a_form_that_an_author_confirms_is_looked_at_too(short, sent, django_capture_on_commit_callbacks):
    """A lesson may now explain a word that it did not before."""
    transaction.get_connection().run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        decide_form(term=GlossaryTerm.objects.get(slug="datalek"), form="lekje", refused=False)
    assert sent == ["sweep"]


def test_another_fact_is_another_sound_in_every_lesson_with_it(short, sent, django_capture_on_commit_callbacks):
    make_script("les:E99")
    fact = Fact.objects.get(code="F901")
    fact.text_standaard = "Het feit is nu anders."
    transaction.get_connection().run_on_commit.clear()  # what loading the lesson asked for
    with django_capture_on_commit_callbacks(execute=True):
        fact.save()
        GlossaryTerm.objects.get(slug="proefwoord").save()
    assert sent == ["sweep"]
    make_script("les:E99")
    assert Clip.objects.made().filter(text="Het feit is nu anders.").exists()


def test_a_lesson_that_goes_offline_is_not_said_any_more(short, client):
    make_script("les:E99")
    assert client.get("/geluid/les/proefles.json").json()["lines"]
    short.unpublish()
    assert client.get("/geluid/les/proefles.json").status_code == 404
    assert "les:E99" not in all_names()
    assert refresh_script("les:E99") is None
    assert not Script.objects.filter(name="les:E99").exists()


def test_a_lesson_that_is_only_announced_has_no_sound(coming, client):
    assert client.get(f"/geluid/les/{coming.slug}.json").status_code == 404


def test_a_lesson_says_all_in_the_form_of_the_contract(short, client):
    make_script("les:E99")
    reply = client.get("/geluid/les/proefles.json")
    assert not reply.cookies
    assert "Cookie" not in reply.get("Vary", "")
    assert client.get("/geluid/les/proefles.json", headers={"if-none-match": reply["ETag"]}).status_code == 304
    found = reply.json()
    assert set(found) == {"lines", "low"}
    assert found["low"] is True
    for text, clips in found["lines"].items():
        for clip in clips:
            assert set(clip) == {"key", "at", "words", "ms"}
            start, end = clip["at"]
            for begin, stop, t0, t1 in clip["words"]:
                assert start <= begin < stop <= end <= len(text)
                assert 0 <= t0 <= t1 <= clip["ms"]
        assert all(clip["key"] for clip in clips)
    assert client.get(f"/geluid/{clips[0]['key']}.webm").status_code == 200


def test_offsets_are_the_same_for_a_browser():
    """A browser counts in UTF-16; as long as our texts have no signs outside the first plane that is the same."""
    for page in ModulePage.objects.live():
        assert all(ord(sign) < 0x10000 for line in lesson_lines(page) for sign in line.text)


def test_reading_the_sound_of_a_lesson_takes_few_queries(short, client, django_assert_max_num_queries):
    make_script("les:E99")
    with django_assert_max_num_queries(5):
        etag = client.get("/geluid/les/proefles.json")["ETag"]
    with django_assert_max_num_queries(3):
        client.get("/geluid/les/proefles.json", headers={"if-none-match": etag})


def test_the_sound_of_the_site_holds_buttons_words_and_questionnaires(site):
    said = {line.text for line in site}
    assert {"Klopt.", "Nog niet.", "Kijk hiernaar", "Verder", "Kan nu niet voorlezen."} <= said
    count = len(ModulePage.objects.get(code="B2").step_ids)
    assert f"Stap {count} van {count}" in said
    assert GlossaryTerm.objects.get(slug="datalek").explanation in said
    assert "Waar werk of leer je?" in said
    assert not any("…" in text[:1] or "#" in text[:1] for text in said)


def test_a_page_that_is_no_lesson_has_no_sound(lesson):
    root = Page.objects.get(depth=1)
    assert name_of(lesson) == "les:E99"
    assert f"les:{root.slug}" not in all_names()
    assert json.dumps(all_names())
