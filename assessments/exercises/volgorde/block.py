import random
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from assessments.blocks import ExerciseBlock, OnlyStandaardBlock
from assessments.exercises.volgorde.grading import key
from language.blocks import TwinLineBlock, TwinTextBlock


def mixed(right: list[Any]) -> list[Any]:
    """The steps in another order than the right one, in both variants; the same order every time."""
    dice = random.Random("".join(str(item.id) for item in right))  # noqa: S311 (no secret)
    for _ in range(20):
        order = dice.sample(right, len(right))
        both = [[item for item in order if not item.value["only_standaard"]], order]
        if all(seen != [item for item in right if item in seen] for seen in both):
            return order
    return right[::-1]


class ItemBlock(blocks.StructBlock):
    text = TwinLineBlock(label="Stap")
    only_standaard = OnlyStandaardBlock()

    class Meta:
        icon = "order"
        label = "Stap"


class VolgordeBlock(ExerciseBlock):
    key = staticmethod(key)
    question = TwinTextBlock(label="Vraag")
    items = blocks.ListBlock(ItemBlock(), label="Stappen in de goede volgorde", min_num=3, max_num=6)
    why = TwinTextBlock(label="Waarom", help_text="Te zien bij de goede volgorde.")
    hint = TwinTextBlock(label="Waar kijk je naar", help_text="Te zien bij een andere volgorde.")

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        in_makkelijk = sum(not item["only_standaard"] for item in cleaned["items"])
        if not 2 <= in_makkelijk <= 4:
            error = ValidationError("Makkelijk heeft 2 tot 4 stappen. Zet bij de rest ‘Alleen in Gewoon’.")
            raise StructBlockValidationError(block_errors={"items": error})
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`shuffled`: mixed, but the same on each visit, so that the page stays the same page."""
        context = super().get_context(value, parent_context)
        context["shuffled"] = mixed(list(value["items"].bound_blocks))
        return context

    class Meta:
        template = "exercises/volgorde.html"
        heading = "Zet in de goede volgorde"
        icon = "order"
        label = "Volgorde"
        description = "Stappen van een werkwijze in de goede volgorde zetten."
        preview_value = {
            "question": {"standaard": "Wat doe je eerst?", "makkelijk": "Wat doe je eerst?"},
            "items": [
                {"text": {"standaard": "Lezen", "makkelijk": "Lezen"}, "only_standaard": False},
                {"text": {"standaard": "Nakijken", "makkelijk": "Nakijken"}, "only_standaard": False},
                {"text": {"standaard": "Versturen", "makkelijk": "Versturen"}, "only_standaard": False},
            ],
            "why": {"standaard": "Eerst kijken, dan sturen.", "makkelijk": "Eerst kijken, dan sturen."},
            "hint": {"standaard": "Kun je nakijken wat al weg is?", "makkelijk": "Is het dan al weg?"},
        }
