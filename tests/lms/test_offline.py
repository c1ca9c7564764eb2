"""What a phone needs to open Kortwijs without signal."""

import re
import subprocess

import brotli
import pytest
from django.conf import settings

from lms.bundles import EXPORTING, join_js, source_of
from lms.compression import smallest
from lms.offline import WORKER, worker_file

pytestmark = pytest.mark.django_db


def test_the_worker_looks_after_the_whole_site_and_may_ask_no_other_host(client):
    reply = client.get("/sw.js", headers={"accept-encoding": "br"})
    assert reply.headers["Service-Worker-Allowed"] == "/"
    assert reply.headers["Content-Type"].startswith("text/javascript")
    assert reply.headers["Content-Encoding"] == "br"
    assert reply.headers["Cache-Control"] == "max-age=3600"
    assert len(reply.content) < 2500


def test_the_worker_is_one_script_that_never_touches_a_post():
    text = worker_file().plain.decode()
    assert not re.search(r"\b(import|export)\b(?!\()", text)
    assert '"GET"' in text
    assert "POST" not in text


def test_a_worker_is_the_same_as_long_as_its_files_are():
    assert worker_file().plain.decode() == join_js({part: source_of(part) for part in WORKER})


@pytest.mark.parametrize("address", ["/sw.js", "/app.webmanifest", "/zonder-internet/"])
def test_who_asks_makes_no_difference_and_nothing_is_set(as_user, anna, client, address):
    mine, theirs = as_user(anna).get(address), client.get(address)
    assert mine.content == theirs.content
    assert not theirs.cookies


@pytest.mark.parametrize("address", ["/sw.js", "/app.webmanifest", "/zonder-internet/"])
def test_what_is_only_to_be_read_takes_no_post(client, address):
    assert client.post(address, {"x": "y" * 10_000}).status_code in (403, 405)


def test_the_page_for_no_signal_may_be_kept_and_names_all_that_it_needs(client):
    page = client.get("/zonder-internet/")
    assert "no-store" not in page.headers["Cache-Control"]
    assert page.headers["ETag"]
    text = page.content.decode()
    assert "Geen internet" in text
    assert "We bewaren alles." in text
    assert re.findall(r'(?:src|href)="/static/(\w+)\.', text).count("site") == 2


def test_the_app_has_icons_of_our_own_and_begins_at_home(client):
    told = client.get("/app.webmanifest").json()
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert "maskable" in {icon["purpose"] for icon in told["icons"]}
    assert all(icon["src"].startswith(settings.STATIC_URL) for icon in told["icons"])
    assert (told["start_url"], told["scope"], told["lang"]) == ("/mijn/", "/", "nl")


def test_pages_around_lessons_name_the_app_and_lessons_stay_light(as_user, lesson):
    assert 'rel="manifest"' in as_user(None).get("/mijn/").content.decode()
    assert 'rel="manifest"' not in as_user(None).get("/les/laat-het-weg/").content.decode()


def test_the_script_of_the_worker_is_in_no_page():
    assert "sw.js" not in EXPORTING


def test_a_kept_page_shows_one_form_of_each_photo():
    page = (
        "<h1>A</h1><picture>"
        '<source type="image/avif" srcset="/bestanden/beeld/a.360.avif 360w, /bestanden/beeld/a.720.avif 720w">'
        '<source type="image/webp" srcset="/bestanden/beeld/a.360.webp 360w, /bestanden/beeld/a.720.webp 720w">'
        '<img src="/bestanden/beeld/a.jpg" width="720" height="400" alt="Een tas"></picture><p>B</p>'
        '<picture><source type="image/webp" srcset="/bestanden/beeld/b.webp 300w">'
        '<img src="/bestanden/beeld/b.jpg" width="300" height="200" alt=""></picture><p>C</p>'
    )
    for sent in (page, brotli.decompress(smallest(page.encode())).decode()):
        kept = _as_kept(sent)
        assert re.findall(r'src="([^"]*)"', kept) == ["/bestanden/beeld/a.720.webp", "/bestanden/beeld/b.webp"]
        assert "srcset" not in kept
        assert "Een tas" in kept
        assert re.findall(r">([ABC])<", kept) == ["A", "B", "C"]


def test_a_page_without_photos_is_kept_as_it_came(client):
    page = client.get("/zonder-internet/").content.decode()
    assert _as_kept(page) == page


def _as_kept(page: str) -> str:
    script = settings.BASE_DIR / "tests" / "node" / "one_photo.mjs"
    done = subprocess.run(["node", str(script)], input=page, capture_output=True, text=True, check=True)
    return done.stdout
