"""The catalogue: found by words, trade and level; kind when nothing is found; nothing asked is kept."""

import html
import logging
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from modules.models import ModulePage
from modules.services import load_curriculum
from tests.factories import UserFactory, curriculum_folder, lesson_file, twin

pytestmark = pytest.mark.django_db


def short(**changes: Any) -> dict[str, Any]:
    """A lesson of a few steps, as a curriculum file holds it."""
    whole = lesson_file(**changes)
    return {**whole, "steps": [step for step in whole["steps"] if step["type"] in ("hook", "dit_doe_ik", "card")]}


@pytest.fixture
def lessons(tmp_path):
    """Four lessons: one for everybody, one for care, one for shops and leads, one that is announced."""
    load_curriculum(
        curriculum_folder(
            tmp_path,
            short(id="E91", slug="olifant", title=twin("Een olifant herkennen", "De olifant"), track="A"),
            short(id="E92", slug="neushoorn", title=twin("De olifant en de neushoorn"), track="C",
                        trades=["zorg"], prerequisites=["E91", "E94"]),
            short(id="E93", slug="giraffe", title=twin("Giraffe voor leiders"), track="C",
                        trades=["winkel"], levels=["L"]),
            short(id="E94", slug="zebra", title=twin("De zebra"), status="announced"),
        )
    )  # fmt: skip
    ModulePage.objects.exclude(code__startswith="E9").update(live=False, announced=False)


