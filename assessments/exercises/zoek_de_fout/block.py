import re
from collections.abc import Iterable
from itertools import combinations, groupby
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.zoek_de_fout.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock
from media.blocks import NameBlock, PictogramBlock
from media.drawings import scene_names

SHAPES = {"mail": "Mail", "chat": "Chat", "beeld": "Beeld"}
PLACES = {"van": "Van", "onderwerp": "Onderwerp"}
SMALLEST = 12  # percent: on a phone of 360 px about 38 px, and the list below has the same in full size


class Area(NamedTuple):
    """A rectangle in a drawing, in percents of its width and height."""

    left: int
    top: int
    width: int
    height: int

    def overlaps(self, other: "Area") -> bool:
        across = self.left < other.left + other.width and other.left < self.left + self.width
        return across and self.top < other.top + other.height and other.top < self.top + self.height


def area_of(written: str) -> Area | None:
    """'10 20 30 25' as an Area; None when it is no rectangle inside the drawing that a finger can hit."""
    if not re.fullmatch(r"[0-9]{1,3}(?: [0-9]{1,3}){3}", written):
        return None
    area = Area(*map(int, written.split()))
    inside = area.left + area.width <= 100 and area.top + area.height <= 100
    return area if inside and min(area.width, area.height) >= SMALLEST else None


class PartBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Tekst", help_text="Een paar woorden, zoals ze in het bericht staan.")
    wrong = blocks.BooleanBlock(label="Dit is fout", required=False)
    why = TwinTextBlock(label="Waarom fout, of waarom gewoon")
    place = blocks.ChoiceBlock(
        label="Waar in de mail", choices=list(PLACES.items()), required=False, help_text="Leeg: in de tekst."
    )
    who = blocks.CharBlock(label="Wie zegt dit in de chat", required=False, max_length=30)
    pictogram = PictogramBlock(label="Plaatje in het beeld", required=False)
    area = blocks.CharBlock(
        label="Plek in de tekening",
        required=False,
        max_length=15,
        help_text="Links, boven, breed en hoog, in procenten van de tekening. Zoals: 10 20 30 25.",
    )
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


def parts_error(shape: str, parts: list[Any], *, drawn: bool) -> str:
    """What the list of parts still needs, in a Dutch sentence; '' when it is whole. `drawn`: it is one drawing."""
    wrong = [part for part in parts if part["wrong"]]
    if not wrong:
        return "Zet bij minstens 1 stukje ‘Dit is fout’."
    if any(part.get("only_standaard") for part in wrong):
        return "Wat fout is, staat ook in Makkelijk. Haal daar ‘Alleen in Gewoon’ weg."
    if all(part["wrong"] or part.get("only_standaard") for part in parts):
        return "Zet er ook in Makkelijk minstens 1 stukje bij dat gewoon is. Anders is alles aantikken goed."
    if shape == "chat" and not all(part.get("who") for part in parts):
        return "Zeg bij elk stukje van de chat wie het zegt."
    if shape == "beeld" and drawn:
        return _areas_error([part.get("area") or "" for part in parts])
    if shape == "beeld" and not all(part.get("pictogram") for part in parts):
        return "Kies bij elk stukje van het beeld een plaatje."
    return ""


def _areas_error(written: list[str]) -> str:
    areas = [area_of(one) for one in written]
    for number, area in enumerate(areas, 1):
        if area is None:
            return (
                f"Zeg bij stukje {number} waar het staat: links, boven, breed en hoog, zoals 10 20 30 25. "
                f"Maak het minstens {SMALLEST} breed en hoog."
            )
    for (number, one), (other, two) in combinations(enumerate(areas, 1), 2):
        if one and two and one.overlaps(two):
            return f"Stukje {number} en {other} liggen over elkaar. Zet ze los van elkaar."
    return ""


class ZoekDeFoutBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinLineBlock(label="Vraag", help_text="Zoals: Tik op wat niet klopt.")
    shape = blocks.ChoiceBlock(label="Soort", choices=list(SHAPES.items()), default="mail")
    scene = NameBlock(
        label="Tekening bij een beeld",
        choices=[(name, name) for name in scene_names()],
        required=False,
        help_text="Leeg: een rij plaatjes.",
    )
    alt = blocks.CharBlock(
        label="Wat is er te zien",
        required=False,
        max_length=120,
        help_text="Bij een tekening, in hoogstens 10 woorden.",
    )
    parts = blocks.ListBlock(PartBlock(), label="Stukjes, in de volgorde van lezen", min_num=3, max_num=12)
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien als er nog iets mist. Verklap het niet.")
    why = TwinTextBlock(label="Waarom", help_text="Te zien als alles is gevonden.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        drawn, told = bool(cleaned.get("scene")), (cleaned.get("alt") or "").split()
        errors = {}
        if drawn and cleaned["shape"] != "beeld":
            errors["scene"] = ValidationError("Een tekening hoort bij een beeld. Kies ‘Beeld’, of laat haar weg.")
        if drawn and not 0 < len(told) <= 10:
            errors["alt"] = ValidationError("Zeg in hoogstens 10 woorden wat er te zien is.")
        if message := parts_error(cleaned["shape"], list(cleaned["parts"]), drawn=drawn):
            errors["parts"] = ValidationError(message)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`groups`: the parts with what stands above them. `areas`: where they are in a drawing, with their numbers.

        `kept`: what was found at an earlier try.
        """
        context = super().get_context(value, parent_context)
        if value["shape"] == "beeld" and value.get("scene"):
            numbered = enumerate(value["parts"].bound_blocks, 1)
            context["areas"] = [(number, part, area_of(part.value.get("area") or "")) for number, part in numbered]
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
