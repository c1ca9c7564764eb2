"""What every request to the record store goes through: who asks, in which version, and what an error looks like."""

from collections.abc import Callable, Container
from functools import wraps

from django.db.utils import DataError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from xapi.calls import Call, TooLarge, answered_version, call_of
from xapi.clients import client_of, note_use, within_limit
from xapi.core.errors import Invalid
from xapi.core.versions import Version, asked
from xapi.intake import Conflict
from xapi.models import Credential

Answer = Callable[[Call, Version, Credential], HttpResponse]
View = Callable[[HttpRequest], HttpResponse]
Methods = dict[str, tuple[Answer, tuple[str, ...]]]  # a method: who answers, and any of which scopes it takes

_ALLOWED = "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match, Accept-Language"
_EXPOSED = "ETag, Last-Modified, X-Experience-API-Version, X-Experience-API-Consistent-Through"
_NO_KEY = "A key and a secret are needed."


class Refused(Exception):
    """A status with a sentence for the client."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


def resource(methods: Methods, asks_itself: Container[str] = ()) -> View:
    """A view of these methods; HEAD is a GET of which the server leaves out the body (section 1.1).

    `asks_itself`: methods that ask whether the key is still in force where they write (xapi.consistency), so that it
    costs no question of its own here.
    """
    if "GET" in methods:
        methods = {**methods, "HEAD": methods["GET"]}
    allow = ", ".join([*methods, "OPTIONS"])

    def answer(request: HttpRequest) -> HttpResponse:
        call = call_of(request)
        authorization, remembered = call.headers.get("authorization", ""), call.method in asks_itself
        client = client_of(authorization, remembered=remembered)
        if client is None:
            raise Refused(401, _NO_KEY)
        try:
            response = answer_to(call, client)
        except Exception as error:  # whatever it was: who has no key is told that, and nothing else
            if remembered and client_of(authorization) is None:
                raise Refused(401, _NO_KEY) from error
            raise
        note_use(client)
        return response

    def answer_to(call: Call, client: Credential) -> HttpResponse:
        version = asked(call.version_header)
        if version is None:
            raise Refused(400, "X-Experience-API-Version: must be 1.0.x or 2.0.x")
        if call.method not in methods:
            raise Refused(405, f"This resource knows {allow}.")
        if not within_limit(client):
            raise Refused(429, "Too many requests with this key in one minute.")
        view, scopes = methods[call.method]
        if not client.may(*scopes):
            raise Refused(403, f"This key is not for that; it would take {' or '.join(scopes)}.")
        return view(call, version, client)

    return guarded(answer, allow)


def guarded(answer: View, allow: str) -> View:
    """Errors as status and sentence, and the headers that every answer has."""

    @csrf_exempt
    @wraps(answer)
    def view(request: HttpRequest) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": allow})
            response.headers["Access-Control-Allow-Methods"] = allow
            response.headers["Access-Control-Allow-Headers"] = _ALLOWED
            response.headers["Access-Control-Max-Age"] = "86400"
        else:
            response = _answered(answer, request)
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="xAPI"'
        if response.status_code == 405:
            response.headers["Allow"] = allow
        return _with_headers(response, request)

    return view


def _answered(answer: View, request: HttpRequest) -> HttpResponse:
    try:
        return answer(request)
    except Invalid as error:
        return _told(400, str(error))
    except Conflict as error:
        return _told(409, str(error))
    except Refused as error:
        return _told(error.status, str(error))
    except TooLarge:
        return _told(413, "body: is larger than this record store takes")
    except DataError:
        return _told(400, "body: holds a value that cannot be kept")


def _told(status: int, message: str) -> HttpResponse:
    # a name from the request may hold half a character, which no answer can
    return HttpResponse(message.encode(errors="replace"), status=status, content_type="text/plain; charset=utf-8")


def _with_headers(response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """CORS for clients in a page (no cookie is ever looked at), and nothing here is shown as a page."""
    headers = response.headers
    if "X-Experience-API-Version" not in headers:
        headers["X-Experience-API-Version"] = answered_version(request.headers.get("X-Experience-API-Version", ""))
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = _EXPOSED
    headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    headers["X-Content-Type-Options"] = "nosniff"
    headers.setdefault("Cache-Control", "no-store")
    if response.status_code != 204:
        headers["Content-Length"] = str(len(response.content))
    return response
