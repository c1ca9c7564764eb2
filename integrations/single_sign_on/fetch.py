"""Requests to an OpenID provider: in time, no redirects, not too large, and not to a machine of our own network."""

import http.client
import json
import re
import socket
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings

from xapi.forwarding.client import connected, read_all

SECONDS = 10  # for all requests of one sign-in together: someone waits
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


class NotAsked(Exception):
    """No answer that can be used; the message goes to the log, and nothing of it to the screen."""


def checked_url(given: object) -> str:
    """An address of a provider, as it was given.

    Raises ValueError for what is none: no https (save with SIGN_ON_PRIVATE_HOSTS), a name or password in it, a
    fragment, strange signs.
    """
    if (
        not isinstance(given, str)
        or len(given) > 1000
        or not given.isascii()
        or not given.isprintable()
        or " " in given
    ):
        raise ValueError("no web address")
    try:
        parts = urlsplit(given)
        _ = parts.port
    except ValueError:
        raise ValueError("no web address") from None
    schemes = ("https", "http") if settings.SIGN_ON_PRIVATE_HOSTS else ("https",)
    if parts.scheme not in schemes or "@" in parts.netloc or not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError("no web address of a provider")
    if parts.fragment:
        raise ValueError("an address of a provider has no fragment")
    return given


def until_when() -> float:
    """When the requests of a sign-in that begins now must be over."""
    return time.monotonic() + SECONDS


def ask(url: str, *, until: float, form: str = "", headers: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The JSON object at an address; with `form` (urlencoded) it is posted. Raises NotAsked."""
    left = until - time.monotonic()
    if left <= 0:
        raise NotAsked("too late")
    try:
        parts = urlsplit(checked_url(url))
        connection = connected(
            parts.scheme, parts.hostname or "", parts.port, left, private=settings.SIGN_ON_PRIVATE_HOSTS
        )
    except (ValueError, OSError) as error:
        raise NotAsked(_told(error)) from None
    end = threading.Timer(max(until - time.monotonic(), 0.01), _cut, [connection.sock])
    end.daemon = True
    end.start()  # an answer that drips in keeps every single read in time
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST" if form else "GET", path, form or None, _headers(form, headers))
        answer = connection.getresponse()
        body = read_all(answer, until)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotAsked(_told(error)) from None
    finally:
        end.cancel()
        connection.close()
    return _object(answer.status, body)


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


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:150]
