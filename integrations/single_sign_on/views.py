"""Signing in with an account of one's school or employer, and linking one to the account one has."""

import logging
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from integrations.single_sign_on.flow import (
    Finished,
    NotBegun,
    SignOnRefused,
    Stopped,
    Unreachable,
    begin,
    cookie_of,
    finish,
    set_begun,
    way_out,
)
from integrations.single_sign_on.models import SignOnProvider
from integrations.single_sign_on.queries import (
    identities_of,
    may_link,
    open_providers,
    shown_providers,
    step_counts_for,
)
from integrations.single_sign_on.services import Clash, link_person, note_clash, person_of, unlink_person
from people.door import come_in
from people.limits import SIGN_ONS_FROM, WRONG_SIGN_ONS_FROM, address_of
from people.models import User
from people.origin import is_same_origin, on_this_site
from people.other_doors import METHOD
from people.second_step import signed_in_just_now, signed_in_with_account
from people.views.account import with_account

log = logging.getLogger(__name__)
BUSY = "Er is te vaak geprobeerd in te loggen. Wacht 10 minuten."
WORDS: dict[type[SignOnRefused], str] = {
    Stopped: "Je stopte met inloggen. Er is niets veranderd.",
    NotBegun: "Dit duurde te lang, of je ging terug in je browser. Begin opnieuw.",
    Unreachable: "Inloggen met {name} gaat nu niet. Probeer het straks opnieuw.",
    Clash: "We weten niet zeker wie je bent. Vraag de beheerder van deze site om hulp.",
    SignOnRefused: "Het inloggen met {name} is niet gelukt. Probeer het opnieuw.",
}


@never_cache
@require_GET
def show_all(request: HttpRequest) -> HttpResponseBase:
    """The organisations that people sign in with, by name."""
    context = {"providers": shown_providers(), "next": _next(request)}
    return render(request, "integrations/sign_on/all.html", context)


@never_cache
@require_GET
def door(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """On to the provider, for who pressed a button of ours. From elsewhere: a page with that button.

    A link and no form: browsers hold forms to `form-action 'self'`, through redirects too.
    """
    provider = get_object_or_404(open_providers(), key=key)
    if not is_same_origin(request):
        return render(request, "integrations/sign_on/door.html", {"provider": provider, "next": _next(request)})
    return _to_provider(request, provider, then=_next(request))


def _to_provider(
    request: HttpRequest, provider: SignOnProvider, *, then: str, linking: User | None = None
) -> HttpResponseBase:
    place = address_of(request)
    if SIGN_ONS_FROM.is_reached(place) or WRONG_SIGN_ONS_FROM.is_reached(place):
        return _page(request, provider, BUSY, status=429)
    SIGN_ONS_FROM.count(place)
    try:
        address, name, value = begin(provider, then=then, linking=linking)
    except SignOnRefused as error:
        return _refused(request, provider, error)
    response = HttpResponseRedirect(address)
    set_begun(response, name, value)
    return response


@never_cache
@require_GET
def back(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """Back from the provider: in, or linked, or a calm page that says what to do."""
    provider = get_object_or_404(open_providers(), key=key)
    if WRONG_SIGN_ONS_FROM.is_reached(address_of(request)):
        return _page(request, provider, BUSY, status=429)
    try:
        finished = finish(request, provider)
        response = _arrived(request, provider, finished)
    except SignOnRefused as error:
        response = _refused(request, provider, error)
    response.delete_cookie(cookie_of(request.GET.get("state", "")[:200]), samesite="Lax")
    return response


def _arrived(request: HttpRequest, provider: SignOnProvider, finished: Finished) -> HttpResponseBase:
    if finished.linking is not None:
        return _linked(request, provider, finished)
    user = person_of(provider=provider, told=finished.told)
    has_step = finished.told.has_step and step_counts_for(provider, user)
    out = reverse("sign_on:out", args=[provider.key])
    return come_in(request, user, method=METHOD, then=finished.then, step=has_step, way_out=out)


def _linked(request: HttpRequest, provider: SignOnProvider, finished: Finished) -> HttpResponseBase:
    user = request.user
    if not isinstance(user, User) or user.pk != finished.linking or not signed_in_with_account(request):
        raise NotBegun("begun by somebody else")
    link_person(provider=provider, told=finished.told, user=user)
    messages.success(request, f"Je kunt nu ook inloggen met {provider.name}.")
    return redirect("sign_on:mine")


def _refused(request: HttpRequest, provider: SignOnProvider, error: SignOnRefused) -> HttpResponse:
    """What went wrong in the log, and what to do on the screen; of who is known here it tells nothing."""
    log.warning("sign-on refused: %s: %s", type(error).__name__, error)
    if isinstance(error, Clash):
        note_clash(provider=provider)
    if not isinstance(error, Stopped | Unreachable):
        WRONG_SIGN_ONS_FROM.count(address_of(request))
    words = WORDS[type(error)].format(name=provider.name)
    return _page(request, provider, words, status=503 if isinstance(error, Unreachable) else 400)


def _page(request: HttpRequest, provider: SignOnProvider, words: str, status: int) -> HttpResponse:
    context = {"provider": provider, "words": words, "is_in": signed_in_with_account(request)}
    return render(request, "integrations/sign_on/refused.html", context, status=status)


@never_cache
@require_GET
def signed_out(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """After signing out here: how to sign out at the organisation too, for who is at a computer of others."""
    provider = get_object_or_404(SignOnProvider.objects.filter(ended_at=None), key=key)
    return render(request, "integrations/sign_on/out.html", {"provider": provider, "way_out": way_out(provider)})


@require_GET
@with_account
def mine(request: HttpRequest) -> HttpResponseBase:
    """What someone can sign in with besides what they have, and what is linked."""
    user = request.user
    assert isinstance(user, User)
    linked = list(identities_of(user))
    used = {one.provider_id for one in linked}
    context = {"linked": linked, "others": [one for one in may_link(user) if one.pk not in used]}
    return render(request, "integrations/sign_on/mine.html", context)


@require_GET
@with_account
def link(request: HttpRequest, key: UUID) -> HttpResponseBase:
    """On to the provider, for who signed in just now and pressed a button of ours."""
    user = request.user
    assert isinstance(user, User)
    provider = get_object_or_404(may_link(user), key=key)
    if not signed_in_just_now(request):
        return _again(request)
    if not is_same_origin(request):
        return redirect("sign_on:mine")
    return _to_provider(request, provider, then="", linking=user)


@require_POST
@with_account
def unlink(request: HttpRequest, pk: int) -> HttpResponseBase:
    """It is no way in any more."""
    user = request.user
    assert isinstance(user, User)
    identity = get_object_or_404(identities_of(user), pk=pk)
    if not signed_in_just_now(request):
        return _again(request)
    if unlink_person(identity=identity):
        messages.success(request, "Je logt hier niet meer mee in.")
    else:
        messages.error(request, "Anders kun je niet meer inloggen. Bewaar eerst een e-mailadres.")
    return redirect("sign_on:mine")


def _again(request: HttpRequest) -> HttpResponseBase:
    messages.info(request, "Log voor de zekerheid nog een keer in.")
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': reverse('sign_on:mine')})}")


def _next(request: HttpRequest) -> str:
    """Where someone was going, when that is on this site."""
    wanted = request.GET.get("next", "")
    return on_this_site(wanted)
