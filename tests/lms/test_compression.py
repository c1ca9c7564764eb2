"""Lessons are packed well, since they are the same for everybody; what is someone's own is not kept anywhere."""

import re

import brotli
import pytest

from lms.compression import smallest

pytestmark = pytest.mark.django_db
LESSON = "/les/proefles/"
TAKES = {"accept-encoding": "gzip, deflate, br"}


def test_a_lesson_comes_as_brotli_with_every_word_of_it(as_user, lesson):
    plain = as_user(None).get(LESSON).content.decode()
    reply = as_user(None).get(LESSON, headers=TAKES)
    assert reply.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in reply.headers["Vary"]
    assert int(reply.headers["Content-Length"]) == len(reply.content)
    page = brotli.decompress(reply.content).decode()
    words = re.findall(r"[a-z]{3,}", re.sub(r"<[^>]+>", " ", plain))
    assert re.findall(r"[a-z]{3,}", re.sub(r"<[^>]+>", " ", page)) == words
    for part in ("<html lang=nl", "data-key=", "</html>", "type=module"):
        assert part in page
    assert len(page) < len(plain)


def test_a_lesson_that_did_not_change_costs_next_to_nothing(as_user, lesson):
    first = as_user(None).get(LESSON, headers=TAKES)
    again = as_user(None).get(LESSON, headers={**TAKES, "if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_who_takes_no_brotli_gets_gzip_and_who_takes_nothing_the_page(as_user, lesson):
    assert as_user(None).get(LESSON, headers={"accept-encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in as_user(None).get(LESSON).headers


def test_a_page_of_ones_own_is_kept_in_no_cache_of_packed_pages(as_user, anna, lesson):
    smallest.cache_clear()
    reply = as_user(anna).get("/mijn/", headers=TAKES)
    assert reply.headers.get("Content-Encoding") in (None, "gzip")
    assert smallest.cache_info().currsize == 0


def test_a_missing_lesson_is_told_and_not_packed(as_user, lesson):
    assert as_user(None).get("/les/weg/", headers=TAKES).status_code == 404
