from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.scenario.grading import ENDINGS, key, paths
from language.blocks import TwinLineBlock, TwinTextBlock
from media.blocks import PictogramBlock

MOMENTS = ("1", "2", "3")
_FEW = "2 of 3 keuzes, en minstens 2 ook in Makkelijk. Haal ‘Alleen in Gewoon’ weg of voeg een keuze toe."
_NAMES = {"goed": "Goed", "beter": "Kan beter", "herstel": "Nu herstellen"}


class FirstOptionBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Keuze")
    moment = blocks.ChoiceBlock(label="Daarna", choices=[(number, f"Naar moment {number}") for number in MOMENTS])
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "arrow-right"
        label = "Keuze"


class SecondOptionBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Keuze")
    ending = blocks.ChoiceBlock(label="Loopt af als", choices=list(_NAMES.items()))
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "arrow-right"
        label = "Keuze"


class MomentBlock(blocks.StructBlock):
    """What happens after the first choice, and what one does then."""

    text = TwinTextBlock(label="Wat er dan gebeurt")
    options = blocks.ListBlock(SecondOptionBlock(), label="Tweede keuze", min_num=2, max_num=3)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if _in_makkelijk(cleaned["options"]) < 2:
            raise StructBlockValidationError(block_errors={"options": ValidationError(_FEW)})
        return cleaned

    class Meta:
        icon = "comment"
        label = "Moment"


class EndingBlock(blocks.StructBlock):
    text = TwinTextBlock(label="Zo loopt het af", help_text="Zonder verwijt.")
    next_time = TwinTextBlock(label="Wat kun je de volgende keer doen")

    class Meta:
        icon = "flag"


class EndingsBlock(blocks.StructBlock):
    """The three endings; which one it is, each second choice says."""

    goed = EndingBlock(label=_NAMES["goed"])
    beter = EndingBlock(label=_NAMES["beter"])
    herstel = EndingBlock(label=_NAMES["herstel"])


def _in_makkelijk(options: Iterable[Mapping[str, Any]]) -> int:
    return sum(not option["only_standaard"] for option in options)


class ScenarioBlock(ExerciseBlock):
    key = staticmethod(key)
    title = TwinLineBlock(label="Titel")
    pictogram = PictogramBlock(label="Pictogram")
    question = TwinTextBlock(label="De situatie", help_text="Eindigt met een vraag.")
    options = blocks.ListBlock(FirstOptionBlock(), label="Eerste keuze", min_num=2, max_num=3)
    moments = blocks.ListBlock(
        MomentBlock(), label="Momenten", min_num=1, max_num=3, help_text="Twee keuzes mogen naar hetzelfde moment gaan."
    )
    endings = EndingsBlock(label="Drie eindes")

    def clean(self, value: Any) -> Any:
        """Every way ends, and every moment and every ending is reached, in both variants."""
        cleaned = super().clean(value)
        errors: dict[str, ValidationError] = {}
        count = len(cleaned["moments"])
        to = [int(option["moment"]) for option in cleaned["options"]]
        unreached = sorted(set(range(1, count + 1)) - set(to))
        if max(to) > count:
            errors["options"] = ValidationError(f"Moment {max(to)} is er niet. Voeg het toe of kies een ander moment.")
        elif _in_makkelijk(cleaned["options"]) < 2:
            errors["options"] = ValidationError(_FEW)
        elif unreached:
            errors["moments"] = ValidationError(f"Geen keuze gaat naar moment {unreached[0]}. Laat er een heen gaan.")
        elif sentence := self._missed_ending(cleaned):
            errors["moments"] = ValidationError(sentence)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def _missed_ending(self, value: Any) -> str:
        spec = self.get_prep_value(value)
        for makkelijk, where in ((False, ""), (True, " in Makkelijk")):
            reached = {ending for _, _, ending in paths(spec, makkelijk=makkelijk)}
            for name in ENDINGS:
                if name not in reached:
                    return f"Geen keuze komt{where} uit bij ‘{_NAMES[name]}’. Laat er een zo aflopen."
        return ""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`endings`: name, what stands above it, and its texts."""
        context = super().get_context(value, parent_context)
        context["endings"] = [(name, title, value["endings"][name]) for name, title in ENDINGS.items()]
        return context

    class Meta:
        template = "exercises/scenario.html"
        icon = "comment"
        label = "Scenario"
        description = "Een situatie met twee keuzes na elkaar en drie eindes. Geen keuze is fataal; opnieuw mag altijd."
        preview_value = {
            "title": {"standaard": "Een klant belt", "makkelijk": "Een klant belt"},
            "pictogram": "talk",
            "question": {
                "standaard": "Een klant belt en vraagt om het adres van je collega. Wat doe je?",
                "makkelijk": "Een klant belt.\nHij vraagt het adres van je collega.\nWat doe je?",
            },
            "options": [
                {
                    "text": {"standaard": "Ik zeg dat ik dat niet geef.", "makkelijk": "Ik geef het adres niet."},
                    "moment": "1",
                    "only_standaard": False,
                },
                {
                    "text": {"standaard": "Ik geef het adres.", "makkelijk": "Ik geef het adres."},
                    "moment": "2",
                    "only_standaard": False,
                },
            ],
            "moments": [
                {
                    "text": {
                        "standaard": "De klant zegt: ‘Het heeft haast.’ Wat nu?",
                        "makkelijk": "De klant heeft haast.\nWat nu?",
                    },
                    "options": [
                        {
                            "text": {"standaard": "Ik geef zijn vraag door.", "makkelijk": "Ik geef zijn vraag door."},
                            "ending": "goed",
                            "only_standaard": False,
                        },
                        {
                            "text": {"standaard": "Ik hang op.", "makkelijk": "Ik hang op."},
                            "ending": "beter",
                            "only_standaard": False,
                        },
                    ],
                },
                {
                    "text": {
                        "standaard": "Je twijfelt of dat wel mocht. Wat nu?",
                        "makkelijk": "Je twijfelt.\nMocht dit wel?\nWat nu?",
                    },
                    "options": [
                        {
                            "text": {
                                "standaard": "Ik vertel het mijn collega.",
                                "makkelijk": "Ik vertel het mijn collega.",
                            },
                            "ending": "beter",
                            "only_standaard": False,
                        },
                        {
                            "text": {"standaard": "Ik zeg niets.", "makkelijk": "Ik zeg niets."},
                            "ending": "herstel",
                            "only_standaard": False,
                        },
                    ],
                },
            ],
            "endings": {
                "goed": {
                    "text": {"standaard": "Je collega belt zelf terug.", "makkelijk": "Je collega belt zelf terug."},
                    "next_time": {"standaard": "Doe het weer zo.", "makkelijk": "Doe het weer zo."},
                },
                "beter": {
                    "text": {"standaard": "Het adres blijft veilig.", "makkelijk": "Het adres blijft veilig."},
                    "next_time": {
                        "standaard": "Bied aan om de vraag door te geven.",
                        "makkelijk": "Geef de vraag door.",
                    },
                },
                "herstel": {
                    "text": {
                        "standaard": "Je collega weet van niets. Vertel het alsnog.",
                        "makkelijk": "Je collega weet van niets.\nVertel het nu.",
                    },
                    "next_time": {"standaard": "Geef geen adres door.", "makkelijk": "Geef geen adres."},
                },
            },
        }
