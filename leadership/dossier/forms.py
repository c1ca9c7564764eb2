"""The forms of the dossier."""

from typing import Any

from django import forms
from django.utils import timezone

from leadership.desk_forms import Choice, Day, Line, Paragraph
from leadership.models import AiSystem, Measure


class AboutForm(forms.Form):
    """The dossier as a whole."""

    owner = Line("Wie is de eigenaar?", 200, "Een rol, geen naam. Bijvoorbeeld: hoofd HR.")
    discussed_with = Line("Met wie is het besproken?", 120, "Bijvoorbeeld: de OR, de PVT of alle medewerkers.")
    discussed_on = Day("Op welke dag?")
    review_by = Day("Vóór welke dag bekijk je het opnieuw?")

    def clean_discussed_on(self) -> Any:
        """It was discussed, so not later than today."""
        return _not_later(self.cleaned_data["discussed_on"])


def _not_later(day: Any) -> Any:
    if day and day > timezone.localdate():
        raise forms.ValidationError("Deze dag komt nog. Kies vandaag of eerder.")
    return day


class Systems(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Systems of the own register, to tick."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, label: str) -> None:
        super().__init__(AiSystem.objects.none(), required=False, label=label)

    def clean(self, value: Any) -> Any:
        """Whatever else was sent is not in the register; which it is, is not said again."""
        try:
            return super().clean(value)
        except forms.ValidationError as error:
            raise forms.ValidationError("Dit systeem staat niet in het register.") from error


class GoalForm(forms.Form):
    """A goal for one role."""

    role = Line("Voor welke rol?", 120, "Een groep mensen, geen naam. Denk ook aan uitzendkrachten.", required=True)
    systems = Systems(label="Welke AI gebruiken zij?")
    uses = Line("Nog andere AI", 200, "Wat niet in het register staat.")
    goal = Line("Wat moeten zij kunnen?", 300, "Bijvoorbeeld: een fout in het verslag herkennen.", required=True)
    kind = Choice("Welke maatregel?", Measure.choices, required=True)
    measure = Line("Beschrijf de maatregel", 200, "Bijvoorbeeld: route Zorg, 6 lessen in werktijd.", required=True)
    since = Day("Sinds wanneer?", required=True)
    why = Line("Waarom past dit?", 300, "Kijk naar hun kennis, hun werk en om wie het gaat.", required=True)

    def __init__(self, *arguments: Any, systems: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["systems"].queryset = systems  # type: ignore[attr-defined]


class EvaluationForm(forms.Form):
    """A look back."""

    on = Day("Op welke dag keek je terug?", required=True)
    works = Paragraph("Wat werkt?", 1000)
    fails = Paragraph("Wat werkt niet?", 1000)
    next = Paragraph("Wat doe je nu?", 1000, "Zonder namen van mensen.")

    def clean_on(self) -> Any:
        """A look back is not of a day to come."""
        return _not_later(self.cleaned_data["on"])

    def clean(self) -> dict[str, Any]:
        """Something must stand in it."""
        values = super().clean() or {}
        if not self.errors and not any(values.get(name) for name in ("works", "fails", "next")):
            raise forms.ValidationError("Vul minstens één van de drie vragen in.")
        return values
