"""Logs as JSON are one object per line, and tell of nobody."""

import json
import logging
import sys

import pytest

from lms.logs import JsonFormatter, config, hide


def written(message: str, *args: object, error: bool = False, **more: object) -> dict:
    record = logging.LogRecord("learning", logging.ERROR, __file__, 1, message, args, sys.exc_info() if error else None)
    record.__dict__.update(more)
    line = JsonFormatter().format(record)
    assert "\n" not in line
    return json.loads(line)


def test_a_line_says_when_how_bad_where_and_what():
    told = written("sent %s of %s\nnext", 3, 4, status_code=500)
    assert (told["level"], told["logger"], told["message"], told["status"]) == (
        "ERROR",
        "learning",
        "sent 3 of 4\nnext",
        500,
    )
    assert told["at"].endswith("+00:00")


def test_of_an_error_its_words_are_not_told():
    try:
        raise ValueError("Key (login_email)=(anna@school.nl) already exists")
    except ValueError:
        told = written("broke off", error=True)
    assert told["error"] == "ValueError"
    assert "test_of_an_error_its_words_are_not_told" in told["where"][-1]
    assert "anna" not in json.dumps(told)


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("to <anna@school.nl>: no", "to <[mail]>: no"),
        ("from 192.168.1.20 now", "from [ip] now"),
        ("from 2001:db8:0:1::7 now", "from [ip] now"),
        ("GET /meedoen/?code=ABC&x=1 broke", "GET /meedoen/?[…] broke"),
        ("at 12:30:05, version 1.2.3, 10 of 12", "at 12:30:05, version 1.2.3, 10 of 12"),
    ],
)
def test_what_can_tell_who_it_was_is_hidden(text, hidden):
    assert hide(text) == hidden


@pytest.mark.parametrize("form", ["line", "json"])
def test_both_forms_can_be_set(form):
    from logging.config import DictConfigurator

    assert DictConfigurator(config(form)).config["handlers"]["console"]["formatter"] == form
