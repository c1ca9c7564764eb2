"""Someone lost their second step: for administrators, who sign in with their own first."""

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from people.models import User
from people.second_step import has_second_step, showed_step_just_now
from people.services import reset_second_step


class FindForm(forms.Form):
    """Whom; the view reads it from the address by itself."""

    wie = forms.CharField(
        label="Naam of e-mailadres waarmee iemand inlogt",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )


PERMISSION = "mfa.delete_authenticator"
administrators_only = permission_required(PERMISSION)


@require_GET
@never_cache
@administrators_only
def find(request: HttpRequest) -> HttpResponseBase:
    """Who lost it, by the whole name or address they sign in with; there is no list of people."""
    typed = request.GET.get("wie", "")[:254].strip()
    context = {
        "form": FindForm(initial={"wie": typed}),
        "typed": typed,
        "found": account_called(typed),
        "has_step": has_second_step(_actor(request)),
    }
    return render(request, "people/admin/lost_step.html", context)


def account_called(typed: str) -> User | None:
    """The one account with this name or address; those of learners without an account are no answer."""
    if not typed or "\x00" in typed:
        return None
    known = User.objects.filter(Q(username__iexact=typed) | Q(login_email__iexact=typed), is_nameless=False)
    found = list(known[:2])
    return found[0] if len(found) == 1 and found[0].can_sign_in else None


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def reset(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks once more, and asks the administrator to show their own second step, unless they did just now."""
    actor, user = _actor(request), get_object_or_404(User, pk=pk, is_nameless=False)
    if user.pk == actor.pk:
        return redirect("mfa_index")
    if not showed_step_just_now(request):
        if not has_second_step(actor):
            messages.error(request, "Zet eerst zelf een tweede stap aan, bij Mijn account.")
            return redirect("lost_step")
        messages.warning(request, "Log eerst nog een keer in, met je eigen tweede stap.")
        return redirect(f"{reverse('people:sign_in')}?{urlencode({'next': request.path})}")
    if request.method == "POST":
        count = reset_second_step(user=user, actor=actor)
        told = f"De tweede stap van {user} is weg." if count else f"{user} had geen tweede stap."
        messages.success(request, told)
        return redirect("lost_step")
    return render(request, "people/admin/reset_step.html", {"user_found": user, "has_step": has_second_step(user)})


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
