"""The start, what is one's own, and what there is."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from learning.catalogue import show, wish_of
from learning.kept import on_the_line, to_keep
from learning.paths import home_line
from learning.plans import due_plan
from learning.pulse import COOKIE, half_of
from learning.queries import home_of, line_of
from learning.reviews import due_on_line, minutes_of
from modules.choices import TRADE_PICTOGRAMS, Trade
from people.arrival import come_back, learner_here
from people.cookies import set_cookie
from people.models import Role
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import LEADERS, roles_held, unread_notices


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
        return come_back(request, here)
    own = home_of(learner)
    line = own.line
    plan = due_plan(learner) if learner and line.began else None  # who did nothing yet has none to look for
    due = due_on_line(learner, line, own.review_choice) if learner else []
    review_page = reverse("learning:reviews")
    roles = roles_held(learner) if learner and learner.can_sign_in else frozenset()
    context = {
        "home": own,
        "line": line,
        "shown": home_line(own.paths, line),
        "to_keep": to_keep(on_the_line(line), request.COOKIES.get("vak", "")),
        "plan": plan,
        "plan_module": line.module(plan.module) if plan else None,
        "pulse": own.pulse and not own.offer and not plan and request.COOKIES.get(COOKIE) != half_of(localdate()),
        "due": due,
        "due_minutes": minutes_of(len(due)),
        # A reminder of what is done already says nothing any more.
        "notices": [one for one in unread_notices(learner) if due or one.link != review_page] if learner else [],
        "leads": bool(roles.intersection(LEADERS)),
        "manages": Role.ADMINISTRATOR in roles,
    }
    return render(request, "learning/home.html", context)


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
    set_cookie(response, "vak", chosen)
    return response
