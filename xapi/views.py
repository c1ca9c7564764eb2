"""The record store's first resource: reading statements. Writing and the rest come with the full store."""

import base64
import binascii
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from xapi.models import Statement
from xapi.queries import Wanted, credential_for, find_statements, statement_by_id

VERSION = "1.0.3"
KNOWN = {"statementId", "verb", "activity", "registration", "actor", "since", "until", "limit", "ascending", "cursor"}

View = Callable[[HttpRequest], HttpResponseBase]


class BadParameter(ValueError):
    """A query parameter that means nothing; its message goes to the client."""


def for_clients(view: View) -> View:
    """Basic authentication and the version header (xAPI 1.0.3 part 3 sections 3.3 and 4.1)."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        if not _is_known_client(request):
            response: HttpResponseBase = HttpResponse("A key and a secret are needed.", status=401)
            response.headers["WWW-Authenticate"] = 'Basic realm="xAPI"'
        elif not request.headers.get("X-Experience-API-Version", "").startswith("1.0"):
            response = HttpResponse("Send X-Experience-API-Version: 1.0.3", status=400)
        else:
            try:
                response = view(request)
            except BadParameter as error:
                response = HttpResponse(str(error), status=400)
        response.headers["X-Experience-API-Version"] = VERSION
        return response

    return guarded


def _is_known_client(request: HttpRequest) -> bool:
    scheme, _, packed = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "basic":
        return False
    try:
        key, _, secret = base64.b64decode(packed, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return False
    return credential_for(key, secret) is not None


@csrf_exempt
@never_cache
@for_clients
def statements(request: HttpRequest) -> HttpResponseBase:
    """GET /xapi/statements: one by statementId, or a page of those that fit the filters."""
    if request.method != "GET":
        return HttpResponse("Only GET, for now.", status=405, headers={"Allow": "GET"})
    if unknown := set(request.GET) - KNOWN:
        raise BadParameter(f"Unknown parameter: {', '.join(sorted(unknown))}")
    if "statementId" in request.GET:
        found = statement_by_id(_uuid(request, "statementId"))
        return JsonResponse(_shown(found)) if found else HttpResponse("No such statement.", status=404)
    page = find_statements(_wanted(request))
    more = ""
    if page.cursor is not None:
        again = {**request.GET.dict(), "cursor": str(page.cursor)}
        more = f"{request.path}?{urlencode(again)}"
    response = JsonResponse({"statements": [_shown(row) for row in page.statements], "more": more})
    response.headers["X-Experience-API-Consistent-Through"] = timezone.now().isoformat()
    return response


def _shown(row: Statement) -> dict[str, object]:
    return {**row.document, "stored": row.stored.isoformat(), "version": "1.0.0"}


def _wanted(request: HttpRequest) -> Wanted:
    return Wanted(
        verb=_text(request, "verb"),
        activity=_text(request, "activity"),
        registration=_uuid(request, "registration") if "registration" in request.GET else None,
        actor=_uuid(request, "actor") if "actor" in request.GET else None,
        since=_moment(request, "since"),
        until=_moment(request, "until"),
        ascending=_flag(request, "ascending"),
        limit=_number(request, "limit") or 0,
        cursor=_number(request, "cursor"),
    )


def _text(request: HttpRequest, name: str) -> str:
    value = request.GET.get(name, "")
    if "\x00" in value:
        raise BadParameter(f"{name} holds a character that no IRI holds")
    return value


def _flag(request: HttpRequest, name: str) -> bool:
    value = request.GET.get(name, "false")
    if value not in ("true", "false"):
        raise BadParameter(f"{name} must be true or false")
    return value == "true"


def _uuid(request: HttpRequest, name: str) -> uuid.UUID:
    try:
        return uuid.UUID(request.GET[name])
    except ValueError as error:
        raise BadParameter(f"{name} must be a UUID") from error


def _moment(request: HttpRequest, name: str) -> datetime | None:
    if name not in request.GET:
        return None
    try:
        moment = parse_datetime(request.GET[name])
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise BadParameter(f"{name} must be an ISO 8601 moment with a time zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise BadParameter(f"{name} lies beyond what a clock can say") from error


def _number(request: HttpRequest, name: str) -> int | None:
    value = request.GET.get(name)
    if value is None:
        return None
    if not value.isdecimal() or not value.isascii() or len(value) > 18:
        raise BadParameter(f"{name} must be a whole number")
    return int(value)
