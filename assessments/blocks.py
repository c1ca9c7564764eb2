"""What the blocks of exercises share."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from language.blocks import TwinLineBlock, TwinTextBlock
from language.variant import Variant

__all__ = ["AnswerBlock", "ExerciseBlock", "OnlyStandaardBlock", "answers_error"]


class OnlyStandaardBlock(blocks.BooleanBlock):
    """Marks an answer or card that makkelijk leaves out; its id stays the same for both."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Alleen in Gewoon", required=False, **options)


class ExerciseBlock(blocks.StructBlock):
    """A step that asks something. Its id is that of its place in the page and survives every edit."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        context.setdefault("exercise_id", "voorbeeld")
        context.setdefault("variant", Variant.MAKKELIJK)
        return context


class AnswerBlock(blocks.StructBlock):
    """One thing to choose: what it says, whether it is right, and why."""

    text = TwinLineBlock(label="Tekst")
    right = blocks.BooleanBlock(label="Dit is goed", required=False)
    why = TwinTextBlock(label="Waarom goed, of waar kijk je dan naar")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "check"


def answers_error(answers: Iterable[Mapping[str, Any]], one_right: str) -> ValidationError | None:
    """What is wrong with a list of AnswerBlock values; `one_right` says it when not exactly one is right.

    At most 4 answers, 3 in makkelijk (accessibility rule 25), and at least 2 in both.
    """
    every = list(answers)
    in_makkelijk = [answer for answer in every if not answer["only_standaard"]]
    if len(every) > 4 or len(in_makkelijk) > 3:
        return ValidationError("Hoogstens 4 antwoorden, en 3 in Makkelijk. Zet bij de rest ‘Alleen in Gewoon’.")
    if len(in_makkelijk) < 2:
        return ValidationError("Makkelijk heeft ook minstens 2 antwoorden nodig.")
    right = [answer for answer in every if answer["right"]]
    if len(right) != 1 or right[0]["only_standaard"]:
        return ValidationError(f"{one_right}, en laat dat ook in Makkelijk zien.")
    return None
