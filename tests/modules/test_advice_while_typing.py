"""The editor asks what could be easier in the texts as they stand; only who writes lessons gets an answer."""

import json

import pytest

from language.models import HardWord
from modules.advice import MOST_BYTES, MOST_LETTERS
from people.models import User

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/leesbaarheid/"
LONG = "Dit is een zin die veel te lang is voor wie moeite heeft met lezen."
NAME = "steps-1-value-text-makkelijk"


@pytest.fixture
def author(as_user):
    from modules.authors import ensure_author_group
    from modules.models import CataloguePage

    eva = User.objects.create_user("eva")
    eva.groups.add(ensure_author_group(CataloguePage.objects.get()))
    return as_user(eva)


def field(text: object, name: str = NAME, variant: str = "makkelijk", place: str = "Stap 2, Makkelijk") -> dict:
    return {"name": name, "variant": variant, "place": place, "text": text}


def ask(client, *fields: dict):
    return client.post(ADDRESS, json.dumps({"fields": fields}), content_type="application/json")


def test_a_text_gets_its_level_and_what_could_be_easier(author):
    HardWord.objects.get_or_create(term="structureel", defaults={"plainer": "blijvend"})
    told = ask(author, field("Het is structureel.\nHet wordt gedaan.")).json()["fields"][NAME]
    assert [one["text"] for one in told["messages"]] == [
        "Moeilijk woord: 'structureel'. Probeer: blijvend.",
        "Lijdende vorm ('wordt ...'). Zeg wie het doet.",
    ]
    assert told["level"] == "B1"


def test_the_page_says_level_minutes_and_what_blocks(author):
    told = ask(author, field(LONG), field("Een gewone tekst.", "title", "standaard", "Titel")).json()
    assert told["blocks"] == ["Stap 2, Makkelijk: Zin van 15 woorden (hoogstens 12). Maak er twee of meer zinnen van."]
    assert told["variants"] == [
        {"name": "Gewoon", "said": "niveau A2, lezen 1 minuut, luisteren 1 minuut"},
        {"name": "Makkelijk", "said": "niveau B1, lezen 1 minuut, luisteren 1 minuut"},
    ]


def test_versions_per_trade_are_advised_and_cost_no_minutes(author):
    many = "\n".join(["Dit is een korte zin."] * 100)
    trade = ask(author, field(many, "steps-1-value-trades-0-value-text-makkelijk")).json()
    assert "lezen 0 minuten" in str(trade["variants"])
    assert "lezen 5 minuten" in str(ask(author, field(many)).json()["variants"])


def test_the_editor_shows_what_is_saved_before_anyone_types(author, lesson):
    page = author.get(f"/admin/pages/{lesson.pk}/edit/").content.decode()
    assert "<b>Makkelijk</b>: <span>niveau " in page
    assert "modules/advice" in page


BAD = [
    b"", b"{", b"[]", b"null", b'{"fields": 1}', b'{"fields": "ab"}', b'{"fields": [{}]}', b"[" * 100_000, b"\xff\xfe",
    json.dumps({"fields": [field(None)]}).encode(), json.dumps({"fields": [field(["x"])]}).encode(),
    json.dumps({"fields": [field("x", variant="geheim")]}).encode(),
    json.dumps({"fields": [field("x" * (MOST_LETTERS + 1))]}).encode(),
]  # fmt: skip


@pytest.mark.parametrize("body", BAD, ids=range(len(BAD)))
def test_what_no_editor_sends_gets_a_clear_no(author, body):
    reply = author.post(ADDRESS, body, content_type="application/json")
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_more_than_a_lesson_can_hold_is_refused_unread(author):
    assert author.post(ADDRESS, b"x" * (MOST_BYTES + 1), content_type="application/json").status_code == 413
    assert author.get(ADDRESS).status_code == 405


@pytest.mark.parametrize(
    "text", ["\ud800x \udfff", "\x00", "<script>alert(1)</script>", "{F9} [[", "a" * 10_000, "(" * 9_999]
)
def test_odd_letters_are_read_like_any_other(author, text):
    assert ask(author, field(text)).status_code == 200


def test_who_writes_no_lessons_gets_nothing(as_user, anna, bram, chantal, driss):
    for user in (anna, bram, chantal, driss, None):
        assert ask(as_user(user), field("Een tekst.")).status_code in (302, 403)
