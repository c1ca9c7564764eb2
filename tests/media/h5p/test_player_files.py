"""The player's addresses: one version and its libraries for some hours, held apart, and nothing else."""

import uuid
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from media.h5p.models import H5PLibrary, H5PVersion
from media.h5p.registry import approve_library
from media.h5p.services import LibrariesLacking, import_package
from media.h5p.tickets import STEP, player_address, ticket_for, version_of
from tests.media.h5p.packages import PNG, Files, library, package, zipped

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def imported(files: Files) -> H5PVersion:
    raw = zipped(files).getvalue()
    try:
        return import_package(file=BytesIO(raw))
    except LibrariesLacking as lacking:
        for row in lacking.libraries:
            approve_library(library=row, by=None, now=timezone.now())
    return import_package(file=BytesIO(raw))


@pytest.fixture
def version() -> H5PVersion:
    sound = {"content/sounds/a.mp3": b"ID3" + bytes(range(100))}
    return imported(package() | {"content/images/a.png": PNG} | sound)


def get(version: H5PVersion, path: str, **headers: str):
    return Client().get(f"/h5p/{ticket_for(version.key, timezone.now())}/{path}", headers=headers)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("h5p.json", "application/json"),
        ("content/content.json", "application/json"),
        ("content/images/a.png", "image/png"),
        ("content/sounds/a.mp3", "audio/mpeg"),
        ("H5P.Proef-1.0/library.json", "application/json"),
        ("H5P.Proef-1.0/proef.js", "text/javascript; charset=utf-8"),
        ("H5P.Proef-1.0/proef.css", "text/css; charset=utf-8"),
    ],
)
def test_a_file_is_open_to_a_frame_without_origin_and_held_apart(version, path, kind):
    reply = get(version, path)
    assert reply.status_code == 200
    assert reply.headers["Content-Type"] == kind
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    assert reply.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "private" in reply.headers["Cache-Control"]
    assert "Access-Control-Allow-Credentials" not in reply.headers
    assert not reply.cookies
    assert "Cookie" not in reply.headers.get("Vary", "")


def test_the_player_may_load_this_package_and_nothing_else_of_the_site(version):
    address = player_address(version, timezone.now())
    reply = Client().get(address)
    rules = dict(rule.split(" ", 1) for rule in reply.headers["Content-Security-Policy"].split("; "))
    here = f"http://testserver{address.removesuffix('speler')}"
    assert rules["sandbox"] == "allow-scripts"
    assert rules["default-src"] == "'none'"
    assert rules["connect-src"] == here
    assert rules["script-src"] == f"{here} http://testserver/static/h5p/"
    assert "unsafe-eval" not in reply.headers["Content-Security-Policy"]
    assert reply.headers["Cache-Control"] == "private, no-store"
    assert not reply.cookies


def test_a_part_can_be_asked_for(version):
    reply = get(version, "content/sounds/a.mp3", range="bytes=3-5")
    assert (reply.status_code, reply.content) == (206, b"\0\1\2")
    assert reply.headers["Content-Range"] == "bytes 3-5/103"
    assert get(version, "content/sounds/a.mp3", range="bytes=-1").content == b"c"
    assert get(version, "content/sounds/a.mp3", range="bytes=500-").status_code == 416
    assert get(version, "content/sounds/a.mp3", range="bytes=0-1,4-5").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "weg.json", "content/../../../kortwijs.sqlite3", "H5P.Proef-1.0/../h5p.json", "H5P.Ander-1.0/proef.js",
        "H5P.Proef-1.0", "content/", "..%2f..%2fsecret_key", "content/images/A.PNG", "\x00", "H5P.Proef-1.0/%00.js",
    ],
)  # fmt: skip
def test_only_what_the_version_names_is_ever_read(version, path):
    assert get(version, path).status_code == 404


def test_another_version_is_not_opened(version):
    other = imported(package("H5P.Ander 1.0", libraries=(library("H5P.Ander 1.0"),), content={"geheim": 1}))
    assert get(version, "H5P.Ander-1.0/proef.js").status_code == 404
    assert get(other, "H5P.Ander-1.0/proef.js").status_code == 200


def test_a_library_that_is_not_approved_any_more_is_not_played(version):
    H5PLibrary.objects.update(approved_at=None)
    assert get(version, "H5P.Proef-1.0/proef.js").status_code == 404


def test_a_ticket_ends_and_cannot_be_made_or_changed(version):
    ticket = ticket_for(version.key, NOON)
    assert version_of(ticket, NOON) == version.key
    assert ticket_for(version.key, NOON + timedelta(hours=1)) == ticket  # what a browser kept stays of use
    assert version_of(ticket, NOON + STEP - timedelta(seconds=1)) == version.key
    assert version_of(ticket, NOON + 2 * STEP) is None
    key, _, signature = ticket.partition("~")
    for wrong in (key, f"{key}~", f"{uuid.uuid4().hex}{key[32:]}~{signature}", f"{key}9~{signature}", "~", "x" * 500):
        assert version_of(wrong, NOON) is None
        assert Client().get(f"/h5p/{wrong}/h5p.json").status_code == 404
        assert Client().get(f"/h5p/{wrong}/speler").status_code == 404


def test_nothing_can_be_sent_there(version):
    assert Client().post(player_address(version, timezone.now())).status_code == 405
    asked = Client().options(f"/h5p/{ticket_for(version.key, timezone.now())}/h5p.json")
    assert (asked.status_code, asked.headers["Access-Control-Allow-Methods"]) == (204, "GET, HEAD")
    assert "Access-Control-Allow-Credentials" not in asked.headers
    assert Client().post(f"/h5p/{ticket_for(version.key, timezone.now())}/h5p.json").status_code == 405
