"""Before someone gives or takes power they show their second step, unless they did just now."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from people.models import User
from people.other_doors import shows_step
from people.second_step import confirmed_just_now, has_second_step

Shown = Callable[[HttpRequest], bool]


def ask_step(
    request: HttpRequest, user: User, back: str, shown: Shown = confirmed_just_now
) -> HttpResponseRedirect | None:
    """Where to go first, None where nothing is left to show. `back`: the page to come back to after signing in."""
    if shown(request):
        return None
    if not has_second_step(user) and not (shown is confirmed_just_now and shows_step(request, user)):
        messages.warning(request, "Zet eerst zelf een tweede stap aan. Kom daarna hier terug.")
        return redirect("mfa_index")
    messages.info(request, "Log eerst nog een keer in, met je tweede stap.")
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': back})}")
