"""The second step of signing in: who must have one, and what a session without it may do.

From `SECOND_STEP_FROM` on someone who sees or changes something of others, and has no second step, only learns
(people/learner_only.py says what that means) until they set one up. So nothing opens that was forgotten here.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.auth.backends import BaseBackend, ModelBackend
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from people.devices import mark_used
from people.learner_only import BACKEND as LEARNS_ONLY
from people.models import User
from people.other_doors import shows_step
from people.queries import account_of, sees_others

DESKS = ("/docent/", "/admin/", "/programma/")
FRESH = timedelta(minutes=10)
GetResponse = Callable[[HttpRequest], HttpResponseBase]


def has_second_step(user: User) -> bool:
    """True for someone with a passkey or an app that makes codes; codes on paper alone are none."""
    types = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    return bool(Authenticator.objects.filter(user=user, type__in=types).exists())


def is_required(user: User) -> bool:
    """True for who must have a second step by now."""
    return _has_begun() and sees_others(user)


def _has_begun() -> bool:
    begins = settings.SECOND_STEP_FROM
    return begins is not None and timezone.localdate() >= begins


def is_announced(user: User) -> bool:
    """True for who must have one later and has none yet."""
    begins = settings.SECOND_STEP_FROM
    return bool(begins and timezone.localdate() < begins and sees_others(user) and not has_second_step(user))


class AccountBackend(ModelBackend):
    """Django's, for names and passwords; the person of a session that lacks a required step only learns."""

    def get_user(self, user_id: int) -> User | None:
        found = account_of(user_id)
        if found is None:
            return None
        user, more = found
        if more and _has_begun():
            user.only_learns = not has_second_step(user)
        return user


class StepElsewhere(BaseBackend):
    """Signs nobody in; gives the person of a session that began with a second step at their organisation, where that
    counts for them."""

    def get_user(self, user_id: int) -> User | None:
        found = AccountBackend().get_user(user_id)
        if found is not None:
            found.only_learns = False
        return found


STEP_ELSEWHERE = f"{StepElsewhere.__module__}.{StepElsewhere.__qualname__}"


class SecondStep(AuthenticateStage):
    """allauth's page that asks the second step, passed by who showed one at their organisation."""

    def handle(self) -> tuple[HttpResponseBase | None, bool]:
        if self.login.user is not None and shows_step(self.request, self.login.user):
            return None, True
        return super().handle()


def ask_for_second_step(get_response: GetResponse) -> GetResponse:
    """Who comes to a desk without the step that is asked, is brought to where it is set up."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if (
            settings.SECOND_STEP_FROM is not None
            and request.path.startswith(DESKS)
            and signed_in_with_account(request)
            and getattr(request.user, "only_learns", False)
        ):
            return redirect("mfa_index")
        response = get_response(request)
        mark_used(request)
        return response

    return middleware


def signed_in_with_account(request: HttpRequest) -> bool:
    """True in a session that came by the door: not one of a card, pictures or a phone that knows the learner."""
    return request.user.is_authenticated and request.session.get(BACKEND_SESSION_KEY) != LEARNS_ONLY


def signed_in_just_now(request: HttpRequest) -> bool:
    """True for ten minutes after all steps: long enough to change how one signs in, short for a desk left alone."""
    if not signed_in_with_account(request):
        return False
    shown = get_authentication_records(request, request.user)
    return bool(shown) and timezone.now().timestamp() - shown[-1]["at"] < FRESH.total_seconds()


def showed_step_just_now(request: HttpRequest) -> bool:
    """True for ten minutes after one's own second step here: for what touches how others sign in."""
    if not signed_in_just_now(request):
        return False
    shown = [one for one in get_authentication_records(request, request.user) if one.get("method") == "mfa"]
    return bool(shown) and timezone.now().timestamp() - shown[-1]["at"] < FRESH.total_seconds()


def confirmed_just_now(request: HttpRequest) -> bool:
    """The same, or after the second step at one's own organisation where that counts: for what stays within it."""
    if showed_step_just_now(request):
        return True
    return signed_in_just_now(request) and isinstance(request.user, User) and shows_step(request, request.user)


class SecondStepAdapter(DefaultMFAAdapter):
    """Secrets are kept encrypted, and the last step of who must have one stays."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Dit werkte niet. Probeer het opnieuw.",
        "cannot_delete_authenticator": "Je hebt een tweede stap nodig. Zet eerst een andere aan.",
        "cannot_generate_recovery_codes": "Zet eerst een tweede stap aan.",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists() or not is_required(authenticator.user)

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return "Mijn toegangssleutel"

    def _get_user_identifier(self, user: Any) -> str:
        return str(user.login_email or user.username)

    def _get_site_name(self) -> str:
        return str(settings.WAGTAIL_SITE_NAME)


def _fernet() -> Fernet:
    return Fernet(urlsafe_b64encode(sha256(b"people.second_step" + settings.SECRET_KEY.encode()).digest()))
