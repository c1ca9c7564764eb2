from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.vul_de_prompt.grading import PRIVATE, RIGHT, VAGUE, key
from language.blocks import TwinLineBlock, TwinTextBlock

SORTS = {RIGHT: "Goed", VAGUE: "Te vaag", PRIVATE: "Persoonsgegevens"}


class TileBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Tekst", help_text="Een hele zin van de opdracht.")
    sort = blocks.ChoiceBlock(label="Deze tegel is", choices=list(SORTS.items()))
    why = TwinTextBlock(label="Waarom goed, of waar kijk je dan naar")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "tag"
        label = "Tegel"


class SlotBlock(blocks.StructBlock):
    name = TwinLineBlock(label="Vraag bij dit stukje", help_text="Zoals: Voor wie is het?")
    tiles = blocks.ListBlock(TileBlock(), label="Tegels", min_num=2, max_num=4)

    class Meta:
        icon = "form"
        label = "Stukje"


def tiles_error(tiles: list[Any], *, typing: bool) -> str:
    """What the tiles of one slot still need, in a Dutch sentence; '' when they are whole."""
    in_makkelijk = [tile for tile in tiles if not tile.get("only_standaard")]
    if typing and len(tiles) > 3:
        return "Wie ook zelf kan typen, krijgt hoogstens 3 tegels."
    if not 2 <= len(in_makkelijk) <= 3:
        return "Makkelijk heeft 2 of 3 tegels. Zet bij de rest ‘Alleen in Gewoon’."
    if not any(tile["sort"] == RIGHT for tile in in_makkelijk):
        return "Maak minstens 1 goede tegel, en laat die ook in Makkelijk zien."
    if all(tile["sort"] == RIGHT for tile in in_makkelijk):
        return "Zet er ook in Makkelijk een tegel bij die niet goed is. Anders is er niets te kiezen."
    return ""


def good_choices(known: Mapping[str, Any], answer: Any) -> list[str]:
    """The 'slot tile' of every tile in an answer that is not vague or private."""
    if not isinstance(answer, dict):
        return []
    slots = known["slots"]
    return [f"{slot} {tile}" for slot, tile in answer.items() if slots.get(slot, {}).get(tile) == RIGHT]


class VulDePromptBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinLineBlock(label="Vraag", help_text="Zoals: Bouw de opdracht.")
    task = TwinTextBlock(label="Wat is er aan de hand")
    slots = blocks.ListBlock(SlotBlock(), label="Stukjes van de opdracht, in volgorde", min_num=2, max_num=4)
    typing = blocks.BooleanBlock(
        label="In Gewoon ook zelf typen", required=False, help_text="Wat iemand typt, blijft op de telefoon."
    )
    why = TwinTextBlock(label="Waarom", help_text="Te zien bij een goede opdracht.")
    answer = TwinTextBlock(label="Zo zou AI dan antwoorden")
    vague_answer = TwinTextBlock(label="Zo zou AI antwoorden op een vage opdracht")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        for slot in cleaned["slots"]:
            if message := tiles_error(list(slot["tiles"]), typing=bool(cleaned["typing"])):
                raise StructBlockValidationError(block_errors={"slots": ValidationError(message)})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`kept`: per slot the good tile of an earlier try."""
        context = super().get_context(value, parent_context)
        last = context.get("last")
        context["kept"] = good_choices(key(self.get_prep_value(value)), last.answer) if last else []
        return context

    class Meta:
        template = "exercises/vul_de_prompt.html"
        heading_field = "question"
        icon = "edit"
        label = "Vul de prompt"
        description = "Een goede opdracht voor AI bouwen met tegels. Aan het eind staat een voorbeeld van een antwoord."
        preview_value = {
            "question": {"standaard": "Bouw de opdracht", "makkelijk": "Maak de vraag"},
            "task": {"standaard": "De winkel is zaterdag dicht.", "makkelijk": "De winkel is zaterdag dicht."},
            "slots": [
                {
                    "name": {"standaard": "Wat wil je hebben?", "makkelijk": "Wat wil je?"},
                    "tiles": [
                        {
                            "text": {"standaard": "Schrijf een kort bericht.", "makkelijk": "Schrijf een bericht."},
                            "sort": "goed",
                            "why": {"standaard": "Dat is een duidelijk doel.", "makkelijk": "Dat is duidelijk."},
                        },
                        {
                            "text": {"standaard": "Schrijf iets.", "makkelijk": "Schrijf iets."},
                            "sort": "vaag",
                            "why": {"standaard": "Iets kan van alles zijn.", "makkelijk": "Wat is iets?"},
                        },
                    ],
                },
                {
                    "name": {"standaard": "Voor wie is het?", "makkelijk": "Voor wie is het?"},
                    "tiles": [
                        {
                            "text": {"standaard": "Het is voor onze klanten.", "makkelijk": "Het is voor klanten."},
                            "sort": "goed",
                            "why": {"standaard": "Een naam is niet nodig.", "makkelijk": "Een naam is niet nodig."},
                        },
                        {
                            "text": {"standaard": "Het is voor mevrouw Jansen.", "makkelijk": "Voor mevrouw Jansen."},
                            "sort": "prive",
                            "why": {"standaard": "Dat is een naam.", "makkelijk": "Dat is een naam."},
                        },
                    ],
                },
            ],
            "typing": False,
            "why": {"standaard": "Doel en situatie zijn duidelijk.", "makkelijk": "Je zegt wat en voor wie."},
            "answer": {"standaard": "Beste klant, zaterdag zijn we dicht.", "makkelijk": "Zaterdag zijn we dicht."},
            "vague_answer": {"standaard": "Er was eens een winkel…", "makkelijk": "Er was eens een winkel."},
        }
