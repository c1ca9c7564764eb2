"""What a platform opens. A frame holds one button and nothing else: signing in starts again in a tab of its own."""

import logging
from typing import Any
from uuid import UUID

from csp.constants import SELF
from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from lti_tool.models import Key
from pylti1p3.deep_link import DeepLink
from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.lineitem import LineItem

from integrations.lti.fetch import origin_of
from integrations.lti.launch import (
    Launched,
    LaunchRefused,
    begin,
    cookie_of,
    finish,
    hints_of,
    origins_of,
    platform_of_login,
    set_begun,
)
from integrations.lti.queries import addresses
from integrations.lti.registration import RegistrationRefused, open_invitation, register_by_itself
from integrations.lti.services import ensure_key, expect_completion, person_of
from integrations.lti.targets import Target, lessons, paths, target_by_key, target_of
from integrations.models import LtiPlatform
from people.arrival import arrive_by_nickname
from people.origin import same_origin_required
from people.owner import BY_PLATFORM

log = logging.getLogger(__name__)
FRAMES = ("iframe", "frame", "embed", "object")
TICKET = "integrations.lti.choose"
CHOOSE_SECONDS = 1800
MOST_CHOSEN = 30
DL_CLAIM = "https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings"


def _refused(request: HttpRequest, why: object) -> HttpResponse:
    log.warning("lti launch refused: %s", why)
    return render(request, "integrations/lti/refused.html", status=400)


def _may_be_framed_by(response: HttpResponse, platform: LtiPlatform) -> HttpResponse:
    """By this platform alone. Browsers hold a form to its policy through redirects too: to where signing in goes on."""
    to = [origin_of(platform.registration.auth_url)] if platform.registration else []
    response._csp_replace = {"frame-ancestors": origins_of(platform), "form-action": [SELF, *to]}  # type: ignore[attr-defined]
    response.xframe_options_exempt = True
    return response


def _start() -> str:
    return settings.BASE_URL + reverse("integrations:lti_start")


@csrf_exempt
@never_cache
@require_http_methods(["GET", "POST"])
def login(request: HttpRequest) -> HttpResponseBase:
    """A platform begins to sign someone in. In a frame: a button that begins again in a tab."""
    try:
        hints = hints_of(request)
        platform = platform_of_login(hints)
    except LaunchRefused as error:
        return _refused(request, error)
    if request.headers.get("Sec-Fetch-Dest") in FRAMES:
        return _may_be_framed_by(render(request, "integrations/lti/framed.html", {"hints": hints}), platform)
    address, name, value = begin(platform, hints, _start())
    response = HttpResponse(status=302, headers={"Location": address})
    set_begun(response, name, value)
    return response


@csrf_exempt
@never_cache
@require_POST
def start(request: HttpRequest) -> HttpResponseBase:
    """What the platform posts comes without our cookies, since those are Lax: our own page posts it once more."""
    token, state = request.POST.get("id_token", ""), request.POST.get("state", "")
    if not token or not state or len(token) > 50_000 or len(state) > 200:
        return _refused(request, request.POST.get("error", "nothing to begin with")[:100])
    return render(request, "integrations/lti/start.html", {"token": token, "state": state})


@same_origin_required
@never_cache
@require_POST
def go(request: HttpRequest) -> HttpResponseBase:
    """The launch itself: to a lesson or path, or to a page where a teacher chooses one."""
    try:
        launched = finish(request)
    except LaunchRefused as error:
        return _refused(request, error)
    response = _choose(request, launched) if launched.is_for_choosing else _open(request, launched)
    response.delete_cookie(cookie_of(request.POST["state"]), samesite="Lax")
    return response


def _open(request: HttpRequest, launched: Launched) -> HttpResponse:
    organisation = launched.platform.organisation
    target = target_of(launched.target_address, organisation)
    if target is None and launched.target_address.rstrip("/") != f"{settings.BASE_URL}/lti":
        return render(request, "integrations/lti/gone.html", status=404)
    user = person_of(launched)
    if target is not None:
        expect_completion(launched=launched, target=target)
    response: HttpResponse = redirect(target.page if target else "learning:home")
    arrive_by_nickname(request, response, user)
    request.session[BY_PLATFORM] = True
    return response


