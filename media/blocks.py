"""A picture beside a text."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from media.drawings import CONTENT_PICTOGRAMS, scene_names

__all__ = ["PictogramBlock", "PictureBlock"]


class PictogramBlock(blocks.ChoiceBlock):
    """One pictogram from our set."""

    choices = [(name, name) for name in CONTENT_PICTOGRAMS]

    class Meta:
        icon = "image"


class PictureBlock(blocks.StructBlock):
    """A drawn scene, or one to three pictograms in a row; and what can be seen, in at most 10 words."""

    scene = blocks.ChoiceBlock(label="Tekening", choices=[(name, name) for name in scene_names()], required=False)
    pictograms = blocks.ListBlock(PictogramBlock(), label="Of pictogrammen naast elkaar", max_num=3, default=[])
    alt = blocks.CharBlock(label="Wat is er te zien", help_text="Hoogstens 10 woorden.", max_length=120)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError | StreamBlockValidationError] = {}
        if not cleaned["scene"] and not cleaned["pictograms"]:
            errors["scene"] = ValidationError("Kies een tekening, of 1 tot 3 pictogrammen.")
        if len(cleaned["alt"].split()) > 10:
            errors["alt"] = ValidationError("Zeg het in hoogstens 10 woorden.")
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        template = "media/picture.html"
        icon = "image"
        label = "Plaatje"
        description = "Een tekening of pictogrammen bij de tekst."
        preview_value = {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."}
