"""What the blocks of exercises share."""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from assessments.kind import Spec
from language.blocks import TwinLineBlock, TwinTextBlock
from language.variant import Variant

__all__ = ["AnswerBlock", "ExerciseBlock", "OnlyStandaardBlock", "answers_error"]


class OnlyStandaardBlock(blocks.BooleanBlock):
    """Marks an answer or card that makkelijk leaves out; its id stays the same for both."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label="Alleen in Gewoon", required=False, **options)


class ExerciseValue(blocks.StructValue):
    """What an author wrote of an exercise."""

    @property
    def heading(self) -> Mapping[str, str]:
        """The twin text above it: a field of its own, or what every exercise of this kind has."""
        meta = self.block.meta
        same = {variant.value: meta.heading for variant in Variant}
        found: Mapping[str, str] = self[meta.heading_field] if meta.heading_field else same
        return found


class ExerciseBlock(blocks.StructBlock):
    """A step that asks something. Its id is that of its place in the page and survives every edit."""

    key: Callable[[Spec], Any]
    """What a phone needs to grade by itself, from the stored form of the exercise."""

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`key`: as JSON, for the element."""
        context = super().get_context(value, parent_context)
        context["key"] = json.dumps(self.key(self.get_prep_value(value)), separators=(",", ":"))
        context.setdefault("exercise_id", "voorbeeld")
        context.setdefault("variant", Variant.MAKKELIJK)
        return context

    class Meta:
        value_class = ExerciseValue
        heading = "Wat kies je?"
        heading_field = ""


class AnswerBlock(blocks.StructBlock):
    """One thing to choose: what it says, whether it is right, and why."""

    text = TwinLineBlock(label="Tekst")
    right = blocks.BooleanBlock(label="Dit is goed", required=False)
    why = TwinTextBlock(label="Waarom goed, of waar kijk je dan naar")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "check"


def answers_error(
    answers: Iterable[Mapping[str, Any]], right_ones: str, *, several: bool = False
) -> ValidationError | None:
    """What is wrong with a list of AnswerBlock values.

    right_ones: says it when not exactly one is right, or with `several` when none is.
    At most 4 answers, 3 in makkelijk (accessibility rule 25), and at least 2 in both. What is right stands in both,
    and with more right answers so does one that is not: the server does not know which text was read.
    """
    every = list(answers)
    in_makkelijk = [answer for answer in every if not answer["only_standaard"]]
    if len(every) > 4 or len(in_makkelijk) > 3:
        return ValidationError("Hoogstens 4 antwoorden, en 3 in Makkelijk. Zet bij de rest ‘Alleen in Gewoon’.")
    if len(in_makkelijk) < 2:
        return ValidationError("Makkelijk heeft ook minstens 2 antwoorden nodig.")
    right = [answer for answer in every if answer["right"]]
    too_many = len(right) > 1 and not several
    if not right or too_many or any(answer["only_standaard"] for answer in right):
        return ValidationError(f"{right_ones}, en laat dat ook in Makkelijk zien.")
    if len(right) == len(in_makkelijk):
        return ValidationError("Zet er ook in Makkelijk een antwoord bij dat niet goed is.")
    return None
