"""Requests to another record store: in time, no redirects, not too large, and not to a machine of our own network.

The name is looked up once and the connection goes to what was found and checked, so that a second answer of a name
server cannot lead elsewhere.
"""

import base64
import http.client
import ipaddress
import json
import re
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings

SECONDS = 30  # for one request with its answer
MOST_BYTES = 2_000_000
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
_PATH = re.compile(r"(?:/[A-Za-z0-9._~-]+)*/?")


class NotReached(Exception):
    """No whole answer came: nobody there, too slow, too large, or a place where we may not go."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def checked_address(address: str) -> str:
    """The address of a record store, without a slash at its end; /statements comes behind it.

    Raises ValueError for no https (save with XAPI_PRIVATE_HOSTS), a name or password in it, strange signs.
    """
    schemes = ("https", "http") if settings.XAPI_PRIVATE_HOSTS else ("https",)
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError("no web address") from None
    host = parts.hostname or ""
    if parts.scheme not in schemes or "@" in parts.netloc or not _HOST.fullmatch(host) or len(address) > 300:
        raise ValueError("no web address of a record store")
    if not _PATH.fullmatch(parts.path) or parts.query or parts.fragment:
        raise ValueError("no web address of a record store")
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path.rstrip('/')}"


@dataclass(frozen=True)
class Lrs:
    """Another record store, as a client of it."""

    address: str
    version: str
    key: str
    secret: str
    seconds: float = SECONDS

    def post(self, body: bytes, content_type: str) -> Answer:
        """Send statements. Raises NotReached."""
        return self._ask("POST", "/statements", body, content_type)

    def statement(self, statement_id: str) -> dict[str, Any] | None:
        """What it has under this id, voided or not; None when nothing. Raises NotReached."""
        for name in ("statementId", "voidedStatementId"):
            answer = self._ask("GET", f"/statements?{urlencode({name: statement_id})}")
            if answer.status == 200:
                try:
                    found = json.loads(answer.body)
                except ValueError:
                    raise NotReached("its answer is no JSON") from None
                return found if isinstance(found, dict) else None
            if answer.status != 404:
                raise NotReached(f"HTTP {answer.status} when asked for a statement")
        return None

    def _ask(self, method: str, path: str, body: bytes | None = None, content_type: str = "") -> Answer:
        until = time.monotonic() + self.seconds
        try:
            parts = urlsplit(checked_address(self.address))
            connection = connected(
                parts.scheme, parts.hostname or "", parts.port, self.seconds, private=settings.XAPI_PRIVATE_HOSTS
            )
        except (ValueError, OSError, UnicodeError) as error:
            raise NotReached(_told(error)) from None
        try:
            connection.request(method, parts.path + path, body, self._headers(content_type))
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, read_all(answer, until))
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise NotReached(_told(error)) from None
        finally:
            connection.close()

    def _headers(self, content_type: str) -> dict[str, str]:
        given = base64.b64encode(f"{self.key}:{self.secret}".encode()).decode()
        headers = {"Authorization": f"Basic {given}", "X-Experience-API-Version": self.version}
        headers |= {"Accept": "application/json", "User-Agent": "Kortwijs"}
        return {**headers, "Content-Type": content_type} if content_type else headers


def connected(scheme: str, host: str, port: int | None, seconds: float, *, private: bool) -> http.client.HTTPConnection:
    """A connection to a place that was looked up and checked; `private`: it may be on a network of our own.

    Raises OSError where nobody answers, ValueError for a place where we may not go.
    """
    port = port or (443 if scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not private and not all(_is_public(str(one[4][0])) for one in found):
        raise ValueError("this host is not on the public internet")
    line = _first_that_answers([(str(one[4][0]), port) for one in found], seconds)
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    if scheme == "https":
        try:
            line = ssl.create_default_context().wrap_socket(line, server_hostname=host)
        except OSError:
            line.close()
            raise
    connection.sock = line
    return connection


def _is_public(address: str) -> bool:
    """One machine on the public internet: multicast is called global too."""
    found = ipaddress.ip_address(address)
    return found.is_global and not found.is_multicast


def _first_that_answers(places: list[tuple[str, int]], seconds: float) -> socket.socket:
    last: OSError = OSError("this host is not found")
    for place in places[:2]:  # IPv6 and IPv4
        try:
            return socket.create_connection(place, min(seconds, 10))
        except OSError as error:
            last = error
    raise last


def read_all(answer: http.client.HTTPResponse, until: float) -> bytes:
    """The body, as long as it is not too large and does not drip in until the clock says `until`.

    Raises ValueError or TimeoutError where it is or does.
    """
    parts, size = [], 0
    while part := answer.read1(65536):
        parts.append(part)
        size += len(part)
        if size > MOST_BYTES:
            raise ValueError("the answer is too large")
        if time.monotonic() > until:
            raise TimeoutError("the answer takes too long")
    return b"".join(parts)


def _told(error: Exception) -> str:
    return (str(error) or type(error).__name__)[:150]