def _choose(request: HttpRequest, launched: Launched) -> HttpResponse:
    wanted = launched.claims.get(DL_CLAIM)
    if not launched.teaches or not isinstance(wanted, dict):
        return _refused(request, "only a teacher chooses")
    try:
        back = str(wanted.get("deep_link_return_url", ""))
        origin_of(back)
    except ValueError as error:
        return _refused(request, error)
    ticket = {
        "platform": launched.platform.pk,
        "deployment": launched.deployment.deployment_id,
        "back": back,
        "data": wanted.get("data"),
        "many": str(wanted.get("accept_multiple")).lower() == "true",
    }
    return _choices(request, launched.platform, signing.dumps(ticket, salt=TICKET), many=ticket["many"] is True)


def _choices(
    request: HttpRequest, platform: LtiPlatform, ticket: str, *, many: bool, problem: str = ""
) -> HttpResponse:
    context = {
        "platform": platform,
        "paths": paths(platform.organisation),
        "lessons": lessons(),
        "ticket": ticket,
        "many": many,
        "problem": problem,
    }
    return render(request, "integrations/lti/choose.html", context, status=422 if problem else 200)


@same_origin_required
@never_cache
@require_POST
def choose(request: HttpRequest) -> HttpResponseBase:
    """What a teacher chose goes back to the platform, signed by us."""
    given = request.POST.get("kaartje", "")
    try:
        ticket: dict[str, Any] = signing.loads(given[:20_000], salt=TICKET, max_age=CHOOSE_SECONDS)
    except signing.BadSignature as error:
        return _refused(request, type(error).__name__)
    platform = (
        LtiPlatform.objects.filter(pk=ticket["platform"], ended_at=None, registration__is_active=True)
        .select_related("registration", "organisation")
        .first()
    )
    if platform is None or platform.registration is None:
        return _refused(request, "this platform is not there any more")
    keys = list(dict.fromkeys(request.POST.getlist("keuze")))[: MOST_CHOSEN + 1]
    found = [target_by_key(key[:60], platform.organisation) for key in keys]
    chosen = [target for target in found if target is not None]
    if not chosen or len(chosen) != len(found) or len(chosen) > (MOST_CHOSEN if ticket["many"] else 1):
        problem = "Kies een les of een route." if not keys else "Dit kan niet. Kies opnieuw."
        return _choices(request, platform, given, many=ticket["many"], problem=problem)
    link = DeepLink(
        platform.registration.to_registration(),
        ticket["deployment"],
        {"deep_link_return_url": ticket["back"], "data": ticket["data"]},
    )
    message = link.get_response_jwt([_resource(target) for target in chosen])
    response = render(request, "integrations/lti/chosen.html", {"back": ticket["back"], "message": message})
    response._csp_update = {"form-action": [origin_of(ticket["back"])]}  # type: ignore[attr-defined]
    return response


def _resource(target: Target) -> DeepLinkResource:
    """A link with a column of 1 point: done or not."""
    item = LineItem().set_score_maximum(1).set_label(target.title).set_resource_id(target.key)
    return DeepLinkResource().set_title(target.title).set_url(target.address).set_lineitem(item)


@require_GET
def keys(request: HttpRequest) -> HttpResponseBase:
    """Our public keys, for platforms."""
    ensure_key()
    return JsonResponse(Key.objects.as_jwks())


@require_GET
def page(request: HttpRequest, kind: str = "", code: str = "") -> HttpResponseBase:
    """A link of a platform that is opened without it: lessons are for everybody."""
    target = target_by_key(f"les:{code}", None) if kind == "les" else None
    return redirect(target.page if target else "learning:paths" if kind == "route" else "integrations:lti_explained")


@require_GET
def explained(request: HttpRequest) -> HttpResponseBase:
    """For the administrator of a school: what to fill in where. Nothing of it is secret."""
    return render(request, "integrations/lti/explained.html", {"addresses": addresses()})


@same_origin_required
@never_cache
@require_http_methods(["GET", "POST"])
def register(request: HttpRequest, invitation: UUID) -> HttpResponseBase:
    """Opened by the platform of which an administrator here gave the address; asks first, then registers."""
    platform = open_invitation(invitation)
    if platform is None:
        raise Http404
    given = request.POST if request.method == "POST" else request.GET
    context: dict[str, Any] = {
        "platform": platform,
        "configuration": given.get("openid_configuration", "")[:4001],
        "token": given.get("registration_token", "")[:4001],
    }
    status = 200
    if request.method == "POST":
        try:
            register_by_itself(platform, context["configuration"], context["token"])
            context["done"] = True
        except RegistrationRefused as error:
            log.warning("lti registration refused: %s", type(error.__cause__ or error).__name__)
            context["problem"], status = str(error), 422
    response = render(request, "integrations/lti/register.html", context, status=status)
    return _may_be_framed_by(response, platform)
