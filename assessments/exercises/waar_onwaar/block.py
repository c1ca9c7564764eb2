from typing import Any

from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import AnswerBlock, ExerciseBlock, answers_error
from assessments.exercises.waar_onwaar.grading import key
from language.blocks import TwinTextBlock


class WaarOnwaarBlock(ExerciseBlock):
    key = staticmethod(key)
    statement = TwinTextBlock(label="Zin")
    is_true = blocks.BooleanBlock(label="De zin is waar", required=False)
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien bij het andere antwoord.")
    why = TwinTextBlock(label="Waarom", help_text="Te zien bij het goede antwoord, als er geen redenen zijn.")
    reasons = blocks.ListBlock(AnswerBlock(label="Reden"), label="Redenen", max_num=4, default=[])

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        reasons = cleaned["reasons"]
        if reasons and (error := answers_error(reasons, "Kies precies 1 goede reden")):
            raise StructBlockValidationError(block_errors={"reasons": error})
        return cleaned

    class Meta:
        template = "exercises/waar_onwaar.html"
        heading = "Klopt dit?"
        icon = "circle-check"
        label = "Waar of niet waar"
        description = "Een zin die klopt of niet, en daarna de reden. Goed tegen een hardnekkig misverstand."
        preview_value = {
            "statement": {
                "standaard": "Met een betaald account mag je alles in AI zetten.",
                "makkelijk": "Je betaalt voor AI.\nDan mag je alles typen.",
            },
            "is_true": False,
            "hint": {"standaard": "Wie bepaalt wat mag?", "makkelijk": "Wie zegt wat mag?"},
            "why": {"standaard": "Je werk spreekt af wat mag.", "makkelijk": "Je werk zegt wat mag."},
            "reasons": [],
        }
