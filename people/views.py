from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.forms import SignInForm
from people.models import User
from people.origin import same_origin_required
from people.owner import COOKIE, set_owner_cookie
from people.queries import agreements_in_force
from people.services import mark_notice_read


class SignIn(LoginView):
    """For people with an account. Starting without one needs no form at all."""

    template_name = "people/sign_in.html"
    authentication_form = SignInForm

    def form_valid(self, form: SignInForm) -> HttpResponse:  # type: ignore[override]
        response = super().form_valid(form)
        user = form.get_user()
        if isinstance(user, User):
            set_owner_cookie(response, user)
        return response


@same_origin_required
@require_POST
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """The way out on a shared phone: this phone forgets who was signed in."""
    logout(request)
    response = redirect("learning:start")
    response.delete_cookie(COOKIE)
    return response


def who_sees_what(request: HttpRequest) -> HttpResponseBase:
    """What an employer and a teacher see and never see, from the same rows that enforce it."""
    user = request.user
    agreements = list(agreements_in_force(user)) if isinstance(user, User) else []
    response = render(request, "people/who_sees_what.html", {"agreements": agreements})
    patch_cache_control(response, private=True, no_cache=True)
    return response


@same_origin_required
@require_POST
def read_notice(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    """Put one of your own messages away."""
    if not isinstance(request.user, User) or not mark_notice_read(user=request.user, notice_id=notice_id):
        return HttpResponse("Dit bericht is er niet.", status=404)
    return redirect("learning:home")
