"""Requests to an OpenID provider (how they go out: xapi/outgoing.py)."""

import json
import time
from collections.abc import Mapping
from typing import Any

from django.conf import settings

from xapi import outgoing

SECONDS = 10  # for all requests of one sign-in together: someone waits


class NotAsked(Exception):
    """No answer that can be used; the message goes to the log, and nothing of it to the screen."""


def checked_url(given: object) -> str:
    """An address of a provider, as it was given.

    Raises ValueError for what is none: no https (save with SIGN_ON_PRIVATE_HOSTS), a name or password in it, a
    fragment, strange signs.
    """
    parts = outgoing.web_address(given, private=settings.SIGN_ON_PRIVATE_HOSTS)
    if parts.fragment:
        raise ValueError("an address of a provider has no fragment")
    return str(given)


def until_when() -> float:
    """When the requests of a sign-in that begins now must be over."""
    return time.monotonic() + SECONDS


def ask(url: str, *, until: float, form: str = "", headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at an address; with `form` (urlencoded) it is posted. Raises NotAsked."""
    try:
        answer = outgoing.ask(
            "POST" if form else "GET",
            checked_url(url),
            until=until,
            private=settings.SIGN_ON_PRIVATE_HOSTS,
            body=form.encode() or None,
            headers=_headers(form, headers),
        )
    except (ValueError, outgoing.NotReached) as error:
        raise NotAsked(str(error)) from None
    return _object(answer.status, answer.body)


def _object(status: int, body: bytes) -> dict[str, Any]:
    if status != 200:
        raise NotAsked(f"HTTP {status}")
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAsked("no JSON") from None
    if not isinstance(found, dict):
        raise NotAsked("no JSON object")
    return found


def _headers(form: str, more: Mapping[str, str] | None) -> dict[str, str]:
    kind = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
    return {"Accept": "application/json", "User-Agent": "Kortwijs", **kind, **(more or {})}
