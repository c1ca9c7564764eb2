from typing import Any

from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import AnswerBlock, ExerciseBlock, answers_error
from language.blocks import TwinTextBlock


class KeuzeBlock(ExerciseBlock):
    question = TwinTextBlock(label="Vraag")
    options = blocks.ListBlock(AnswerBlock(label="Antwoord"), label="Antwoorden", min_num=2, max_num=4)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if error := answers_error(cleaned["options"], "Kies precies 1 goed antwoord"):
            raise StructBlockValidationError(block_errors={"options": error})
        return cleaned

    class Meta:
        template = "exercises/keuze.html"
        icon = "help"
        label = "Keuze"
        description = "Een vraag met 2 tot 4 antwoorden, waarvan 1 het beste is. Elk antwoord zegt waarom."
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
