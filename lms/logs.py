"""What the processes write about themselves: a line, or JSON, one object per line, for who gathers logs.

In JSON no personal data: of an error its kind and where it happened, never its words, since a database puts the row
into them; of a message no mail addresses, addresses of visitors, or what stands behind a question mark.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from typing import Any

_HIDDEN = (
    (re.compile(r"[^\s<>\"'=,;:()]+@[^\s<>\"',;:()]+"), "[mail]"),
    (re.compile(r"\?[^\s\"']+=[^\s\"']*"), "?[…]"),
    (re.compile(r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"), "[ip]"),
    (re.compile(r"(?<![\w:])(?:[0-9a-fA-F]{0,4}:){3,7}[0-9a-fA-F]{1,4}(?![\w:])"), "[ip]"),
)
_FRAMES, _LONGEST = 40, 4000


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": hide(record.getMessage())[:_LONGEST],
            "process": record.process,
        }
        if status := getattr(record, "status_code", None):
            told["status"] = status
        if record.exc_info and record.exc_info[0]:
            told["error"] = record.exc_info[0].__name__
            told["where"] = [
                f"{frame.filename}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])[-_FRAMES:]
            ]
        return json.dumps(told, ensure_ascii=False)


def hide(text: str) -> str:
    """The text without what can tell who it was."""
    for pattern, instead in _HIDDEN:
        text = pattern.sub(instead, text)
    return text


def config(form: str) -> dict[str, Any]:
    """Django's LOGGING, for `line` or `json`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {"format": "{levelname} {name}: {message}", "style": "{"},
            "json": {"()": "lms.logs.JsonFormatter"},
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": form}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        # of an answer 4xx it writes the address, codes and all
        "loggers": {"django.request": {"level": "ERROR"}},
    }
