"""A request as the resources see it, however it came: plain, or in the alternate syntax of 1.0.3."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.conf import settings
from django.http import HttpRequest

from xapi.core.errors import Invalid
from xapi.core.multipart import media_type
from xapi.core.versions import Version

FORM = "application/x-www-form-urlencoded"
_METHODS = ("GET", "HEAD", "PUT", "POST", "DELETE")
_AS_HEADERS = {name.lower() for name in (
    "Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length", "If-Match", "If-None-Match",
    "Accept-Language", "Accept",
)}  # fmt: skip
_READ = ("Authorization", "X-Experience-API-Version", "Content-Type", "If-Match", "If-None-Match", "Accept-Language")


class TooLarge(Exception):
    """More bytes than XAPI_MAX_MB."""


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]  # names in small letters
    body: bytes
    path: str

    @property
    def version_header(self) -> str:
        return self.headers.get("x-experience-api-version", "")

    @property
    def media_type(self) -> str:
        return media_type(self.headers.get("content-type", ""))


def call_of(request: HttpRequest) -> Call:
    """The call that a request makes; raises TooLarge or Invalid."""
    headers = {name.lower(): request.headers[name] for name in _READ if name in request.headers}
    parameters = _once(parse_qsl(request.META.get("QUERY_STRING", ""), keep_blank_values=True, max_num_fields=100))
    body = _body(request) if request.method in ("PUT", "POST", "DELETE") else b""
    call = Call(request.method or "", parameters, headers, body, request.path)
    alternate = call.method == "POST" and "method" in parameters and not call.version_header.startswith("2")
    return _unwrapped(call) if alternate else call


def _once(pairs: list[tuple[str, str]]) -> dict[str, str]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Invalid("parameters", "must each be there once")
    return found


def _body(request: HttpRequest) -> bytes:
    """The body, read by ourselves: it is for no form of Django's and has a limit of its own."""
    most = settings.XAPI_MAX_BYTES
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        length = 0
    if length > most:
        raise TooLarge
    chunked = not length and "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower()
    body: bytes = request.META["wsgi.input"].read(most + 1) if chunked else request.read()
    if len(body) > most:
        raise TooLarge
    return body


def _unwrapped(call: Call) -> Call:
    """The alternate request syntax (1.0.3 part 3 section 1.3): everything in a form. 2.0 knows it no more."""
    method = call.parameters["method"]
    if method not in _METHODS:
        raise Invalid("method", f"must be one of {', '.join(_METHODS)}")
    if len(call.parameters) > 1:
        raise Invalid("parameters", "go in the form of a request in the alternate syntax, all but method")
    try:
        fields = _once(parse_qsl(call.body.decode(), keep_blank_values=True, max_num_fields=100))
    except ValueError as error:
        raise Invalid("body", f"must be a form ({error})") from error
    headers = {name: value for name, value in call.headers.items() if name != "content-type"}
    if method in ("PUT", "POST"):
        if "content" not in fields:
            raise Invalid("content", "is needed in the form")
        headers["content-type"] = "application/json"
    headers.update({name.lower(): value for name, value in fields.items() if name.lower() in _AS_HEADERS})
    rest = {name: value for name, value in fields.items() if name.lower() not in _AS_HEADERS and name != "content"}
    return Call(method, rest, headers, fields.get("content", "").encode(), call.path)


def answered_version(header: str) -> str:
    """The version that an answer carries. A request without one is of 0.95 (1.0.3 part 3 section 3.3)."""
    if not header:
        return "0.95"
    return Version.V1.value if header.startswith("1") else Version.V2.value
