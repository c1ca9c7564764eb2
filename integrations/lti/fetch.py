"""Requests to a platform (how they go out: xapi/outgoing.py), as pylti1p3 makes them: with the library requests."""

import time
from typing import Any

import requests
from django.conf import settings
from pylti1p3.exception import LtiException
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict
from requests.utils import get_encoding_from_headers

from xapi import outgoing

SECONDS = 8


def origin_of(address: str) -> str:
    """'https://host:port' of a web address.

    Raises ValueError for what is no address of a platform: no https, a name and password in it, strange signs.
    """
    parts = outgoing.web_address(address, private=settings.LTI_PRIVATE_HOSTS)
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"


class _WayOut(BaseAdapter):
    """Instead of urllib3, which looks a name up by itself and follows where it is sent."""

    def send(self, request: requests.PreparedRequest, **_: Any) -> requests.Response:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        try:
            answer = outgoing.ask(
                request.method or "GET",
                request.url or "",
                until=time.monotonic() + SECONDS,
                private=settings.LTI_PRIVATE_HOSTS,
                body=body,
                headers={**request.headers, "Accept-Encoding": "identity"},
            )
        except outgoing.NotReached as error:
            raise LtiException(str(error)) from None
        response = requests.Response()
        response.status_code, response.request, response.url = answer.status, request, request.url or ""
        response.headers = CaseInsensitiveDict(answer.headers)
        response.encoding = get_encoding_from_headers(response.headers)
        response._content, response._content_consumed = answer.body, True
        return response

    def close(self) -> None:
        """Nothing is kept open."""


class GuardedSession(requests.Session):
    """What pylti1p3 asks a platform with. Raises LtiException where it may not, or where no whole answer came."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False  # no proxy, no passwords from a file
        self.adapters.clear()
        for scheme in ("https://", "http://"):
            self.mount(scheme, _WayOut())

    def request(self, method: Any, url: Any, *args: Any, **options: Any) -> requests.Response:
        options["allow_redirects"] = False
        try:
            return super().request(method, url, *args, **options)
        except requests.RequestException as error:  # an address of which requests makes nothing
            raise LtiException(str(error)[:150]) from None
