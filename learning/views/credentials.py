"""Credentials: a learner's own, and what anyone sees of one that its learner shows."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.queries import paths_to_follow
from learning.badges.document import alt_of, pdf_of, png_of, svg_of
from learning.badges.issuer import did_document
from learning.badges.queries import credentials_of, seen_credential
from learning.badges.services import (
    NotDone,
    hide_credential,
    make_credential,
    remove_credential,
    show_credential,
)
from learning.badges.signing import address_of, is_ours, status_list
from learning.models import Credential, OwnRoute, StatusSlot
from people.arrival import come_back, learner_here
from people.models import User
from people.origin import same_origin_required
from people.owner import ON_YOUR_OWN, may_be_anyones, signed_in

TOKEN_TYPE = "application/vc+jwt"  # noqa: S105 (a media type)
KINDS: dict[str, tuple[str, Callable[[Credential], bytes]]] = {
    "svg": ("image/svg+xml", svg_of),
    "png": ("image/png", png_of),
    "pdf": ("application/pdf", pdf_of),
    "jwt": (TOKEN_TYPE, lambda credential: credential.token.encode()),
}


def _learner(request: HttpRequest) -> User:
    learner = signed_in(request)
    if learner is None:
        raise Http404
    return learner


def _own(request: HttpRequest, credential_id: UUID) -> Credential:
    """This person's own; for anybody else it is not there."""
    return get_object_or_404(credentials_of(_learner(request)), pk=credential_id)


@require_GET
@never_cache
def show_own(request: HttpRequest) -> HttpResponseBase:
    """All that someone has."""
    learner = signed_in(request)
    if learner is None and (here := learner_here(request)):
        return come_back(request, here)
    found = list(credentials_of(learner)) if learner else []
    return render(request, "learning/credentials.html", {"credentials": found})


@same_origin_required
@require_POST
@never_cache
def make(request: HttpRequest) -> HttpResponseBase:
    """'Haal je bewijs', of a path this learner may open and of which they did all lessons."""
    learner = _learner(request)
    number = request.POST.get("route", "")
    known = number.isascii() and number.isdigit() and len(number) < 10
    route = OwnRoute.objects.filter(user=learner).first()
    open_ones = paths_to_follow(learner, followed=route.path_id if route else None)
    path = open_ones.filter(pk=int(number)).first() if known else None
    if path is None:
        raise Http404
    try:
        made = make_credential(user=learner, path=path)
    except NotDone:
        messages.info(request, "Er is nog een les te doen. Daarna kun je je bewijs halen.")
        return redirect("learning:paths")
    return redirect("learning:own_credential", made.pk)


@require_GET
@never_cache
def show_one(request: HttpRequest, credential_id: UUID) -> HttpResponseBase:
    """One of one's own: what it says, keeping it, and showing it to others or not."""
    return _page(request, _own(request, credential_id))


def _page(request: HttpRequest, credential: Credential, problem: str = "", typed: str = "") -> HttpResponse:
    context = {
        "credential": credential,
        "address": address_of(credential),
        "alt": alt_of(credential),
        "problem": problem,
        "typed": typed or credential.shown_name,
        "on_another": may_be_anyones(request),
    }
    return render(request, "learning/credential_own.html", context, status=422 if problem else 200)


@same_origin_required
@require_POST
@never_cache
def show_to_others(request: HttpRequest, credential_id: UUID) -> HttpResponseBase:
    """'Laat zien': from now on its address works."""
    credential = _own(request, credential_id)
    if may_be_anyones(request):
        return HttpResponse(ON_YOUR_OWN, status=403)
    typed = request.POST.get("naam", "")
    try:
        show_credential(credential=credential, name=typed)
    except ValueError as error:
        credential.refresh_from_db(fields=["is_shown", "shown_name"])
        return _page(request, credential, str(error), typed[:80])
    messages.success(request, "Anderen kunnen je bewijs nu zien. Geef ze het adres.")
    return redirect("learning:own_credential", credential.pk)


@same_origin_required
@require_POST
@never_cache
def hide(request: HttpRequest, credential_id: UUID) -> HttpResponseBase:
    """Its address shows nothing any more."""
    hide_credential(credential=_own(request, credential_id))
    messages.success(request, "Niemand anders ziet je bewijs nu nog.")
    return redirect("learning:own_credential", credential_id)


@same_origin_required
@require_POST
@never_cache
def remove(request: HttpRequest, credential_id: UUID) -> HttpResponseBase:
    """Asks once more, then it is gone."""
    credential = _own(request, credential_id)
    if may_be_anyones(request):
        return HttpResponse(ON_YOUR_OWN, status=403)
    if "zeker" not in request.POST:
        return render(request, "learning/credential_remove.html", {"credential": credential})
    remove_credential(credential=credential)
    messages.success(request, "Je bewijs is weg.")
    return redirect("learning:credentials")


@require_GET
@never_cache
def show_public(request: HttpRequest, credential_id: UUID) -> HttpResponseBase:
    """What anyone sees who has the address: what it is, and whether it holds. One that is not shown is not there."""
    credential = seen_credential(credential_id, None)
    if credential is None:
        return _noindex(render(request, "learning/credential_hidden.html", status=404))
    context = {"credential": credential, "alt": alt_of(credential), "is_ours": is_ours(credential.token)}
    return _noindex(render(request, "learning/credential_public.html", context))


@require_GET
@never_cache
def give(request: HttpRequest, credential_id: UUID, ending: str) -> HttpResponseBase:
    """As picture with the credential inside it, as document, or the signed text alone."""
    credential = seen_credential(credential_id, signed_in(request))
    if credential is None or ending not in KINDS:
        raise Http404
    media_type, make_it = KINDS[ending]
    response = HttpResponse(make_it(credential), content_type=media_type)
    how = "inline" if "toon" in request.GET and ending in ("svg", "png") else "attachment"
    response["Content-Disposition"] = f'{how}; filename="bewijs-{credential.made_on:%Y-%m-%d}.{ending}"'
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return _noindex(response)


@require_GET
@cache_control(public=True, max_age=300)
def status(request: HttpRequest, number: int) -> HttpResponseBase:
    """The list of what was revoked, signed; for programs, from any site."""
    if not StatusSlot.objects.filter(number=number).exists():
        raise Http404
    return _for_any_site(HttpResponse(status_list(number, timezone.now()), content_type=TOKEN_TYPE))


@require_GET
@cache_control(public=True, max_age=int(timedelta(hours=1).total_seconds()))
def did(request: HttpRequest) -> HttpResponseBase:
    """The public keys of this site, where did:web looks for them."""
    return _for_any_site(JsonResponse(did_document(), content_type="application/did+json"))


def _for_any_site(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _noindex(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex"
    return response
