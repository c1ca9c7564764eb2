"""Signing in with an account, and out."""

from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.arrival import bring_along, depart, learner_here, settle
from people.forms import SignInForm
from people.models import User
from people.origin import same_origin_required
from people.owner import BY_NICKNAME


class SignIn(LoginView):
    """For people with an account. Starting without one needs no form at all."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        here = learner_here(self.request)
        response = super().form_valid(form)
        self.request.session.pop(BY_NICKNAME, None)  # now with a password
        user = form.get_user()
        assert isinstance(user, User)
        bring_along(self.request, response, here, user)
        settle(self.request, response, user)
        return response


@same_origin_required
@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """The way out on a shared phone: the next one begins anew."""
    response = redirect("learning:start")
    depart(request, response)
    return response
