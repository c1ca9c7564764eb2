"""Learning systems of schools, for administrators: invite one, fill in by hand what it does not say itself, end it."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from lti_tool.models import LtiDeployment
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from integrations.lti.fetch import origin_of
from integrations.lti.queries import addresses, platforms
from integrations.lti.services import allow_deployment, end_platform, invite_platform, register_platform
from integrations.models import LtiPlatform
from people.models import Organisation, User

PERMISSION = "integrations.add_ltiplatform"
administrators_only = permission_required(PERMISSION)
NO_ADDRESS = "Dit is geen adres van een leeromgeving. Het begint met https://."


class InviteForm(forms.Form):
    """Whose learning system it is, and where it stands."""

    organisation = forms.ModelChoiceField(label="School of werkgever", queryset=Organisation.objects.all())
    name = forms.CharField(label="Naam van de leeromgeving", max_length=80, help_text="Bijvoorbeeld: Moodle.")
    address = forms.CharField(
        label="Adres van de leeromgeving",
        max_length=200,
        help_text="Bijvoorbeeld: https://leren.school.nl. Alleen dit adres mag ons in een kader laten zien.",
    )

    def clean_address(self) -> str:
        return _address(self.cleaned_data["address"])


class ByHandForm(forms.Form):
    """What the administrator of the school reads in their own system."""

    issuer = forms.CharField(label="Issuer of platform-id", max_length=200)
    client_id = forms.CharField(label="Client-id", max_length=200)
    deployment = forms.CharField(
        label="Deployment-id", max_length=200, required=False, help_text="Leeg: de eerste die een les opent."
    )
    auth_url = forms.CharField(label="Adres voor authenticatie", max_length=200)
    token_url = forms.CharField(label="Adres voor access token", max_length=200)
    keyset_url = forms.CharField(label="Adres van de public keyset", max_length=200)

    def clean(self) -> dict[str, str]:
        for name in ("auth_url", "token_url", "keyset_url"):
            if given := self.cleaned_data.get(name):
                try:
                    origin_of(given)
                except ValueError:
                    self.add_error(name, NO_ADDRESS)
        return self.cleaned_data


def _address(typed: str) -> str:
    try:
        return origin_of(typed)
    except ValueError:
        raise forms.ValidationError(NO_ADDRESS) from None


def _actor(request: HttpRequest) -> User | None:
    return request.user if isinstance(request.user, User) else None


@require_GET
@never_cache
@administrators_only
def show_all(request: HttpRequest) -> HttpResponseBase:
    return render(request, "integrations/admin/lti_platforms.html", {"platforms": platforms()})


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def invite(request: HttpRequest) -> HttpResponseBase:
    form = InviteForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "integrations/admin/lti_invite.html", {"form": form})
    platform = invite_platform(**form.cleaned_data, actor=_actor(request))
    return redirect("lti_platform", platform.pk)


@require_http_methods(["GET", "POST"])
@never_cache
@administrators_only
def show_one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What to send to the school, and what comes back from it."""
    platform = get_object_or_404(LtiPlatform.objects.select_related("organisation", "registration"), pk=pk)
    form = ByHandForm(request.POST or None, initial=_known(platform))
    if request.method == "POST" and platform.ended_at is None and form.is_valid():
        values = dict(form.cleaned_data)
        try:
            register_platform(
                platform=platform, deployment=values.pop("deployment"), values=values, actor=_actor(request)
            )
        except ValueError:
            form.add_error("client_id", "Deze issuer en client-id horen al bij een andere leeromgeving.")
        else:
            messages.success(request, "De koppeling is bewaard.")
            return redirect("lti_platform", pk)
    context = {
        "platform": platform,
        "form": form,
        "addresses": addresses(),
        "link": settings.BASE_URL + reverse("integrations:lti_register", args=[platform.invitation]),
        "explained": settings.BASE_URL + reverse("integrations:lti_explained"),
        "deployments": LtiDeployment.objects.filter(registration=platform.registration_id).order_by("pk"),
    }
    return render(request, "integrations/admin/lti_platform.html", context)


def _known(platform: LtiPlatform) -> dict[str, str]:
    registration = platform.registration
    if registration is None:
        return {"issuer": platform.address}
    return {name: getattr(registration, name) for name in ByHandForm.base_fields if name != "deployment"}


@require_POST
@never_cache
@administrators_only
def allow(request: HttpRequest, pk: int, deployment: int) -> HttpResponseBase:
    platform = get_object_or_404(LtiPlatform, pk=pk, ended_at=None, registration__isnull=False)
    found = get_object_or_404(LtiDeployment, pk=deployment, registration=platform.registration_id)
    allow_deployment(deployment=found, actor=_actor(request))
    messages.success(request, "Deze plek mag nu lessen openen.")
    return redirect("lti_platform", pk)


@require_POST
@never_cache
@administrators_only
def end(request: HttpRequest, pk: int) -> HttpResponseBase:
    platform = get_object_or_404(LtiPlatform, pk=pk, ended_at=None)
    end_platform(platform=platform, actor=_actor(request))
    messages.success(request, f"‘{platform}’ opent geen lessen meer.")
    return redirect("lti_platforms")
