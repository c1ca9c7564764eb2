"""Clips go to everybody who knows their key; nobody is noticed."""

import logging

import pytest
from django.contrib.sessions.backends.base import SessionBase

from media.models import Clip
from media.speech.services import make_script
from tests.media.speech.conftest import line


@pytest.fixture
def address(texts, said) -> str:
    texts["proef:a"] = [line("Luister maar.")]
    make_script("proef:a")
    return f"/geluid/{Clip.objects.get().key}"


def test_a_clip_may_be_kept_for_ever(client, address):
    for ending, kind in (("webm", "audio/webm"), ("mp3", "audio/mpeg")):
        reply = client.get(f"{address}.{ending}")
        assert (reply.status_code, reply["Content-Type"]) == (200, kind)
        assert reply["Cache-Control"] == "public, max-age=31536000, immutable"
        assert "Cookie" not in reply.get("Vary", "")
        assert client.get(f"{address}.{ending}", headers={"if-none-match": reply["ETag"]}).status_code == 304


def test_no_session_is_read_no_cookie_set_and_nothing_logged(as_user, anna, address, monkeypatch, caplog):
    anna_s = as_user(anna)
    monkeypatch.setattr(SessionBase, "_get_session", lambda *_: pytest.fail("a session was read"))
    monkeypatch.setattr(SessionBase, "_session", property(lambda *_: pytest.fail("a session was read")), raising=False)
    with caplog.at_level(logging.DEBUG):
        for place in (f"{address}.webm", f"{address}.mp3?soort=gewoon", "/geluid/0.webm", "/geluid/site.json"):
            assert not anna_s.get(place).cookies
    assert [record for record in caplog.records if record.name.startswith(("django.request", "media"))] == []


def test_a_clip_asks_the_database_nothing(client, address, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(f"{address}.webm")


@pytest.mark.parametrize(
    ("asked", "status", "said_range"),
    [
        ("bytes=0-9", 206, "bytes 0-9/"),
        ("bytes=10-", 206, "bytes 10-"),
        ("bytes=-5", 206, None),
        ("bytes=0-99999999", 206, "bytes 0-"),
        ("bytes=999999-", 416, "bytes */"),
        ("bytes=9-2", 416, "bytes */"),
        ("bytes=-", 200, None),
        ("bytes=0-1,5-6", 200, None),
        ("seconds=1-2", 200, None),
        ("bytes=abc-", 200, None),
    ],
)
def test_a_part_of_a_clip_can_be_asked_for(client, address, asked, status, said_range):
    whole = client.get(f"{address}.webm").content
    reply = client.get(f"{address}.webm", headers={"range": asked, "accept-encoding": "gzip, br"})
    assert reply.status_code == status
    assert not reply.has_header("Content-Encoding")
    if said_range:
        assert reply["Content-Range"].startswith(said_range)
    if status == 200:
        assert reply.content == whole
    if asked == "bytes=-5":
        assert reply.content == whole[-5:]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["x.webm", "0" * 32 + ".webm", "0" * 32 + ".wav", "A" * 32 + ".mp3", "0" * 31 + "%00.mp3", "%e2%80%ae.webm",
     "..%2f..%2fsecret_key.webm", "0" * 5000 + ".webm", "0" * 32 + ".webm.mp3", "les/bestaat-niet.json"],
)  # fmt: skip
def test_a_key_that_is_none_gives_not_found(client, name):
    assert client.get(f"/geluid/{name}").status_code == 404


def test_a_clip_is_only_looked_at(client, address):
    assert client.delete(f"{address}.webm", headers={"sec-fetch-site": "same-origin"}).status_code in (403, 405)
