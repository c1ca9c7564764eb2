"""Signing in with an organisation, for administrators: add a provider, change it, end it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from integrations.single_sign_on.flow import back_address
from integrations.single_sign_on.forms import ChangeProviderForm, NewProviderForm
from integrations.single_sign_on.models import SignOnProvider
from integrations.single_sign_on.queries import providers
from integrations.single_sign_on.services import add_provider, change_provider, end_provider
from people.models import User

PERMISSION = "integrations.add_signonprovider"
administrators_only = permission_required(PERMISSION)
FIELDS = (
    "name", "client_id", "home_claim", "home_value", "second_claim", "step_value", "asks_name", "asks_email", "shown",
)  # fmt: skip


@require_GET
@never_cache
@administrators_only
def show_all(request: HttpRequest) -> HttpResponseBase:
    return render(request, "integrations/admin/sign_on_providers.html", {"providers": providers()})


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def add(request: HttpRequest) -> HttpResponseBase:
    form = NewProviderForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        provider = add_provider(**form.cleaned_data, actor=_actor(request))
        messages.success(request, f"Mensen van {provider.organisation} kunnen hiermee inloggen.")
        if form.found and not form.found.is_pairwise:
            told = "Deze dienst geeft overal hetzelfde nummer van iemand door. Vraag of dat per site anders kan."
            messages.warning(request, told)
        return redirect("sign_on_provider", provider.pk)
    context: dict[str, Any] = {"form": form, "title": "Nieuwe organisatie-login"}
    return render(request, "integrations/admin/sign_on_form.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def show_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the organisation must know, and what may change."""
    provider = get_object_or_404(SignOnProvider.objects.select_related("organisation"), pk=pk)
    now = {name: getattr(provider, name) for name in FIELDS}
    form = ChangeProviderForm(request.POST or None, initial=now, kind=provider.kind)
    if request.method == "POST" and provider.ended_at is None and form.is_valid():
        change_provider(provider=provider, **form.cleaned_data, actor=_actor(request))
        messages.success(request, "Dat is bewaard.")
        return redirect("sign_on_provider", pk)
    context: dict[str, Any] = {
        "form": form,
        "provider": provider,
        "title": str(provider),
        "back": back_address(provider),
        "door": settings.BASE_URL + reverse("sign_on:door", args=[provider.key]),
    }
    return render(request, "integrations/admin/sign_on_form.html", context)


@require_POST
@never_cache
@administrators_only
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    provider = get_object_or_404(SignOnProvider, pk=pk, ended_at=None)
    end_provider(provider=provider, actor=_actor(request))
    messages.success(request, f"Met ‘{provider.name}’ kan niemand meer inloggen.")
    return redirect("sign_on_providers")


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
