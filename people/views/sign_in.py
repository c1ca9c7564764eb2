"""Signing in with an account, and out."""

from typing import Any

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.arrival import depart
from people.door import come_in
from people.forms import SignInForm
from people.limits import WRONG_PASSWORDS_FOR, WRONG_PASSWORDS_FROM, address_of
from people.models import User
from people.origin import same_origin_required
from people.other_doors import all_doors, way_out_of
from people.owner import signed_in


class SignIn(LoginView):
    """For people with an account. Starting without one needs no form at all."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        return {**super().get_context_data(**given), "doors": all_doors()}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """After too many wrong passwords none is looked at, so that a right one tells a guesser nothing."""
        if WRONG_PASSWORDS_FROM.is_reached(address_of(request)) or WRONG_PASSWORDS_FOR.is_reached(_name(request)):
            context = {
                "next": self.get_redirect_url(),
                "rests": True,
                "form": SignInForm(request),
                "doors": all_doors(),
            }
            return self.response_class(request, self.get_template_names(), context, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        user = form.get_user()
        assert isinstance(user, User)
        return come_in(self.request, user, method="password", then=self.get_success_url())

    def form_invalid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        if form.cleaned_data.get("username") and form.cleaned_data.get("password"):
            WRONG_PASSWORDS_FROM.count(address_of(self.request))
            WRONG_PASSWORDS_FOR.count(_name(self.request))
        return super().form_invalid(form)


def _name(request: HttpRequest) -> str:
    return request.POST.get("username", "")[:150].strip().lower()


@never_cache
def sign_in_for_admin(request: HttpRequest) -> HttpResponseBase:
    """The admin has no door of its own: what Wagtail calls its sign-in page leads to ours."""
    then = request.GET.get("next") or resolve_url("wagtailadmin_home")
    return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': then})}")


@same_origin_required
@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """The way out on a shared phone: the next one begins anew. Who came in by a school is told how to end that too."""
    user = signed_in(request)
    response = redirect((user and way_out_of(request, user)) or "learning:start")
    depart(request, response)
    return response
