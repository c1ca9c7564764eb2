"""The start, what is one's own, and what there is."""

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.catalogue import show, wish_of
from learning.queries import line_of
from modules.choices import TRADE_PICTOGRAMS, Trade
from people.arrival import arrive, learner_here
from people.models import User
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import cohorts_led_by, unread_notices


@require_GET
def start(request: HttpRequest) -> HttpResponseBase:
    """The front door: begin without an account."""
    response = render(request, "learning/start.html")
    patch_cache_control(response, private=True, no_cache=True)
    return response


@require_GET
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """Mijn lessen: the next lesson first, what is done, what is saved."""
    learner = signed_in(request)
    if learner is None and (here := learner_here(request)):
        return _come_back(request, here)
    notices = list(unread_notices(learner)) if learner else []
    context = {
        "line": line_of(learner),
        "notices": notices,
        "leads": learner is not None and learner.can_sign_in and cohorts_led_by(learner).exists(),
    }
    return render(request, "learning/home.html", context)


def _come_back(request: HttpRequest, here: User) -> HttpResponseBase:
    """The session ended: a nameless learner's phone is key enough, someone with a name is asked."""
    if not here.is_nameless:
        return redirect(f"{reverse('people:who')}?next={quote(request.path)}")
    response = redirect(request.path)
    arrive(request, response, here)
    return response


@require_GET
@never_cache
def lessons(request: HttpRequest) -> HttpResponseBase:
    """The catalogue: all lessons per track, or those that fit what is asked, with the learner's own progress."""
    wish = wish_of(request.GET, request.COOKIES.get("vak", ""))
    shown = show(line_of(signed_in(request)), wish)
    return render(request, "learning/lessons.html", {"shown": shown, "kept_query": wish.kept_query})


@same_origin_required
def trade(request: HttpRequest) -> HttpResponseBase:
    """Which work someone does, kept on the phone only: hooks and examples then speak of it."""
    if request.method == "POST":
        return _choose_trade(request.POST.get("vak", ""))
    options = [(option, TRADE_PICTOGRAMS[option]) for option in Trade]
    response = render(request, "learning/trade.html", {"options": options, "chosen": request.COOKIES.get("vak", "")})
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _choose_trade(chosen: str) -> HttpResponseBase:
    if chosen and chosen not in Trade.values:
        return HttpResponse("Dit vak kennen we niet. Ga terug en kies er een uit de lijst.", status=400)
    response = redirect("learning:home")
    response.set_cookie(
        "vak", chosen, max_age=settings.SESSION_COOKIE_AGE, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
