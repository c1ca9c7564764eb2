"""The fields of one system: the same for the form, for a row of a sheet and for what a product is taken over from."""

from django import forms

from leadership.desk_forms import Choice, Day, Line, Paragraph
from leadership.models import OwnRole, Personal, Risk, State


class SystemForm(forms.Form):
    """One system. A role is asked for, never a name."""

    name = Line("Systeem", 200, "Zoals jullie het noemen.", required=True)
    purpose = Line("Waarvoor gebruik je het?", 400, "In één zin.")
    supplier = Line("Leverancier", 120)
    used_by = Line("Wie gebruiken het?", 200, "Rollen of teams, geen namen.")
    state = Choice("Stand", State.choices)
    personal = Choice("Gegevens van mensen", Personal.choices, "Gevoelig is bijvoorbeeld gezondheid of BSN.")
    kinds = Line("Welke gegevens?", 400, "Schrijf soorten op, zoals ‘tijd van de rit’. Geen gegevens zelf.")
    own_role = Choice("Onze rol", OwnRole.choices)
    risk = Choice("Risicoklasse", Risk.choices, "Weet je het niet? Bewaar eerst. Daarna helpen vragen je.")
    measures = Paragraph("Maatregelen", 1500, "Wat spraken jullie af? Wie mag stoppen?")
    owner = Line("Eigenaar", 200, "Een rol, geen naam. Bijvoorbeeld: hoofd HR.")
    review_by = Day("Wanneer kijk je opnieuw?")

    def clean_state(self) -> str:
        """Nothing said is in use."""
        return self.cleaned_data["state"] or State.USED
