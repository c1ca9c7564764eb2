"""Revoking a credential, for administrators. There is no list: whose a credential is, is not theirs to see."""

from django import forms
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.auth import permission_required

from learning.badges.queries import credential_id_in
from learning.badges.services import revoke_credential
from learning.models import Credential
from people.models import User

PERMISSION = "learning.delete_credential"


class RevokeForm(forms.Form):
    """Which credential: its address, or only the number at its end."""

    address = forms.CharField(
        label="Adres of nummer van het bewijs",
        max_length=300,
        help_text="Het adres staat op het bewijs. Het nummer is het laatste stuk.",
    )

    def clean_address(self) -> Credential:
        """The credential meant. Raises ValidationError where there is none."""
        number = credential_id_in(self.cleaned_data["address"])
        found = Credential.objects.select_related("slot").filter(pk=number).first() if number else None
        if found is None:
            raise forms.ValidationError("Er is geen bewijs met dit adres. Kijk of het helemaal is overgenomen.")
        return found


@require_http_methods(["GET", "POST"])
@never_cache
@permission_required(PERMISSION)
def revoke(request: HttpRequest) -> HttpResponseBase:
    """Revokes the one of which the address is filled in."""
    form = RevokeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "learning/admin/revoke.html", {"form": form})
    actor = request.user if isinstance(request.user, User) else None
    if revoke_credential(credential=form.cleaned_data["address"], actor=actor):
        messages.success(request, "Het bewijs is ingetrokken.")
    else:
        messages.warning(request, "Dit bewijs was al ingetrokken.")
    return redirect("revoke_credential")
