"""The one way out: a request to an address that somebody gave us, or that another machine did.

In time, no redirects, no proxy, not too large, and not to a machine of our own network. The name is looked up once and
the connection goes to what was found and checked, so that a second answer of a name server cannot lead elsewhere.
Who may go to a network of its own, says so in a setting of its room (`private`).
"""

import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit

MOST_BYTES = 2_000_000
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)
_UNICAST = ipaddress.ip_network("2000::/3")  # all of IPv6 that is given out (RFC 4291, IANA)
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address as a network with IPv6 alone writes it
_RELAYS = ipaddress.ip_network("192.88.99.0/24")  # RFC 7526


class NotReached(Exception):
    """No whole answer came: nobody there, too slow, too large, or a place where we may not go."""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)  # names in small letters
    body: bytes = b""


def web_address(given: object, *, private: bool, most: int = 1000) -> SplitResult:
    """The parts of an address that we may ask.

    Raises ValueError for what is none: no https (http too where `private`), a name or password in it, strange signs.
    """
    if not isinstance(given, str) or len(given) > most:
        raise ValueError("no web address")
    if not given.isascii() or not given.isprintable() or " " in given or "\\" in given:
        raise ValueError("no web address")
    try:
        parts = urlsplit(given)
        _ = parts.port
    except ValueError:
        raise ValueError("no web address") from None
    schemes = ("https", "http") if private else ("https",)
    if parts.scheme not in schemes or "@" in parts.netloc or not _HOST.fullmatch(parts.hostname or ""):
        raise ValueError("no web address that we may ask")
    return parts


def ask(
    method: str, url: str, *, until: float, private: bool, body: bytes | None = None, headers: Mapping[str, str] = {}
) -> Answer:
    """What stands at an address; `until` is a moment of time.monotonic(). Raises NotReached."""
    try:
        parts = web_address(url, private=private, most=8000)
        left = until - time.monotonic()
        if left <= 0:
            raise TimeoutError("too late")
        connection = connected(parts.scheme, parts.hostname or "", parts.port, left, private=private)
    except (ValueError, OSError) as error:
        raise NotReached(_told(error)) from None
    end = threading.Timer(max(until - time.monotonic(), 0.01), _cut, [connection.sock])
    end.daemon = True
    end.start()  # an answer that drips in keeps every single read in time
    try:
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, path, body, dict(headers))
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, read_all(answer, until))
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotReached("timed out" if time.monotonic() >= until else _told(error)) from None
    finally:
        end.cancel()
        connection.close()


def connected(scheme: str, host: str, port: int | None, seconds: float, *, private: bool) -> http.client.HTTPConnection:
    """A connection to a place that was looked up and checked; `private`: it may be on a network of our own.

    Raises OSError where nobody answers, ValueError for a place where we may not go.
    """
    port = port or (443 if scheme == "https" else 80)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    if not private and not all(is_public(str(one[4][0])) for one in found):
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


def is_public(address: str) -> bool:
    """One machine on the public internet, also where an IPv4 address is written inside an IPv6 one.

    What leads on to IPv4 by other ways (6to4, Teredo, translated, compatible) and what IPv6 does not give out is not.
    """
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found in _NAT64:
            found = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        elif found not in _UNICAST or found.sixtofour or found.teredo:
            return False
    return found.is_global and not found.is_multicast and found not in _RELAYS


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
        if time.monotonic() >= until:
            break
    if time.monotonic() >= until:  # also where the line was cut meanwhile: what came is no whole answer
        raise TimeoutError("the answer takes too long")
    return b"".join(parts)


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:150]
