"""In without typing: a card or a name from the list, then three pictures in order."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.arrival import arrive_by_nickname, arrive_with_pictures
from people.coming import By, Coming, forget_who, say_who, who_comes
from people.limits import WRONG_CODES, WRONG_PICTURES, address_of
from people.models import User
from people.origin import same_origin_required
from people.owner import ON_YOUR_OWN, came_by_nickname, signed_in
from people.pictures import LENGTH, PICTURES, Drawn, as_sent, read_drawn, tap
from people.queries import find_card, has_rights
from people.services import choose_pictures, try_nickname, try_pictures
from people.services.picture_codes import Tried

TOO_MANY = "Er is te vaak iets anders getikt. Wacht 10 minuten en probeer het opnieuw."
NOT_YET = "Nog niet. Dit zijn niet jouw plaatjes."
LEFT = {  # whole sentences, so that each can be read aloud
    4: "Je kunt het nog 4 keer proberen.",
    3: "Je kunt het nog 3 keer proberen.",
    2: "Je kunt het nog 2 keer proberen.",
    1: "Je kunt het nog 1 keer proberen.",
}
NOT_TOGETHER = "Nog niet. Deze naam en deze plaatjes horen niet bij elkaar."
OTHERS = "Nog niet. Dat waren andere plaatjes. Kies opnieuw 3 plaatjes."


@require_GET
@never_cache
def card(request: HttpRequest, token: str) -> HttpResponseBase:
    """A card was scanned. Looking signs nobody in, so that a preview of the link does no harm."""
    place = address_of(request)
    if WRONG_CODES.is_reached(place):
        return render(request, "people/card_ended.html", {"too_many": True}, status=429)
    found = find_card(token)
    if found is None:
        WRONG_CODES.count(place)
        return render(request, "people/card_ended.html", status=410)
    user = found.place.user
    if signed_in(request) == user:
        return redirect("people:who")
    response = redirect("people:pictures")  # the address of a card stays on no screen
    say_who(response, By.CARD, token)
    return response


@same_origin_required
@never_cache
def pictures(request: HttpRequest) -> HttpResponseBase:
    """'Dag Anna. Tik jouw 3 plaatjes aan.' The third tap is the answer; right is in."""
    coming = who_comes(request)
    if coming is None:
        return _nobody(request)
    if coming.may_choose:
        return redirect("people:choose_pictures")
    drawn, done = _drawn(request)
    if not done:
        return _ask(request, coming, drawn)
    place = address_of(request)
    if WRONG_PICTURES.is_reached(place):
        return _ask(request, coming, (), TOO_MANY, 429)
    tried = _try(coming, drawn, request.POST.get("keer", "")[:40])
    if tried.user is None:
        WRONG_PICTURES.count(place)
        return _not_yet(request, coming, tried.left)
    return _in(request, coming, tried.user)


def _try(coming: Coming, drawn: Drawn, form: str) -> Tried:
    if coming.user is None and coming.cohort:
        return try_nickname(cohort=coming.cohort, nickname=coming.name, drawn=drawn, form=form)
    return try_pictures(people=[coming.user] if coming.user else [], drawn=drawn, form=form)


def _in(request: HttpRequest, coming: Coming, user: User) -> HttpResponseBase:
    """In; 'Ben jij Anna?' is asked once more, for names in a list stand close."""
    query = f"?{urlencode({'next': coming.next})}" if coming.next else ""
    response = redirect(f"{reverse('people:who')}{query}")
    arrive = arrive_by_nickname if coming.by is By.NICKNAME else arrive_with_pictures
    arrive(request, response, user)
    forget_who(response)
    return response


def _not_yet(request: HttpRequest, coming: Coming, left: int) -> HttpResponseBase:
    """At a team neither a lock nor a number of tries is told: it would say of whom there is something to lock."""
    if coming.by is By.NICKNAME:
        if left <= 0:  # the door closed; the page behind it says so
            return redirect("people:who_is_there", coming.code)
        return _ask(request, coming, (), NOT_TOGETHER, 422)
    if left <= 0:
        return render(request, "people/pictures_forgotten.html", {"locked": True, "coming": coming}, status=422)
    return _ask(request, coming, (), f"{NOT_YET} {LEFT[left]}", 422)


def _ask(request: HttpRequest, coming: Coming, drawn: Drawn, problem: str = "", status: int = 200) -> HttpResponseBase:
    context = _board(drawn, problem) | {"name": coming.name, "coming": coming}
    return render(request, "people/pictures.html", context, status=status)


def _nobody(request: HttpRequest) -> HttpResponseBase:
    """Nobody is at the door: they are in already, the card or list ended, or the cookie did."""
    if request.method == "POST":
        messages.info(request, "Zeg eerst wie je bent.")
    return redirect("people:who")


@same_origin_required
@never_cache
def choose(request: HttpRequest) -> HttpResponseBase:
    """A learner chooses three pictures: draws them, sees them to remember, and draws them again."""
    coming = who_comes(request)
    arriving = coming if coming and coming.may_choose else None
    user = arriving.user if arriving else signed_in(request)
    if user is None or user.is_nameless or has_rights(user):
        return redirect("people:who" if user is None else "learning:home")
    if arriving is None and came_by_nickname(request):
        messages.info(request, ON_YOUR_OWN)
        return redirect("learning:home")
    first = read_drawn(request.POST.get("eerst", ""))
    drawn, done = _drawn(request)
    if len(first) < LENGTH:
        return _remember(request, user, drawn) if done else _choose(request, user, drawn)
    if not done:
        return _choose(request, user, drawn, first)
    if drawn != first:
        return _choose(request, user, (), problem=OTHERS, status=422)
    choose_pictures(user=user, drawn=drawn)
    messages.success(request, "Je plaatjes zijn bewaard. Vertel ze aan niemand.")
    return _in(request, arriving, user) if arriving else redirect("learning:home")


def _choose(
    request: HttpRequest, user: User, drawn: Drawn, first: Drawn = (), problem: str = "", status: int = 200
) -> HttpResponseBase:
    context = _board(drawn, problem) | {"first": as_sent(first), "name": user.first_name}
    return render(request, "people/choose_pictures.html", context, status=status)


def _remember(request: HttpRequest, user: User, drawn: Drawn) -> HttpResponseBase:
    return render(request, "people/remember_pictures.html", {"drawn": drawn, "first": as_sent(drawn)})


@require_GET
@never_cache
def forgotten(request: HttpRequest) -> HttpResponseBase:
    """'Vergeten?': what one can do."""
    return render(request, "people/pictures_forgotten.html", {"coming": who_comes(request)})


def _drawn(request: HttpRequest) -> tuple[Drawn, bool]:
    """What is drawn by now, and whether that is all. Without JavaScript each tap is a post of its own."""
    if request.method != "POST":
        return (), False
    drawn = read_drawn(request.POST.get("gekozen", ""))
    if "terug" in request.POST:
        return drawn[:-1], False
    drawn = tap(drawn, request.POST.get("plaatje", ""))
    return drawn, len(drawn) == LENGTH


def _board(drawn: Drawn, problem: str) -> dict[str, Any]:
    """The twelve pictures, the three places, and a mark of this form: sent twice it counts once."""
    places = [drawn[place] if place < len(drawn) else None for place in range(LENGTH)]
    order = {picture: number for number, picture in enumerate(drawn, 1)}
    return {
        "pictures": [(picture, order.get(picture, 0)) for picture in PICTURES],
        "places": places,
        "sent": as_sent(drawn),
        "form": secrets.token_hex(8),
        "problem": problem,
    }
