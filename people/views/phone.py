"""Who learns on this phone, and going on on another."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from people.arrival import WAITING, arrive, bring_along, depart, learner_here, settle, waiting_learner
from people.coming import By, say_who
from people.join_codes import read_code
from people.limits import WRONG_CODES, address_of
from people.models import User
from people.origin import on_this_site, same_origin_required
from people.owner import ON_YOUR_OWN, came_by_nickname, signed_in, take_words_along
from people.phone_book import forget, learners_of, remember, take_off
from people.qr import qr_svg
from people.queries import asks_pictures, find_hand_over
from people.registry import holdings_of
from people.services import make_hand_over, merge_people, take_hand_over
from people.views.joining import TOO_MANY, ask_code


def _next(request: HttpRequest) -> str:
    """Where someone was going, when that is on this site."""
    wanted = request.GET.get("next") or request.POST.get("next", "")
    return on_this_site(wanted)


@same_origin_required
@never_cache
def who(request: HttpRequest) -> HttpResponseBase:
    """'Ben jij Anna?': who is here goes on, someone else gets the phone for themselves."""
    if request.method == "POST":
        return _become(request)
    here = learner_here(request) or signed_in(request)
    others = [learner for learner in learners_of(request) if here is None or learner.pk != here.pk]
    context = {
        "here": here,
        "others": [(learner, holdings_of(learner)) for learner in others],
        "what": holdings_of(here) if here else [],
        "next": _next(request),
    }
    return render(request, "people/who.html", context)


def _become(request: HttpRequest) -> HttpResponseBase:
    """One of those this phone knows; anything else is someone new."""
    here = learner_here(request) or signed_in(request)
    chosen = request.POST.get("wie", "")
    known = {str(learner.owner_key): learner for learner in [*learners_of(request), *([here] if here else [])]}
    learner = known.get(chosen)
    if learner and learner != signed_in(request) and asks_pictures(learner):
        response = redirect("people:pictures")
        say_who(response, By.PHONE, learner.pk, _next(request))
        return response
    response = redirect(_next(request) or ("learning:home" if learner else "learning:start"))
    if learner is None or learner != here:
        depart(request, response)
    if learner and learner != signed_in(request):
        arrive(request, response, learner)
    return response


@same_origin_required
@never_cache
def forget_me(request: HttpRequest) -> HttpResponseBase:
    """Take a learner off this phone: first what that means, then for good."""
    key = request.POST.get("wie") or request.GET.get("wie", "")
    # The question is asked by a post too: an address with the key would stay in the browser's history.
    decided = request.method == "POST" and "vraag" not in request.POST
    found = next((learner for learner in learners_of(request) if str(learner.owner_key) == key), None)
    if found is None:
        return redirect("people:who")
    if decided:
        response = redirect("people:who")
        if learner_here(request) == found:
            depart(request, response)
        take_off(request, response, found)
        return response
    return render(request, "people/forget_me.html", {"learner": found, "what": holdings_of(found)})


@same_origin_required
@never_cache
def hand_over(request: HttpRequest) -> HttpResponseBase:
    """'Verder op een andere telefoon': a code and a QR for a quarter of an hour."""
    learner = signed_in(request)
    if came_by_nickname(request):
        messages.info(request, ON_YOUR_OWN)
        return redirect("learning:home")
    context: dict[str, object] = {"learner": learner}
    if request.method == "POST" and learner and not learner.can_sign_in:
        made = make_hand_over(user=learner)
        address = request.build_absolute_uri(reverse("people:take_over", args=[made.code]))
        context |= {"hand_over": made, "address": address, "qr": qr_svg(address)}
    return render(request, "people/hand_over.html", context)


@same_origin_required
@never_cache
def take_over(request: HttpRequest, code: str) -> HttpResponseBase:
    """The other phone: 'Ben jij Anna?', and on. Looking uses nothing up, so that a preview of the link does no harm."""
    address = address_of(request)
    if WRONG_CODES.is_reached(address):
        return ask_code(request, code, TOO_MANY, status=429)
    found = find_hand_over(read_code(code).code)
    if found is None:
        WRONG_CODES.count(address)
        return render(request, "people/hand_over_ended.html", status=410)
    if request.method != "POST":
        return render(request, "people/take_over.html", {"learner": found.user, "what": holdings_of(found.user)})
    here = learner_here(request)
    learner = take_hand_over(code=found.code)
    if learner is None:
        return render(request, "people/hand_over_ended.html", status=410)
    response = redirect("learning:home")
    if here is not None and here.pk != learner.pk:
        depart(request, response)
    arrive(request, response, learner)
    bring_along(request, response, here, learner)
    return response


@same_origin_required
@never_cache
def merge(request: HttpRequest) -> HttpResponseBase:
    """'Zijn deze lessen van jou?' Yes makes two learners one; no leaves the other on this phone."""
    user, other = signed_in(request), waiting_learner(request)
    if user is None or other is None or other.pk == user.pk:
        return redirect("learning:home")
    if request.method != "POST":
        return render(request, "people/merge.html", {"other": other, "what": holdings_of(other)})
    response = redirect("learning:home")
    if request.POST.get("van_mij") == "ja":
        try:
            settle(request, response, merge_people(source=other, target=user))
            take_words_along(response, other.owner_key, user.owner_key)
            messages.success(request, "Gelukt. Alles staat nu bij elkaar.")
        except (User.DoesNotExist, ValueError):
            messages.info(request, "Dit was al gedaan.")
        forget(request, response, other)
    else:
        messages.info(request, "Goed. De andere lessen blijven apart staan.")
        remember(request, response, other)
    request.session.pop(WAITING, None)
    return response
