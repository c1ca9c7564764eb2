from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.sorteer.grading import SIGNS, key
from language.blocks import TwinLineBlock, TwinTextBlock

LABELS = dict(zip(SIGNS, ("Mag wel", "Mag niet", "Vraag het eerst"), strict=True))


class CardBlock(blocks.StructBlock):
    tool = TwinLineBlock(label="Waarmee", help_text="Zoals: Gratis AI-app. Zonder dit is geen kaart te sorteren.")
    text = TwinTextBlock(label="Wat gebeurt er")
    sign = blocks.ChoiceBlock(label="Goed is", choices=list(LABELS.items()))
    why = TwinTextBlock(label="Waarom", help_text="Te zien bij de goede keuze.")
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien bij een andere keuze. Verklap het niet.")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "tag"
        label = "Kaart"


class SorteerBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinLineBlock(label="Vraag")
    cards = blocks.ListBlock(CardBlock(), label="Kaarten", min_num=2, max_num=8)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        cards = cleaned["cards"]
        if sum(card["sign"] == "vraag" for card in cards) < 2:
            message = "Maak minstens 2 kaarten met ‘Vraag het eerst’: daar gaat deze opdracht over."
            raise StructBlockValidationError(block_errors={"cards": ValidationError(message)})
        if sum(not card["only_standaard"] for card in cards) < 2:
            message = "Makkelijk heeft ook minstens 2 kaarten nodig."
            raise StructBlockValidationError(block_errors={"cards": ValidationError(message)})
        return cleaned

    class Meta:
        template = "exercises/sorteer.html"
        heading_field = "question"
        icon = "list-ul"
        label = "Sorteer"
        description = "Kaarten op drie stapels: mag wel, mag niet, vraag het eerst. Voor regels en grijze gebieden."
        preview_value = {
            "question": {"standaard": "Mag dit?", "makkelijk": "Mag dit?"},
            "cards": [
                {
                    "tool": {"standaard": "Gratis AI-app", "makkelijk": "Gratis AI-app"},
                    "text": {
                        "standaard": "Je zet de klantenlijst in de app. AI maakt er een brief van.",
                        "makkelijk": "Je typt namen van klanten in de app.",
                    },
                    "sign": "niet",
                    "why": {"standaard": "In de lijst staan namen.", "makkelijk": "Dat zijn namen van mensen."},
                    "hint": {"standaard": "Wie kan de lijst zien?", "makkelijk": "Wie ziet die namen?"},
                    "only_standaard": False,
                }
            ],
        }
