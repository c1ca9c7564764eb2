"""What people and phones hear while the database, the storage or another part is away: not now, and when again.

Nothing here asks the database, a template or a cache, for these may be what is away. A phone takes any 503 for ‘wait’
and keeps what it has (learning/sending.js); the service worker gives a lesson that lies on the phone instead.
"""

import errno

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

RETRY_AFTER = 30  # seconds
_AWAY = (
    OperationalError,  # a line that was cut, a server that starts or stops, a file that is locked, a disk that is full
    InterfaceError,
)
_AWAY_BY_NAME = {  # what may not even be in use here is not loaded for this
    "redis.exceptions.ConnectionError",
    "redis.exceptions.TimeoutError",
    "kombu.exceptions.OperationalError",
    "botocore.exceptions.ConnectionError",  # no line, no answer in time
    "botocore.exceptions.HTTPClientError",
}
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)
_PAGE = (
    '<!doctype html><html lang="nl"><meta name="viewport" content="width=device-width"><title>Even niet</title>'
    "<h1>Dit lukt nu even niet</h1><p>{}</p>"
    '<p><a href="/mijn/">Naar mijn lessen</a></p></html>'
)
_ASKED = "Wat je in een les deed, staat op je telefoon. Probeer het over een minuut opnieuw."
_SENT = "Dit is nog niet bewaard. Ga terug: vaak staat er nog wat je typte. Stuur het over een minuut nog eens."


def is_away(error: BaseException | None) -> bool:
    """Whether this goes over by itself: something that we stand on does not answer, or has no room."""
    while error is not None:
        if (
            isinstance(error, _AWAY)
            or _names(error) & _AWAY_BY_NAME
            or (isinstance(error, OSError) and error.errno in _NO_ROOM)
        ):
            return True
        if "botocore.exceptions.ClientError" in _names(error) and _status_of(error) >= 500:
            return True
        error = error.__cause__  # what a library made of it
    return False


def _names(error: BaseException) -> set[str]:
    return {f"{kind.__module__}.{kind.__qualname__}" for kind in type(error).__mro__}


def _status_of(error: BaseException) -> int:
    """What the object storage said, as botocore keeps it."""
    found: int = getattr(error, "response", {}).get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return found


def not_now(request: HttpRequest) -> HttpResponse:
    """503, as a page or as JSON for who speaks that."""
    if wants_json(request):
        told = {"error": "away", "message": "Dit lukt nu even niet. Er is niets bewaard. Probeer het straks opnieuw."}
        return JsonResponse(told, status=503, headers={"Retry-After": RETRY_AFTER})
    text = _ASKED if request.method in ("GET", "HEAD") else _SENT
    return HttpResponse(
        _PAGE.format(text), status=503, headers={"Retry-After": RETRY_AFTER, "Cache-Control": "no-store"}
    )


def wants_json(request: HttpRequest) -> bool:
    """Phones and machines: they send JSON, ask for it, or speak with the record store."""
    kinds = request.headers.get("Content-Type", "") + request.headers.get("Accept", "")
    return "application/json" in kinds or request.path.startswith("/xapi/")
