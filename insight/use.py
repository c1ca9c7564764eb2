"""How many phones read Makkelijk or listen: counted for the region, beside nobody (decision 0030)."""

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from insight.models import DailyUse
from insight.services import count_use
from people.limits import Limit, address_of
from people.origin import same_origin_required

MOST_BYTES = 200
USES = Limit("uses", most=2000, seconds=3600)  # a school is one address


@same_origin_required
@require_POST
@never_cache
def take(request: HttpRequest) -> HttpResponseBase:
    """One phone tells what it did this quarter: {"wat": ["les", "makkelijk"]}. Sent without cookies; who is not asked.

    Answers 204 when it was counted, 400 for anything else than a short list of known words, 429 for too many.
    """
    address = address_of(request)
    if USES.is_reached(address):
        return HttpResponse(status=429)
    try:
        what = read_uses(request)
    except ValueError:
        return HttpResponse(status=400)
    USES.count(address)
    count_use(what=what)
    return HttpResponse(status=204)


def read_uses(request: HttpRequest) -> frozenset[DailyUse.What]:
    """What a phone says that it did. Raises ValueError for what it cannot say."""
    if int(request.headers.get("Content-Length") or 0) > MOST_BYTES or len(request.body) > MOST_BYTES:
        raise ValueError("too long")
    try:
        told = json.loads(request.body)["wat"]
    except (TypeError, KeyError, RecursionError) as error:
        raise ValueError("nothing that tells uses") from error
    if not isinstance(told, list) or not told:
        raise ValueError("no list of uses")
    return frozenset(DailyUse.What(word) for word in told)
