from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.zoek_de_fout.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock
from media.blocks import PictogramBlock

SHAPES = {"mail": "Mail", "chat": "Chat", "beeld": "Beeld"}
PLACES = {"van": "Van", "onderwerp": "Onderwerp"}


class PartBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Tekst", help_text="Een paar woorden, zoals ze in het bericht staan.")
    wrong = blocks.BooleanBlock(label="Dit is fout", required=False)
    why = TwinTextBlock(label="Waarom fout, of waarom gewoon")
    place = blocks.ChoiceBlock(
        label="Waar in de mail", choices=list(PLACES.items()), required=False, help_text="Leeg: in de tekst."
    )
    who = blocks.CharBlock(label="Wie zegt dit in de chat", required=False, max_length=30)
    pictogram = PictogramBlock(label="Plaatje in het beeld", required=False)
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "crosshairs"
        label = "Stukje"


def groups(shape: str, parts: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """The parts in reading order, with what stands above them: the field of the mail, or who speaks."""

    def above(part: Any) -> str:
        if shape == "mail":
            return PLACES.get(part.value.get("place"), "")
        return part.value.get("who", "") if shape == "chat" else ""

    return [(name, list(found)) for name, found in groupby(parts, above)]


def parts_error(shape: str, parts: list[Any]) -> str:
    """What the list of parts still needs, in a Dutch sentence; '' when it is whole."""
    wrong = [part for part in parts if part["wrong"]]
    if not wrong:
        return "Zet bij minstens 1 stukje ‘Dit is fout’."
    if any(part.get("only_standaard") for part in wrong):
        return "Wat fout is, staat ook in Makkelijk. Haal daar ‘Alleen in Gewoon’ weg."
    if all(part["wrong"] or part.get("only_standaard") for part in parts):
        return "Zet er ook in Makkelijk minstens 1 stukje bij dat gewoon is. Anders is alles aantikken goed."
    if shape == "chat" and not all(part.get("who") for part in parts):
        return "Zeg bij elk stukje van de chat wie het zegt."
    if shape == "beeld" and not all(part.get("pictogram") for part in parts):
        return "Kies bij elk stukje van het beeld een plaatje."
    return ""


class ZoekDeFoutBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinLineBlock(label="Vraag", help_text="Zoals: Tik op wat niet klopt.")
    shape = blocks.ChoiceBlock(label="Soort", choices=list(SHAPES.items()), default="mail")
    parts = blocks.ListBlock(PartBlock(), label="Stukjes, in de volgorde van lezen", min_num=3, max_num=12)
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien als er nog iets mist. Verklap het niet.")
    why = TwinTextBlock(label="Waarom", help_text="Te zien als alles is gevonden.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if message := parts_error(cleaned["shape"], list(cleaned["parts"])):
            raise StructBlockValidationError(block_errors={"parts": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`groups`: the parts with what stands above them. `kept`: what was found at an earlier try."""
        context = super().get_context(value, parent_context)
        context["groups"] = groups(value["shape"], value["parts"].bound_blocks)
        last = context.get("last")
        context["kept"] = last.answer if last else []
        return context

    class Meta:
        template = "exercises/zoek_de_fout.html"
        heading_field = "question"
        icon = "crosshairs"
        label = "Zoek de fout"
        description = "Een mail, chat of beeld waarin je aantikt wat niet klopt. Voor nepmails en persoonsgegevens."
        preview_value = {
            "question": {"standaard": "Tik op wat niet klopt in deze mail", "makkelijk": "Tik op wat niet klopt"},
            "shape": "mail",
            "parts": [
                {
                    "text": {"standaard": "post@bank-veilig-nu.example", "makkelijk": "post@bank-veilig-nu.example"},
                    "wrong": True,
                    "why": {"standaard": "Dit adres is niet van de bank.", "makkelijk": "Dit is niet van de bank."},
                    "place": "van",
                },
                {
                    "text": {"standaard": "Beste klant", "makkelijk": "Beste klant"},
                    "wrong": False,
                    "why": {"standaard": "Zo begint een gewone mail ook.", "makkelijk": "Dit is gewoon."},
                },
                {
                    "text": {"standaard": "Klik vandaag nog op de link", "makkelijk": "Klik nu op de link"},
                    "wrong": True,
                    "why": {"standaard": "Haast is een teken van oplichting.", "makkelijk": "Haast? Pas dan op."},
                },
            ],
            "hint": {"standaard": "Kijk ook naar de afzender.", "makkelijk": "Wie stuurt de mail?"},
            "why": {"standaard": "Klik niet. Ga zelf naar de echte site.", "makkelijk": "Klik niet.\nVraag om hulp."},
        }