def text(client: Client, **asked: str) -> str:
    """The words of the page, as people read them."""
    reply = client.get("/lessen/", asked)
    assert reply.status_code == 200
    main = reply.content.decode().split("<main", 1)[1].split("</main>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def told(client: Client, **asked: str) -> str:
    """What the page says it shows."""
    page = client.get("/lessen/", asked).content.decode()
    said = re.search(r'<p role="status">(.*?)</p>', page, re.DOTALL)[1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", said)).split())


def found(client: Client, **asked: str) -> list[str]:
    """The lessons on the page that can be opened, in order."""
    page = client.get("/lessen/", asked).content.decode()
    return re.findall(r'class="stop" href="/les/([\w-]+)/"', page)


@pytest.mark.usefixtures("lessons")
class TestSearching:
    @pytest.mark.parametrize("typed", ["olifant", "olifanten", "oliefant", "OLIVANT", "olif", "  olifant  "])
    def test_a_typing_error_still_finds_the_lesson(self, client, typed):
        assert found(client, zoek=typed) == ["olifant", "neushoorn"]

    def test_the_best_lesson_comes_first_and_the_page_says_what_it_shows(self, client):
        assert found(client, zoek="neushoorn olifant") == ["neushoorn", "olifant"]
        assert told(client, zoek="olifant") == "2 lessen over olifant."
        assert told(client, zoek="giraffe") == "1 les over giraffe."

    def test_an_announced_lesson_is_found_and_said_to_come(self, client):
        assert told(client, zoek="zebra") == "1 les over zebra. 1 daarvan komt nog."
        assert "De zebra" in text(client, zoek="zebra")
        assert found(client, zoek="zebra") == []

    def test_nothing_found_offers_the_nearest_word_and_every_lesson(self, client):
        page = client.get("/lessen/", {"zoek": "olofunk"}).content.decode()
        assert told(client, zoek="olofunk") == "Er is nog geen les over olofunk. Hieronder staan alle lessen."
        assert 'Bedoel je:</span> <a href="?zoek=olifant"><bdi>olifant?</bdi></a>' in page
        assert len(found(client, zoek="olofunk")) == 3
        assert found(client, zoek="olifant")

    def test_what_is_like_nothing_gets_no_wild_guess(self, client):
        assert "Bedoel je" not in text(client, zoek="qwrtpsdfg")
        assert len(found(client, zoek="qwrtpsdfg")) == 3

    def test_the_word_stays_in_the_box_and_the_choice_stays_with_the_form(self, client):
        page = client.get("/lessen/", {"zoek": "olifant", "vak": "zorg", "voor": "W"}).content.decode()
        assert re.search(r'<input id="zoek" name="zoek" type="search" value="olifant"', page)
        assert '<input type="hidden" name="vak" value="zorg">' in page
        assert '<input type="hidden" name="voor" value="W">' in page

    def test_the_switch_of_text_keeps_the_question(self, client):
        page = client.get("/lessen/", {"zoek": "olifant & co", "voor": "W"}).content.decode()
        assert 'href="?zoek=olifant+%26+co&amp;voor=W&amp;soort=gewoon"' in page
        assert 'href="?soort=gewoon"' in client.get("/lessen/").content.decode()


@pytest.mark.usefixtures("lessons")
class TestChoosing:
    def test_a_lesson_without_a_trade_is_for_every_trade(self, client):
        assert found(client, vak="zorg") == ["olifant", "neushoorn"]
        assert found(client, vak="horeca") == ["olifant"]
        assert found(client, vak="") == ["olifant", "neushoorn", "giraffe"]

    def test_trade_level_and_words_go_together(self, client):
        assert found(client, voor="L") == ["giraffe"]
        assert found(client, zoek="olifant", vak="winkel", voor="W") == ["olifant"]
        assert told(client, zoek="olifant", vak="zorg", voor="W") == "2 lessen over olifant, voor Zorg, medewerkers."
        assert told(client, vak="zorg") == "3 lessen voor Zorg. 1 daarvan komt nog."

    @pytest.mark.parametrize("asked", [{"vak": "ruimtevaart"}, {"voor": "9"}, {"voor": "L1"}, {"vak": "<b>"}])
    def test_what_is_not_in_the_lists_is_ignored(self, client, asked):
        assert found(client, **asked) == found(client)
        assert told(client, **asked) == told(client)

    def test_the_learners_own_trade_is_chosen_until_another_is_asked_for(self, client):
        client.cookies["vak"] = "zorg"
        assert found(client) == ["olifant", "neushoorn"]
        page = client.get("/lessen/").content.decode()
        assert "Voor jou: <b>Zorg</b>" in page
        assert 'href="?vak=">Toon alles</a>' in page
        assert 'href="/vak/"' in page
        assert found(client, vak="") == ["olifant", "neushoorn", "giraffe"]
        assert found(client, vak="winkel") == ["olifant", "giraffe"]
        assert "Voor jou" not in text(client, vak="winkel")
        assert 'name="vak"' not in page  # searching does not change who chose it

    @pytest.mark.parametrize("trade", ["", "ruimtevaart", "<script>"])
    def test_a_trade_that_is_none_chooses_nothing(self, client, trade):
        client.cookies["vak"] = trade
        assert len(found(client)) == 3
        assert "Voor jou" not in text(client)

    def test_what_only_others_have_is_one_tap_away(self, client):
        client.cookies["vak"] = "bouw"
        page = client.get("/lessen/", {"zoek": "giraffe"}).content.decode()
        assert told(client, zoek="giraffe") == "Er is nog geen les over giraffe, voor Bouw en techniek. " + (
            "Hieronder staan alle lessen."
        )
        assert 'href="?zoek=giraffe&amp;vak=">Toon 1 les voor anderen</a>' in page
        assert found(client, zoek="giraffe", vak="") == ["giraffe"]

    def test_a_choice_without_lessons_shows_every_lesson(self, client):
        assert told(client, voor="O") == "Er is nog geen les voor ondernemers. Hieronder staan alle lessen."
        assert len(found(client, voor="O")) == 3

    def test_each_choice_is_a_link_that_keeps_the_rest(self, client):
        page = client.get("/lessen/", {"zoek": "olifant", "vak": "zorg"}).content.decode()
        links = [dict(parse_qsl(html.unescape(link), keep_blank_values=True))
                 for link in re.findall(r'class="btn btn-s" href="\?([^"]*)"', page)]  # fmt: skip
        assert len(links) == 1 + 9 + 1 + 8
        assert all(link["zoek"] == "olifant" for link in links)
        assert [link for link in links if link.get("voor") == "L"] == [{"zoek": "olifant", "vak": "zorg", "voor": "L"}]
        assert page.count('aria-current="true"') == 3  # the variant, the trade, 'Iedereen'


@pytest.mark.usefixtures("lessons")
class TestWhatComesFirst:
    def test_a_card_names_what_is_better_done_first(self, client):
        page = text(client)
        assert page.count("Eerst:") == 1
        assert "Eerst: Een olifant herkennen · De zebra" in page
        assert "De olifant · De zebra nu" in page

    def test_what_is_done_is_not_named_any_more(self, phone_of, anna):
        phone = phone_of(anna)
        phone.lesson = ModulePage.objects.get(code="E91")
        phone.keep(*phone.whole_lesson())
        assert "Eerst: De zebra" in text(phone.client)
        assert "Eerst: Een olifant" not in text(phone.client)

    def test_a_lesson_that_is_gone_is_not_named(self, client):
        ModulePage.objects.filter(code__in=["E91", "E94"]).update(live=False, announced=False)
        assert "Eerst:" not in text(client)


HOSTILE = {
    "10,000 letters": "wachtwoord" * 1000,
    "10,000 words": "ab " * 3333,
    "punctuation": "!?.,;:'\"()[]{}|/\\-_=+*&^%$#@~`",
    "emoji": "🙂🙃👩‍👩‍👧‍👦",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": '" autofocus onfocus=alert(1) x="',
    "sql": "'; DROP TABLE modules_modulepage; --",
    "template": "{{ settings.SECRET_KEY }}{% debug %}",
    "right to left": "\u202egnaw\u202c \u2067olifant\u2069 \u200f",
    "null byte": "olifant\x00",
    "controls": "".join(map(chr, range(32))) + "\x7f\x85",
    "half a character": "\ud83d",
    "combining": "a" + "\u0301" * 5000,
    "only spaces": " \t\n\u00a0\u3000" * 100,
    "long letter": "ﷺ" * 100,
    "stop words": "de het een",
}


@pytest.mark.usefixtures("lessons")
@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_break_nothing_and_stay_words(client, typed):
    asked = urlencode({"zoek": typed}, errors="surrogatepass")
    page = client.get(f"/lessen/?{asked}").content.decode()
    assert len(found(client)) == 3
    assert len(page) < len(client.get("/lessen/?zoek=olofunk").content.decode()) + 30_000
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page.replace("&gt;", "")
    assert not re.search(r'value="[^"]*" autofocus', page)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069\u200f]", page)
    assert re.search('<input id="zoek"[^>]* value="([^"]*)"', page)
    assert len(html.unescape(re.search('<input id="zoek"[^>]* value="([^"]*)"', page)[1])) <= 80


@pytest.mark.usefixtures("lessons")
def test_a_null_byte_in_the_address_is_no_error(client):
    assert found(Client(), zoek="olifant\x00") == ["olifant", "neushoorn"]
    assert client.get("/lessen/?zoek=%00&vak=%00&voor=%00").status_code == 200
    assert client.get("/lessen/?zoek=%ff%fe").status_code == 200
    assert client.get("/lessen/?zoek=a&zoek=olifant").status_code == 200


def everything_kept() -> str:
    """Every row of every table, as text."""
    return "\n".join(str(list(model._default_manager.values())) for model in apps.get_models())


def test_what_was_searched_is_kept_nowhere(lessons, as_user, anna, caplog):
    client = as_user(anna)
    with caplog.at_level(logging.DEBUG):
        for typed in ("koekoeksklok", "olifantenkoekoeksklok"):
            reply = client.get("/lessen/", {"zoek": typed})
    assert "koekoeksklok" in reply.content.decode()
    assert "koekoeksklok" not in everything_kept()
    assert "koekoeksklok" not in "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    assert not [name for name, cookie in client.cookies.items() if "koekoek" in cookie.value]
    assert "no-store" in reply.headers["Cache-Control"]


def test_the_page_asks_ten_queries_at_most_however_much_there_is(phone_of, anna, tmp_path):
    phone = phone_of(anna)
    phone.keep(*phone.whole_lesson())

    def queries() -> list[int]:
        return [asking(asked) for asked in ("", "?zoek=wachtwoort", "?zoek=qwrtpsdfg", "?zoek=olifant&vak=zorg&voor=W")]

    def asking(asked: str) -> int:
        phone.client.get(f"/lessen/{asked}")  # the index is made
        cache.clear()
        with CaptureQueriesContext(connection) as seen:
            assert phone.client.get(f"/lessen/{asked}").status_code == 200
        return len(seen)

    before = queries()
    assert max(before) <= 10
    (tmp_path / "more").mkdir()
    more = [short(id=f"E{n}", slug=f"les-{n}", prerequisites=["E99"]) for n in range(50, 70)]
    load_curriculum(curriculum_folder(tmp_path / "more", lesson_file(), *more))
    for _ in range(5):
        other = phone_of(UserFactory())
        other.lesson = ModulePage.objects.get(code="E99")
        other.keep(other.event("e-haakje"))
    assert queries() == before


def test_the_first_search_of_a_process_stays_within_ten_queries_too(phone_of, anna, django_assert_max_num_queries):
    from modules.queries import _index_of

    phone = phone_of(anna)
    _index_of.cache_clear()
    cache.clear()
    with django_assert_max_num_queries(10):
        phone.client.get("/lessen/?zoek=wachtwoord")
