"""Requests to a platform: in time, no redirects, not too large, and not to a machine of our own network."""

import ipaddress
import re
import socket
from typing import Any
from urllib.parse import urlsplit

import requests
from django.conf import settings
from pylti1p3.exception import LtiException

SECONDS = 8
MOST_BYTES = 2_000_000
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?", re.IGNORECASE)


def origin_of(address: str) -> str:
    """'https://host:port' of a web address.

    Raises ValueError for what is no address of a platform: no https, a name and password in it, strange signs.
    """
    try:
        parts = urlsplit(address)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        raise ValueError("no web address") from None
    schemes = ("https", "http") if settings.LTI_PRIVATE_HOSTS else ("https",)
    host = parts.hostname or ""
    if parts.scheme not in schemes or "@" in parts.netloc or not _HOST.fullmatch(host) or len(address) > 1000:
        raise ValueError("no web address of a platform")
    return f"{parts.scheme}://{host}{port}"


class GuardedSession(requests.Session):
    """What pylti1p3 asks a platform with. Raises LtiException where it may not, or where the answer is too large."""

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        try:
            check_host(str(url))
        except ValueError as error:
            raise LtiException(str(error)) from None
        options |= {"timeout": SECONDS, "allow_redirects": False, "stream": True}
        response = super().request(method, url, *args, **options)
        body = response.raw.read(MOST_BYTES + 1, decode_content=True)
        response.close()
        if len(body) > MOST_BYTES:
            raise LtiException("the answer is too large")
        response._content, response._content_consumed = body, True
        return response


def check_host(url: str) -> None:
    """Raises ValueError for an address that is not on the public internet, unless LTI_PRIVATE_HOSTS says so."""
    origin = origin_of(url)
    if settings.LTI_PRIVATE_HOSTS:
        return
    parts = urlsplit(origin)
    try:
        found = socket.getaddrinfo(parts.hostname, parts.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise ValueError("this host is not found") from None
    if not found or not all(ipaddress.ip_address(entry[4][0]).is_global for entry in found):
        raise ValueError("this host is not on the public internet")
