"""The keys of other systems that call the record store, for administrators.

It stands here because only a room above both knows the record store and the names of organisations.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from integrations.forms import NewKeyForm
from integrations.queries import keys_of_systems
from integrations.services import end_key, make_key
from people.models import User
from xapi.models import Credential

PERMISSION = "xapi.add_credential"
administrators_only = permission_required(PERMISSION)


@require_GET
@never_cache
@administrators_only
def keys(request: HttpRequest) -> HttpResponseBase:
    return render(request, "integrations/admin/keys.html", {"keys": keys_of_systems()})


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def new_key(request: HttpRequest) -> HttpResponseBase:
    """Asks, and answers with the secret: it is in this one answer only, in no session and in no message."""
    form = NewKeyForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "integrations/admin/new_key.html", {"form": form})
    credential, secret = make_key(**form.cleaned_data, actor=_actor(request))
    context: dict[str, Any] = {"key": credential, "secret": secret, "address": f"{settings.BASE_URL}/xapi"}
    return render(request, "integrations/admin/made_key.html", context)


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def last_of_key(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Asks once more, since a key that ended never comes back."""
    credential = get_object_or_404(Credential, pk=pk, ended_at=None)
    if request.method == "GET":
        return render(request, "integrations/admin/end_key.html", {"key": credential})
    end_key(credential=credential, actor=_actor(request))
    messages.success(request, f"De sleutel van ‘{credential}’ doet het niet meer.")
    return redirect(reverse("lrs_keys"))


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None
