"""What an administrator says about a record store that we send on to."""

from typing import Any

from django import forms

from people.models import Organisation
from xapi.forwarding.client import checked_address
from xapi.forwarding.models import ForwardTarget

Kind = ForwardTarget.Kind


class ChangeTargetForm(forms.Form):
    """Where it is, with which key, and what goes there. Key and secret that are left empty stay as they are."""

    address = forms.CharField(label="Adres", max_length=300, help_text="Begint met https. Het stuk voor /statements.")
    version = forms.ChoiceField(label="Versie van xAPI", choices=ForwardTarget.Version.choices)
    key = forms.CharField(label="Sleutel", max_length=200, required=False)
    secret = forms.CharField(
        label="Geheim", max_length=500, required=False, widget=forms.PasswordInput(attrs={"autocomplete": "off"})
    )
    verbs = forms.CharField(
        label="Alleen deze werkwoorden",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Elk adres (IRI) op een eigen regel. Leeg: alle.",
    )
    activities = forms.CharField(
        label="Alleen wat zo begint",
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Het begin van adressen (IRI) van lessen, elk op een eigen regel. Leeg: alle.",
    )
    of_clients = forms.BooleanField(label="Ook wat andere systemen hier schreven", required=False)
    agreement = forms.CharField(
        label="Afspraak over onderzoek",
        max_length=200,
        required=False,
        help_text="Met wie, hoe het stuk heet en waar het ligt. Alleen bij onderzoek.",
    )
    agreed_on = forms.DateField(label="Afgesproken op", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label="Stopt op", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind_now = kind

    def clean_address(self) -> str:
        try:
            return checked_address(self.cleaned_data["address"])
        except ValueError:
            raise forms.ValidationError("Dit is geen adres van een ander systeem. Het begint met https.") from None

    def clean_verbs(self) -> str:
        return "\n".join(self.cleaned_data["verbs"].split())

    def clean_activities(self) -> str:
        return "\n".join(self.cleaned_data["activities"].split())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        kind = given.get("kind", self.kind_now)
        if kind == Kind.RESEARCH and not (given.get("agreement") and given.get("agreed_on")):
            self.add_error("agreement", "Onderzoek kan alleen met een afspraak en de dag van die afspraak.")
        if bool(given.get("key")) != bool(given.get("secret")):
            self.add_error("secret", "Vul de sleutel en het geheim samen in.")
        return given


class NewTargetForm(ChangeTargetForm):
    """A new one also says whose it is."""

    name = forms.CharField(label="Naam", max_length=120, help_text="Mensen lezen die bij ‘Wie ziet wat?’.")
    kind = forms.ChoiceField(label="Van wie", choices=Kind.choices)
    organisation = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.exclude(kind=Organisation.Kind.REGION),
        required=False,
        empty_label="Geen",
        help_text="Die organisatie krijgt alleen welke les klaar is, de dag, en een willekeurige naam.",
    )
    field_order = ("name", "kind", "organisation", "address", "version", "key", "secret")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if (given.get("kind") == Kind.ORGANISATION) != bool(given.get("organisation")):
            self.add_error("organisation", "Kies een organisatie als het systeem van een organisatie is, anders geen.")
        if not given.get("key"):
            self.add_error("key", "Vul de sleutel en het geheim in.")
        return given
