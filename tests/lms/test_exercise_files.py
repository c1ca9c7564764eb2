"""A page loads the script of the kinds of exercise that it has, and of no other."""

import gzip
import re

import brotli
import pytest
from django.core.exceptions import ImproperlyConfigured

from assessments.exercises import KINDS
from lms import exercise_files
from lms.bundles import BUNDLES, BundleStorage, exported_names, imported_names, source_of
from lms.exercise_files import address_of, exercise_file, needed_files

pytestmark = pytest.mark.django_db


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


def test_a_lesson_asks_for_its_own_kinds_only(as_user, lesson):
    page = as_user(None).get("/les/laat-het-weg/").content.decode()
    (address,) = re.findall(r'src="(/opdrachten/[^"]+\.js)"', page)
    assert address == address_of(["dit_doe_ik", "keuze", "oefenchat", "sorteer", "waar_onwaar"], "js")
    reply = as_user(None).get(address)
    assert b"kw-volgorde" not in reply.content
    assert reply.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "immutable" in reply.headers["Cache-Control"]


def test_the_stylesheet_of_a_lesson_is_one_file_with_what_its_kinds_add(as_user, lesson):
    page = as_user(None).get("/les/laat-het-weg/").content.decode()
    (address,) = re.findall(r'rel="stylesheet" href="([^"]+)"', page)
    style = as_user(None).get(address).content.decode()
    assert "kw-player" in style
    addresses = re.findall(r"url\([\"']?([^)]+)", style)
    assert len(addresses) >= 2
    assert all(found.startswith(("/static/fonts/", "data:")) for found in addresses)


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
