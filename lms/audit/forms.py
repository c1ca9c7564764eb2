"""What one looks for in the audit trail. Every field may stay empty."""

from typing import Any

from django import forms

from lms.audit.reading import Asked, Reader
from lms.audit.words import WORDS
from people.models import Organisation


class AskForm(forms.Form):
    """As it stands in the address of the page."""

    groep = forms.ChoiceField(label="Wat", required=False, choices=[("", "Alles"), *((name, name) for name in WORDS)])
    wie = forms.CharField(label="Wie", required=False, max_length=80, help_text="Een voornaam of gebruikersnaam.")
    organisatie = forms.ChoiceField(label="Organisatie", required=False)
    vanaf = forms.DateField(label="Vanaf", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    tot = forms.DateField(label="Tot en met", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, reader: Reader, **options: Any) -> None:
        super().__init__(*args, **options)
        found = Organisation.objects.all() if reader.sees_all else reader.organisations
        choices = self.fields["organisatie"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [("", "Alle"), *((str(one.pk), one.name) for one in found)]

    @property
    def asked(self) -> Asked:
        """Only of a form that is valid."""
        given = self.cleaned_data
        return Asked(
            organisation=int(given["organisatie"]) if given["organisatie"] else None,
            group=given["groep"],
            who=given["wie"],
            since=given["vanaf"],
            until=given["tot"],
        )
