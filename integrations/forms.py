"""What an administrator says about another system before it gets a key."""

from django import forms

from people.models import Organisation
from xapi.models import Scope


class NewKeyForm(forms.Form):
    """For whom the key is, and what may be done with it."""

    name = forms.CharField(label="Voor wie", max_length=120, help_text="Welk systeem, en van wie.")
    scopes = forms.MultipleChoiceField(
        label="Wat mag ermee",
        choices=Scope.choices,
        initial=[Scope.READ.value],
        widget=forms.CheckboxSelectMultiple,
    )
    organisation = forms.ModelChoiceField(
        label="Organisatie",
        queryset=Organisation.objects.all(),
        required=False,
        empty_label="Geen: leest alles",
        help_text="Met een organisatie: leest alleen wat met sleutels van die organisatie is geschreven.",
    )
    per_minute = forms.IntegerField(label="Verzoeken per minuut", min_value=1, max_value=1_000_000, initial=6000)
