from typing import Any

from django.utils import timezone
from wagtail import blocks

from assessments.blocks import ExerciseBlock
from assessments.exercises.h5p.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock
from media.h5p.chooser import H5PChooserBlock
from media.h5p.tickets import player_address


class H5pBlock(ExerciseBlock):
    key = staticmethod(key)
    title = TwinLineBlock(label="Titel")
    package = H5PChooserBlock(
        label="H5P-oefening", required=False, help_text="Zonder oefening staat er alleen de tekst."
    )
    text = TwinTextBlock(
        label="Tekst voor wie de oefening niet kan doen",
        help_text="Te lezen zonder verbinding, en voor wie liever leest. Zet erin wat iemand hier leert.",
    )
    counts = blocks.BooleanBlock(
        label="Telt mee", required=False, default=True, help_text="Dan is de les pas klaar als deze oefening klaar is."
    )

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`address`: of the player, in a preview only: a lesson is the same page for everybody, and phones keep it."""
        context = super().get_context(value, parent_context)
        version = value["package"].current if context.get("preview") and value["package"] else None
        context["address"] = player_address(version, timezone.now()) if version else ""
        return context

    class Meta:
        template = "exercises/h5p.html"
        heading_field = "title"
        icon = "media"
        label = "H5P"
        description = "Een oefening die met H5P is gemaakt, met een tekst voor wie hem niet kan doen."
        preview_value = {
            "title": {"standaard": "Oefen met de mail van een klant", "makkelijk": "Oefen met een mail"},
            "package": None,
            "text": {
                "standaard": "In de mail staan een naam en een adres. Haal die weg voordat je AI om hulp vraagt.",
                "makkelijk": "In de mail staat een naam.\nHaal de naam weg.",
            },
            "counts": True,
        }
