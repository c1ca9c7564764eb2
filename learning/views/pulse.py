"""The pulse: asked once a half year, skipped with one tap, and shown to nobody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from learning.pulse import COOKIE, PULSE, half_of, is_asked
from learning.views.measure import Measure, ask
from people.cookies import set_cookie
from people.origin import same_origin_required
from people.owner import signed_in

MEASURE = Measure(PULSE, "learning:pulse", "learning:pulse_thanks", finish="Stuur")


@same_origin_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pulse(request: HttpRequest) -> HttpResponseBase:
    """The questions; for who is not asked the way home, and nothing is kept."""
    learner = signed_in(request)
    if learner is not None and is_asked(learner):
        return ask(request, MEASURE)
    if learner is not None and "application/json" in request.headers.get("Accept", ""):
        # What was sent twice, or too late: the phone may forget it.
        return JsonResponse({"owner": str(learner.owner_key), "to": reverse("learning:home")})
    return redirect("learning:home")


@require_GET
@never_cache
def thanks(request: HttpRequest) -> HttpResponseBase:
    """After it: no result, for there is none."""
    return render(request, "learning/pulse_thanks.html")


@same_origin_required
@require_POST
def skip(request: HttpRequest) -> HttpResponseBase:
    """'Nu niet': this phone does not ask again this half year; the server keeps nothing of it."""
    messages.success(request, "Goed. We vragen het nu niet meer.")
    response = redirect("learning:home")
    set_cookie(response, COOKIE, half_of(timezone.localdate()))
    return response
