"""The one door for accounts: whatever someone shows (password, code, passkey, single sign-on), they come in here.

django-allauth walks them past the steps that are left, such as a second one, and only then begins the session.
Learners without an account never pass here (people.arrival). Why: docs/decisions/0055-sign-in.md.
"""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import (
    AUTHENTICATION_METHODS_SESSION_KEY,
    get_authentication_records,
    perform_login,
    record_authentication,
)
from allauth.account.models import Login
from allauth.account.signals import user_logged_in
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.formats import date_format

from people.arrival import bring_along, learner_here, settle
from people.devices import mark_device
from people.limits import address_of
from people.models import User
from people.origin import on_this_site
from people.other_doors import shows_step
from people.owner import BY_NICKNAME
from people.phone_book import remember
from people.second_step import STEP_ELSEWHERE, is_announced, signed_in_just_now
from people.services import mark_came_in, take_up_invites

HERE = "_learner_before"  # on the request: who learnt on this phone before the session began anew
WHOSE_METHODS = "account_authentication_methods_user"


def come_in(request: HttpRequest, user: User, *, method: str, then: str = "", **shown: Any) -> HttpResponse:
    """Someone showed who they are by `method`: the way in, or the page of the step that is left.

    `then`: where they were going, an address that was checked to be on this site. `shown`: what is kept with the
    session of how they came in (people/other_doors.py).
    """
    record_authentication(request, user, method=method, **shown)
    return perform_login(request, Login(user=user, redirect_url=then or None))


def _asked(request: HttpRequest) -> str:
    """Where the form of a passkey says that they were going, when that is on this site."""
    return on_this_site(request.POST.get("next", ""))


class AccountAdapter(DefaultAccountAdapter):
    """What allauth asks of this project. It makes no accounts, sends no mail and has no words of its own here."""

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session. Django empties one that was another's, so what was shown is carried over."""
        setattr(request, HERE, learner_here(request))
        shown = get_authentication_records(request, user)
        gained = []
        if shows_step(request, user):  # counts for that organisation; another's role waits for one's own step
            user.backend = STEP_ELSEWHERE
        else:
            gained = take_up_invites(user=user)  # before the session begins, whose length depends on it
        super().login(request, user)
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = shown
        request.session[WHOSE_METHODS] = str(user.pk)
        request.session.pop(BY_NICKNAME, None)
        mark_device(request)
        for one in gained:
            messages.success(request, f"Je bent nu {one.get_role_display()} bij {one.organisation}.")

    def post_login(self, request: HttpRequest, user: Any, **given: Any) -> HttpResponse:
        """Where they were going, with what was done on this phone before."""
        then = given["redirect_url"] or _asked(request) or resolve_url("learning:home")
        response = HttpResponseRedirect(then)
        here: User | None = getattr(request, HERE, None)
        if here is not None and here.pk != user.pk:
            remember(request, response, here)
        mark_came_in(user=user)
        bring_along(request, response, here, user)
        settle(request, response, user)
        if settings.SECOND_STEP_FROM is not None and is_announced(user):
            begins = date_format(settings.SECOND_STEP_FROM, "j F Y")
            soon = f"Vanaf {begins} log je in met een tweede stap. Zet hem nu vast aan, bij Mijn account."
            messages.info(request, soon)
        user_logged_in.send(sender=User, request=request, response=response, user=user)
        return response

    def get_login_stages(self) -> list[str]:
        return ["people.second_step.SecondStep"]

    def is_reauthentication_required(self, *, app: str, **_: Any) -> bool:
        """How one signs in is changed by who signed in just now."""
        return not signed_in_just_now(self.request)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """Signing in again, by the same door."""
        return [{"id": "again", "url": reverse("people:sign_in")}]

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Dit is te vaak geprobeerd. Wacht een paar minuten.",
        "rate_limited": "Dit is te vaak geprobeerd. Wacht een paar minuten.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Told only to who showed that the account is theirs."""
        return render(request, "people/account_off.html", status=403)

    def get_client_ip(self, request: HttpRequest) -> str:
        return address_of(request)

    def add_message(self, request: HttpRequest, level: int, *_: Any, message: str | None = None, **__: Any) -> None:
        if message:
            messages.add_message(request, level, message)
