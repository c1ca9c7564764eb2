"""What the blocks of exercises share."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks

from language.variant import Variant

__all__ = ["ExerciseBlock", "OnlyStandaardBlock", "answers_error"]


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


def answers_error(count: int, only_standaard: int, least: int = 2) -> ValidationError | None:
    """At most 4 answers, 3 in makkelijk (shared rule 25), and at least `least` in both."""
    if count > 4 or count - only_standaard > 3:
        return ValidationError("Hoogstens 4 antwoorden, en 3 in Makkelijk. Zet bij de rest ‘Alleen in Gewoon’.")
    if count - only_standaard < least:
        return ValidationError(f"Makkelijk heeft ook minstens {least} antwoorden nodig.")
    return None
