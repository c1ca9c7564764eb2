from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock
from assessments.exercises.oefenchat.grading import HARMLESS, KINDS, key
from language.blocks import TwinLineBlock, TwinTextBlock
from language.variant import Variant

LABELS = {"gezondheid": "ziekte of gezondheid", "email": "e-mailadres", "nummer": "nummer van iemand"}
LABELS |= {"herkenbaar": "iets anders waaraan je iemand herkent", HARMLESS: "wijst niemand aan"}
LONGEST_NOTE = 1000


class InsteadBlock(TwinLineBlock):
    standaard = blocks.CharBlock(label="Gewoon", max_length=200, required=False)
    makkelijk = blocks.CharBlock(label="Makkelijk", max_length=200, required=False)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["standaard"]) != bool(cleaned["makkelijk"]):
            message = "Vul Gewoon en Makkelijk allebei in, of laat ze allebei leeg."
            raise StructBlockValidationError(non_block_errors=[ValidationError(message)])
        return cleaned


class PartBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Deel", help_text="Precies zoals het in de tekst staat.")
    kind = blocks.ChoiceBlock(label="Dit is", choices=[(kind, LABELS.get(kind, kind)) for kind in (*KINDS, HARMLESS)])
    instead = InsteadBlock(label="Vervang door", required=False, help_text="Leeg: haal het weg.")

    class Meta:
        icon = "tag"
        label = "Deel"


class OefenchatBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinTextBlock(label="Vraag")
    note = TwinTextBlock(label="Tekst die klaar ligt", help_text="Met verzonnen gegevens van een verzonnen mens.")
    parts = blocks.ListBlock(
        PartBlock(), label="Delen", min_num=2, max_num=8, help_text="Wat naar iemand wijst, en wat niet."
    )
    phrases = blocks.ListBlock(
        TwinLineBlock(label="Woorden"),
        label="Woorden die ook naar iemand wijzen",
        min_num=0,
        max_num=8,
        default=[],
        help_text="Zoals: de enige bakker van het dorp.",
    )
    fine = blocks.ListBlock(
        TwinLineBlock(label="Woorden"), label="Woorden die hier mogen", min_num=0, max_num=8, default=[]
    )
    answer = TwinTextBlock(label="Antwoord van de oefen-AI")
    why = TwinTextBlock(label="Waarom was dit veilig")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {}
        parts = list(cleaned["parts"])
        for variant in Variant:
            note = cleaned["note"][variant.value]
            missing = [part["text"][variant.value] for part in parts if part["text"][variant.value] not in note]
            if missing:
                name = "Gewoon" if variant is Variant.STANDAARD else "Makkelijk"
                errors["parts"] = ValidationError(f"Dit staat niet precies zo in de tekst van {name}: ‘{missing[0]}’.")
            if len(note) > LONGEST_NOTE:
                errors["note"] = ValidationError(f"Hoogstens {LONGEST_NOTE} tekens. Maak de tekst korter.")
        if not any(part["kind"] != HARMLESS for part in parts):
            errors["parts"] = ValidationError("Geef minstens 1 deel aan dat naar iemand wijst.")
        elif not any(part["kind"] == HARMLESS for part in parts):
            errors["parts"] = ValidationError("Geef ook minstens 1 deel aan dat niemand aanwijst.")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`kept`: the parts that were ticked at an earlier try."""
        context = super().get_context(value, parent_context)
        last = context.get("last")
        context["kept"] = last.answer["weg"] if last and isinstance(last.answer, dict) else []
        return context

    class Meta:
        template = "exercises/oefenchat.html"
        heading = "Oefenchat"
        icon = "comment"
        label = "Oefenchat"
        description = "Een tekst zonder persoon maken, voor een oefen-AI. Wat iemand typt, blijft op de telefoon."
        preview_value = {
            "question": {
                "standaard": "Maak deze opdracht veilig. Haal weg wat naar iemand wijst.",
                "makkelijk": "Maak deze vraag veilig.\nHaal weg wat privé is.",
            },
            "note": {
                "standaard": "Schrijf een vriendelijke brief aan mevrouw De Groot. Ze loopt € 840 achter.",
                "makkelijk": "Schrijf een brief aan mevrouw De Groot.\nZij betaalt te laat.",
            },
            "parts": [
                {
                    "text": {"standaard": "mevrouw De Groot", "makkelijk": "mevrouw De Groot"},
                    "kind": "naam",
                    "instead": {"standaard": "een huurder", "makkelijk": "een huurder"},
                },
                {
                    "text": {"standaard": "een vriendelijke brief", "makkelijk": "een brief"},
                    "kind": HARMLESS,
                    "instead": {"standaard": "", "makkelijk": ""},
                },
            ],
            "phrases": [],
            "fine": [],
            "answer": {
                "standaard": "Beste huurder,\nUw huur is nog niet betaald. Bel ons gerust.",
                "makkelijk": "Beste huurder,\nU betaalde nog niet.\nBelt u ons?",
            },
            "why": {"standaard": "Niemand is te herkennen.", "makkelijk": "Niemand weet wie het is."},
        }
