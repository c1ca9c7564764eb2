"""Where the cache is away a page is made without it."""

import time

import pytest
import redis.exceptions
from django.core.cache.backends.redis import RedisCache

from lms.cache import MayBeAway, _Client
from tests.e2e.serving import free_port


@pytest.fixture
def away(monkeypatch) -> MayBeAway:
    """Nothing listens there."""
    monkeypatch.setattr(_Client, "_away_until", 0.0)
    return MayBeAway(f"redis://127.0.0.1:{free_port()}/0", {})


QUESTIONS = {
    "get": (lambda cache: cache.get("a", 7), 7),
    "get_many": (lambda cache: cache.get_many(["a"]), {}),
    "get_or_set": (lambda cache: cache.get_or_set("a", 8), 8),
    "set": (lambda cache: cache.set("a", 1), None),
    "set_many": (lambda cache: cache.set_many({"a": 1}), []),
    "add": (lambda cache: cache.add("a", 1), False),
    "touch": (lambda cache: cache.touch("a"), False),
    "delete": (lambda cache: cache.delete("a"), False),
    "delete_many": (lambda cache: cache.delete_many(["a"]), None),
    "has_key": (lambda cache: cache.has_key("a"), False),
    "clear": (lambda cache: cache.clear(), False),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_an_answer(away, name):
    ask, answer = QUESTIONS[name]
    assert ask(away) == answer


def test_it_is_not_asked_again_right_away(away, monkeypatch):
    away.get("a")
    until = _Client._away_until
    assert until > time.monotonic()
    away.get("a")
    assert _Client._away_until == until
    monkeypatch.setattr(_Client, "_away_until", time.monotonic())
    away.get("a")
    assert _Client._away_until > until


def test_without_this_a_page_would_break():
    with pytest.raises(redis.exceptions.ConnectionError):
        RedisCache(f"redis://127.0.0.1:{free_port()}/0", {}).get("a")
