"""'Inloggen': the second steps of an account and the devices on which it is signed in."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.devices import devices_of, end_devices
from people.models import User
from people.other_doors import linking_of
from people.second_step import has_second_step, is_announced, is_required, signed_in_with_account
from people.services import record_audit

MOST_OF_PASSKEY = 20_000
View = Callable[..., HttpResponseBase]


def with_account(view: View) -> View:
    """For who came by the door; a learner without an account signs in first. No browser keeps the page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not signed_in_with_account(request):
            return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
        return view(request, *args, **kwargs)

    return never_cache(guarded)


def with_passkey(view: View) -> View:
    """What a browser sends as a passkey has the shape of one before allauth reads it; else one tries again."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "POST" and "credential" in request.POST and not _is_passkey(request.POST["credential"]):
            messages.error(request, "Dit werkte niet. Probeer het opnieuw.")
            return redirect("people:sign_in")
        return view(request, *args, **kwargs)

    return guarded


def _is_passkey(sent: str) -> bool:
    """The members that WebAuthn level 3 gives it (RegistrationResponseJSON, AuthenticationResponseJSON)."""
    try:
        found = json.loads(sent) if len(sent) <= MOST_OF_PASSKEY else None
    except (ValueError, RecursionError):
        return False
    return (
        isinstance(found, dict)
        and all(isinstance(found.get(name), str) for name in ("id", "rawId", "type"))
        and isinstance(found.get("response"), dict)
        and isinstance(found["response"].get("clientDataJSON"), str)
        and isinstance(found["response"].get("userHandle", ""), str | None)
    )


@with_account
def account(request: HttpRequest) -> HttpResponseBase:
    """All on one page: what is on, what can be added, and where one is signed in."""
    user = request.user
    assert isinstance(user, User)
    steps = Authenticator.objects.filter(user=user).order_by("created_at")
    context = {
        "has_step": has_second_step(user),
        "is_required": is_required(user) and user.only_learns,
        "linking": linking_of(user),
        "begins": settings.SECOND_STEP_FROM if is_announced(user) else None,
        "app": steps.filter(type=Authenticator.Type.TOTP).first(),
        "passkeys": [one for one in steps if one.type == Authenticator.Type.WEBAUTHN],
        "has_codes": steps.filter(type=Authenticator.Type.RECOVERY_CODES).exists(),
        "devices": devices_of(user, request),
    }
    return render(request, "mfa/index.html", context)


@require_POST
@with_account
def end_sessions(request: HttpRequest) -> HttpResponseBase:
    """One other device, or all others, is signed out."""
    user = request.user
    assert isinstance(user, User)
    ended = end_devices(user, request, request.POST.get("apparaat", "")[:32])
    if ended:
        record_audit(actor=user, action="end_sessions", subject=f"user {user.pk}", count=ended)
    messages.success(request, "Je bent daar uitgelogd." if ended else "Je was daar al uitgelogd.")
    return redirect("mfa_index")
