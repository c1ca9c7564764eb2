"""Words of the list are marked wherever a learner reads: lessons, trades, pages of a step, questions that return."""

import re
from datetime import timedelta

import pytest

from assessments.models import Response
from language.models import GlossaryTerm
from tests.conftest import load_lesson
from tests.factories import lesson_file, twin

pytestmark = pytest.mark.django_db
LES = "/les/proefles/"
QUESTION = twin("Is dit een proefwoord? Welk proefwoord?", "Proefwoord?")
WHY = twin("Twee proefwoorden zijn goed.", "Het proefwoord is goed.")


def marked(page: str) -> list[str]:
    return re.findall(r'<a class="word" href="/woord/proefwoord/">(.*?)</a>', page)


def step(page: str, name: str) -> str:
    return next(part for part in page.split("<section class=") if f'data-step="{name}"' in part)


@pytest.fixture
def words(tmp_path, lesson):
    """The lesson, with words in a question, in its feedback and in the text for one trade."""
    GlossaryTerm.objects.exclude(slug="proefwoord").delete()
    options = [{"id": f"e-o{n}", "text": twin(f"proefwoord {n}"), "why": WHY} for n in (1, 2)]
    options[0]["right"] = True
    zorg = {"zorg": twin("In de zorg: een proefwoord.", "Een proefwoord.")}
    changes = {
        "e-scherm": {"text": twin("Hier staat niets.", "Niets."), "trades": zorg},
        "e-keuze": {"question": QUESTION, "options": options},
    }
    steps = [step | changes.get(step["id"], {}) for step in lesson_file()["steps"]]
    return load_lesson(tmp_path, steps=steps)


def test_a_question_and_each_feedback_mark_a_word_once_and_answers_never(words, client):
    shown = step(client.get(LES).content.decode(), "e-keuze")
    question, *whys = shown.split('<div class="why"')
    assert marked(question) == ["proefwoord", "Proefwoord"]
    assert [marked(why) for why in whys] == [[], []]  # it was marked in the question, on the same screen
    assert not re.search(r"<button[^>]*>(?:(?!</button>).)*class=\"word\"", question, re.DOTALL)


def test_the_text_of_a_trade_marks_its_own_words(words, client):
    assert marked(step(client.get(LES).content.decode(), "e-scherm")) == []
    client.cookies["vak"] = "zorg"
    assert marked(step(client.get(LES).content.decode(), "e-scherm")) == ["proefwoord", "proefwoord"]


def test_the_page_of_a_step_marks_a_word_once_and_carries_its_meaning(words, phone):
    asked = phone.client.get(f"{LES}e-keuze/").content.decode()
    assert marked(asked) == ["proefwoord", "Proefwoord"]
    assert 'data-word="proefwoord"' in asked
    told = phone.client.post(f"{LES}e-keuze/", {"response": "e-o2"}, follow=True).content.decode()
    assert marked(told) == ["proefwoorden", "proefwoord"]  # in the feedback, which is read first
    assert "Kijk hiernaar" in told


def test_a_question_that_comes_back_marks_its_words(words, phone_of, anna):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())
    for row in Response.objects.all():
        Response.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(days=30))
    page = phone.client.get("/herhalen/").content.decode()
    assert marked(step(page, "e-keuze").split('<div class="why"')[0]) == ["proefwoord", "Proefwoord"]
    assert 'data-word="proefwoord"' in page


def test_a_page_without_words_carries_no_sheet(client):
    page = client.get("/wie-ziet-wat/").content.decode()
    assert 'id="blad"' not in page
    assert 'id="woorden"' not in page
