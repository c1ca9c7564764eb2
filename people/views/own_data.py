"""'Mijn gegevens': what is kept of me, as a page and a file, and everything gone (AVG art. 15, 17 and 20)."""

import json
from collections.abc import Callable
from functools import wraps
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from people.models import User
from people.origin import same_origin_required
from people.own_data import sections_of
from people.owner import ON_YOUR_OWN, came_by_nickname, forget_owner, signed_in
from people.phone_book import take_off
from people.queries import is_last_administrator
from people.registry import holdings_of
from people.second_step import signed_in_just_now
from people.services import erase_person, export_person
from people.terms import terms_told

View = Callable[[HttpRequest, User], HttpResponseBase]
AGAIN = "Log eerst nog een keer in. Dan weten we dat jij het bent."


def by_the_person(view: View) -> Callable[[HttpRequest], HttpResponseBase]:
    """Only who is surely the person: on the own phone, or signed in just now. A card or a nickname is not enough."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponseBase:
        user = signed_in(request)
        if user is None:
            return render(request, "people/own_data.html", {"holdings": []})
        if came_by_nickname(request):
            messages.info(request, ON_YOUR_OWN)
            return redirect("learning:home")
        if user.can_sign_in and not signed_in_just_now(request):
            messages.info(request, AGAIN)
            here = urlencode({"next": reverse("people:own_data")})
            return redirect(f"{resolve_url('people:sign_in')}?{here}")
        return view(request, user)

    return guarded


@never_cache
@require_GET
@by_the_person
def show(request: HttpRequest, user: User) -> HttpResponseBase:
    """In a few words, and where all of it can be read, taken along and erased."""
    context = {"holdings": holdings_of(user), "terms": terms_told(user, timezone.now()), "is_kept": True}
    return render(request, "people/own_data.html", context)


@never_cache
@require_GET
@by_the_person
def read(request: HttpRequest, user: User) -> HttpResponseBase:
    """All of it, to read."""
    return render(request, "people/own_data_read.html", {"sections": sections_of(export_person(user=user))})


@never_cache
@require_GET
@by_the_person
def take_along(request: HttpRequest, user: User) -> HttpResponseBase:
    """All of it as one JSON file: by room, in the words of the page."""
    told = {"gemaakt op": timezone.localtime().isoformat(timespec="seconds"), **export_person(user=user)}
    response = HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=2, default=str), content_type="application/json; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="mijn-gegevens-kortwijs.json"'
    return response


@never_cache
@same_origin_required
@by_the_person
def erase(request: HttpRequest, user: User) -> HttpResponseBase:
    """Everything gone: first what that means, then for good, on this phone too."""
    if is_last_administrator(user):
        messages.info(request, "Jij bent de enige beheerder. Geef eerst iemand anders die rol.")
        return redirect("people:own_data")
    if request.method != "POST":
        return render(request, "people/erase_me.html", {"what": holdings_of(user), "signs_in": user.can_sign_in})
    response = redirect("people:own_data")
    take_off(request, response, user)
    try:
        erase_person(user=user, actor=user)
    except OSError:  # the journal cannot be written: without it nobody is erased (people/erasures.py)
        messages.info(request, "Dat lukte nu niet. Er is niets gewist. Probeer het later nog eens.")
        return redirect("people:own_data")
    request.session.flush()
    request.user = AnonymousUser()
    forget_owner(response)
    messages.info(request, "Alles over jou is gewist.")
    return response
