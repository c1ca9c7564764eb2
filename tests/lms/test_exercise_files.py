"""A page loads the script of the kinds of exercise that it has, and of no other."""

import gzip
import hashlib
import re
from base64 import b64encode

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured

from assessments.exercises import KINDS
from lms import exercise_files
from lms.bundles import BUNDLES, LESSON_LATER, BundleStorage, exported_names, imported_names, source_of
from lms.compression import smallest
from lms.exercise_files import LATER, address_of, exercise_file, needed_files, style_in_page

pytestmark = pytest.mark.django_db
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}


@pytest.mark.parametrize("kind", KINDS)
def test_the_script_of_a_kind_defines_its_element_and_imports_only_what_the_lesson_has(kind):
    text = exercise_file([kind], "js").plain.decode()
    first, rest = text.split("\n", 1)
    assert f'"kw-{kind}"' in rest
    assert not re.search(r"^(import|export)\b", rest, re.MULTILINE)
    names = re.fullmatch(r'import\{([\w,]+)\}from"(/static/lesson\.\w+\.js|/static/lesson\.js)";', first)
    assert names, first
    assert set(names[1].split(",")) <= set(
        BundleStorage().collected_bundle("lesson.js").split("export{")[1][:-1].split(",")
    )


def test_all_kinds_together_are_one_script():
    text = exercise_file(KINDS, "js").plain.decode()
    assert all(f'"kw-{kind}"' in text for kind in KINDS)


def test_a_lesson_asks_for_its_own_kinds_only_and_for_the_first_one_first(as_user, lesson):
    page = as_user(None).get("/les/laat-het-weg/").content.decode()
    head, _, body = page.partition("</head>")
    (first,) = re.findall(r'src="(/opdrachten/[^"]+\.js)"', head)
    (later,) = re.findall(r'src="(/opdrachten/[^"]+\.js)"', body)
    assert first == address_of(["sorteer"], "js")
    assert later == address_of(["dit_doe_ik", "keuze", "oefenchat", "waar_onwaar", LATER], "js")
    assert head.index("lesson.") < head.index(first) < head.index("<style>")
    reply = as_user(None).get(later)
    assert b"kw-volgorde" not in reply.content
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in reply.headers["Cache-Control"]


def test_what_a_first_answer_does_not_need_comes_later_and_once(as_user, lesson):
    files = [BundleStorage().collected_bundle("lesson.js"), exercise_file([LATER], "js").plain.decode()]
    first, later = files
    for element in ("kw-speech", "kw-saved", "kw-hand"):
        assert f'define("{element}"' in later
        assert f'define("{element}"' not in first
    assert 'define("kw-player"' in first
    assert later.startswith("import{")
    assert not set(LESSON_LATER) & set(BUNDLES["lesson.js"])


def test_a_lesson_without_exercises_has_the_rest_of_its_script(as_user, lesson):
    assert address_of([LATER], "js").startswith("/opdrachten/verder/")
    assert as_user(None).get(address_of([LATER], "js")).status_code == 200
    assert exercise_file([LATER], "css") is None


def test_the_rules_of_a_lesson_stand_in_it_with_what_its_kinds_add(as_user, lesson):
    page = as_user(None).get("/les/laat-het-weg/").content.decode()
    assert 'rel="stylesheet"' not in page
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert "kw-player" in style
    addresses = re.findall(r"url\([\"']?([^)]+)", style)
    assert len(addresses) >= 2
    assert all(found.startswith(("/static/fonts/", "data:")) for found in addresses)


@pytest.mark.parametrize("encoding", ["br", "gzip", ""])
def test_the_content_policy_names_the_rules_in_the_page_by_their_hash_and_nothing_else(as_user, lesson, encoding):
    reply = as_user(None).get("/les/laat-het-weg/", headers={"accept-encoding": encoding})
    sent = UNPACK[encoding](reply.content).decode()
    (style,) = re.findall(r"<style>(.*?)</style>", sent, re.DOTALL)
    known = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (told,) = re.findall(r"style-src ([^;]+)", reply.headers["Content-Security-Policy"])
    assert told == f"'self' 'sha256-{known}'"
    assert "unsafe" not in reply.headers["Content-Security-Policy"]
    assert "script-src" not in reply.headers["Content-Security-Policy"]  # default-src 'self' counts


@pytest.mark.parametrize("kind", KINDS)
def test_packing_leaves_the_rules_of_every_kind_as_they_are(kind):
    page = f"<!doctype html><html lang=nl><head><title>x</title><style>{style_in_page([kind])}</style></head></html>"
    packed = brotli.decompress(smallest(page.encode())).decode()
    assert f"<style>{style_in_page([kind])}</style>" in packed
    assert "</" not in style_in_page([kind])


def test_other_pages_keep_a_policy_without_any_hash(as_user, anna, lesson):
    for address in ("/mijn/", "/lessen/", "/"):
        assert "sha256" not in as_user(anna).get(address).headers["Content-Security-Policy"]


@pytest.mark.parametrize(("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_the_script_comes_compressed_to_who_takes_that(as_user, encoding, unpack):
    reply = as_user(None).get(address_of(["keuze"], "js"), headers={"accept-encoding": encoding})
    assert reply.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert unpack(reply.content) == exercise_file(["keuze"], "js").plain


@pytest.mark.parametrize(
    "address",
    [
        "/opdrachten/keuze/000000000000.js", "/opdrachten/weg/000000000000.js", "/opdrachten/keuze/x.js",
        "/opdrachten/sorteer.keuze/{digest}.js", "/opdrachten/keuze.keuze/{digest}.js",
        "/opdrachten/keuze/{digest}.txt", "/opdrachten/../keuze/{digest}.js",
        "/opdrachten/verder.keuze/{digest}.js", "/opdrachten/verder/{digest}.css",
        "/opdrachten/" + "keuze." * 500 + "/{digest}.js",
    ],
)  # fmt: skip
def test_another_address_is_not_there(as_user, address):
    found = exercise_file(["keuze"], "js")
    assert as_user(None).get(address.format(digest=found.digest)).status_code == 404


def test_nothing_of_the_lesson_itself_comes_twice():
    parts = {part for kind in KINDS for part in needed_files(f"exercises/{kind}.js")}
    assert not parts & set(BUNDLES["lesson.js"])
    there = {name for part in BUNDLES["lesson.js"] for name in exported_names(source_of(part))}
    own = {name for part in parts for name in exported_names(source_of(part))}
    assert {name for part in parts for name in imported_names(source_of(part))} <= there | own


def test_a_script_that_is_not_there_is_named(monkeypatch):
    monkeypatch.setitem(KINDS, "weg", KINDS["keuze"])
    with pytest.raises(ImproperlyConfigured, match=r"exercises/weg\.js"):
        exercise_files.needed_files("exercises/weg.js")
