"""Whether the site works, and what people see when a page does not."""

import sys

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from lms.away import is_away, not_now


@never_cache
def healthz(request: HttpRequest) -> HttpResponseBase:
    """200 when the database answers; for `make run`, Docker and balancers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"status": "ok"})


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 in plain words, with a way on."""
    return render(request, "lms/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without touching database or templates, since those may be what fails; 503 where that goes over by itself."""
    if is_away(sys.exc_info()[1]):
        return not_now(request)
    return HttpResponse(
        '<!doctype html><html lang="nl"><meta name="viewport" content="width=device-width"><title>Even niet</title>'
        "<h1>Dit lukt nu niet</h1><p>Wat je deed, staat op je telefoon. Probeer het straks opnieuw.</p>"
        '<p><a href="/mijn/">Naar mijn lessen</a></p></html>',
        status=500,
    )
