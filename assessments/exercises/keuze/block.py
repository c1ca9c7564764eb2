from collections.abc import Mapping
from typing import Any

from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import AnswerBlock, ExerciseBlock, ExerciseValue, answers_error
from assessments.exercises.keuze.grading import key
from language.blocks import TwinTextBlock
from language.variant import Variant


class KeuzeValue(ExerciseValue):
    @property
    def several(self) -> bool:
        """Whether more than one answer is right."""
        return sum(bool(option["right"]) for option in self["options"]) > 1

    @property
    def heading(self) -> Mapping[str, str]:
        """Says that more answers are right."""
        return {variant.value: "Kies alles wat klopt" for variant in Variant} if self.several else super().heading


class KeuzeBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinTextBlock(label="Vraag")
    options = blocks.ListBlock(AnswerBlock(label="Antwoord"), label="Antwoorden", min_num=2, max_num=4)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if error := answers_error(cleaned["options"], "Kies minstens 1 goed antwoord", several=True):
            raise StructBlockValidationError(block_errors={"options": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`kept`: what was chosen at an earlier try."""
        context = super().get_context(value, parent_context)
        last = context.get("last")
        context["kept"] = last.answer if last else []
        return context

    class Meta:
        value_class = KeuzeValue
        template = "exercises/keuze.html"
        icon = "help"
        label = "Keuze"
        description = "Een vraag met 2 tot 4 antwoorden, waarvan er 1 of meer goed zijn. Elk antwoord zegt waarom."
        preview_value = {
            "question": {
                "standaard": "Je plakte per ongeluk een naam in een AI-app. Wat doe je?",
                "makkelijk": "Je typte een naam in AI.\nWat doe je?",
            },
            "options": [
                {
                    "text": {"standaard": "Ik meld het meteen.", "makkelijk": "Ik meld het meteen."},
                    "right": True,
                    "why": {"standaard": "Dan kan je werk snel helpen.", "makkelijk": "Je werk kan dan helpen."},
                    "only_standaard": False,
                },
                {
                    "text": {"standaard": "Ik wis de chat.", "makkelijk": "Ik wis de chat."},
                    "right": False,
                    "why": {
                        "standaard": "Kan iemand de naam dan nog zien?",
                        "makkelijk": "Is de naam dan echt weg?",
                    },
                    "only_standaard": False,
                },
            ],
        }
