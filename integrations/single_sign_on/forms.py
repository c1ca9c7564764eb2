"""What an administrator says about the OpenID provider of an organisation."""

import re
from typing import Any

from django import forms

from integrations.single_sign_on.fetch import NotAsked, checked_url, until_when
from integrations.single_sign_on.metadata import Metadata, metadata_of
from integrations.single_sign_on.models import SignOnProvider
from people.models import Organisation

Kind = SignOnProvider.Kind
SURFCONEXT_HOME = "schac_home_organization"
_CLAIM = re.compile(r"[A-Za-z0-9_.:/-]{1,60}")
# What people choose themselves, or what is given to somebody else later: who has it is not proven to be the same.
NEVER_STAYS = {
    "email", "emails", "mail", "email_verified", "upn", "unique_name", "preferred_username", "nickname", "name",
    "given_name", "family_name", "phone_number", "profile", "picture", "website", "tid", "iss", "aud", "sub", "nonce",
    "sid", "acr", "amr", SURFCONEXT_HOME,
}  # fmt: skip


class ChangeProviderForm(forms.Form):
    """What may change of one that is there. A secret that is left empty stays as it is."""

    name = forms.CharField(
        label="Naam op de knop", max_length=40, help_text="Na ‘Log in met’. Bijvoorbeeld: Voorbeeldschool."
    )
    client_id = forms.CharField(label="Client-id", max_length=200)
    secret = forms.CharField(
        label="Geheim (client secret)",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    home_claim = forms.CharField(
        label="Alleen wie dit kenmerk heeft: naam",
        max_length=60,
        required=False,
        help_text=f"Voor een dienst van meer organisaties. Bij SURFconext: {SURFCONEXT_HOME}.",
    )
    home_value = forms.CharField(
        label="Alleen wie dit kenmerk heeft: waarde",
        max_length=200,
        required=False,
        help_text="Bijvoorbeeld: voorbeeldschool.nl.",
    )
    second_claim = forms.CharField(
        label="Kenmerk dat blijft",
        max_length=60,
        required=False,
        help_text="Verandert het nummer van iemand? Dan herkennen we die hieraan. Bij Entra: oid. Geen e-mailadres.",
    )
    step_value = forms.CharField(
        label="Tweede stap daar",
        max_length=200,
        required=False,
        help_text="Wat acr, amr of acrs dan zegt. Leeg: wie een rol heeft, doet altijd onze eigen tweede stap.",
    )
    asks_name = forms.BooleanField(label="Vraag ook de voornaam", required=False)
    asks_email = forms.BooleanField(label="Vraag ook het e-mailadres", required=False)
    shown = forms.BooleanField(
        label="Laat zien op de inlogpagina",
        required=False,
        initial=True,
        help_text="Uit: alleen wie het adres heeft, komt bij de knop.",
    )

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind_now = kind

    def clean_home_claim(self) -> str:
        return self._claim("home_claim")

    def clean_second_claim(self) -> str:
        claim = self._claim("second_claim")
        if claim.lower() in NEVER_STAYS:
            raise forms.ValidationError("Dit kenmerk kan van iemand anders worden. Kies er een dat altijd blijft.")
        return claim

    def _claim(self, field: str) -> str:
        given: str = self.cleaned_data[field]
        if given and not _CLAIM.fullmatch(given):
            raise forms.ValidationError("Dit is geen naam van een kenmerk.")
        return given

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind", self.kind_now)
        if bool(given.get("home_claim")) != bool(given.get("home_value")):
            self.add_error("home_value", "Vul naam en waarde van het kenmerk samen in.")
        if kind == Kind.SURFCONEXT and not given.get("home_claim"):
            self.add_error("home_claim", f"SURFconext is van veel scholen. Vul hier {SURFCONEXT_HOME} in.")
        return given


class NewProviderForm(ChangeProviderForm):
    """A new one also says whose it is and where. What it says of itself is read at once."""

    organisation = forms.ModelChoiceField(label="School of werkgever", queryset=Organisation.objects.all())
    kind = forms.ChoiceField(label="Soort", choices=Kind.choices)
    issuer = forms.CharField(
        label="Adres (issuer)",
        max_length=255,
        help_text="SURFconext: https://connect.surfconext.nl. Entra: https://login.microsoftonline.com/…/v2.0.",
    )
    field_order = ("organisation", "kind", "name", "issuer", "client_id", "secret")
    found: Metadata | None = None

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not given.get("secret"):
            self.add_error("secret", "Vul het geheim in.")
        issuer, kind = given.get("issuer"), given.get("kind")
        if issuer and kind:
            self._check_issuer(issuer, kind)
        return given

    def _check_issuer(self, issuer: str, kind: str) -> None:
        try:
            if "?" in checked_url(issuer):
                raise ValueError("an issuer has no query")
        except ValueError:
            self.add_error("issuer", "Dit is geen adres van een inlogdienst. Het begint met https://.")
            return
        if kind == Kind.ENTRA and not SignOnProvider(issuer=issuer).tenant:
            told = (
                "Hier hoort het nummer van jullie eigen directory in, met kleine letters. Niet common of organizations."
            )
            self.add_error("issuer", told)
            return
        try:
            self.found = metadata_of(issuer, until_when(), fresh=True)
        except NotAsked:
            self.add_error("issuer", "We konden hier niet lezen hoe je inlogt. Klopt het adres precies?")
