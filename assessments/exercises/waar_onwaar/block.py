from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock, answers_error
from language.blocks import TwinLineBlock, TwinTextBlock


class ReasonBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Reden")
    right = blocks.BooleanBlock(label="Dit is de goede reden", required=False)
    why = TwinTextBlock(label="Waarom goed, of waar kijk je dan naar")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "check"
        label = "Reden"


class WaarOnwaarBlock(ExerciseBlock):
    statement = TwinTextBlock(label="Zin")
    is_true = blocks.BooleanBlock(label="De zin is waar", required=False)
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien bij het andere antwoord.")
    why = TwinTextBlock(label="Waarom", help_text="Te zien bij het goede antwoord, als er geen redenen zijn.")
    reasons = blocks.ListBlock(ReasonBlock(), label="Redenen", max_num=4, default=[])

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        reasons = cleaned["reasons"]
        if not reasons:
            return cleaned
        error = answers_error(len(reasons), sum(reason["only_standaard"] for reason in reasons))
        right = [reason for reason in reasons if reason["right"]]
        if len(right) != 1 or right[0]["only_standaard"]:
            error = ValidationError("Kies precies 1 goede reden, en laat hem ook in Makkelijk zien.")
        if error:
            raise StructBlockValidationError(block_errors={"reasons": error})
        return cleaned

    class Meta:
        template = "exercises/waar_onwaar.html"
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
