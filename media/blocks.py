"""A picture beside a text."""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError
from wagtail.images.blocks import ImageChooserBlock

from media.drawings import pictogram_choices, scene_names
from media.pictures.words import check_alt
from media.widgets import PictogramSelect

__all__ = ["NameBlock", "PictogramBlock", "PictureBlock"]

CHOOSE_ONE = "Kies een tekening, een foto, of 1 tot 3 pictogrammen."
ONLY_ONE = "Kies één soort: een tekening, een foto, of pictogrammen. Haal de andere weg."
ARROW_NEEDS_TWO = "Een pijl staat tussen twee pictogrammen. Kies er precies twee."


class NameBlock(blocks.ChoiceBlock):
    """One of a long list of names.

    Wagtail looks each stored value up among the choices, for those that are no text. These are, and a lesson has many.
    """

    def normalize_choice(self, value: Any) -> str | None:
        return None if value is None else str(value)


class PictogramBlock(NameBlock):
    """One pictogram from our set."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("widget", PictogramSelect())
        super().__init__(**options)

    choices = pictogram_choices()

    class Meta:
        icon = "image"


class PictureBlock(blocks.StructBlock):
    """A drawn scene, a photo, or one to three pictograms in a row; and what can be seen, in at most 10 words.

    Two pictograms can have an arrow between them: what becomes of what, said literally.
    """

    scene = NameBlock(label="Tekening", choices=[(name, name) for name in scene_names()], required=False)
    photo = ImageChooserBlock(label="Of een foto", required=False)
    pictograms = blocks.ListBlock(
        PictogramBlock(label="Pictogram"), label="Of pictogrammen naast elkaar", max_num=3, default=[]
    )
    arrow = blocks.BooleanBlock(
        label="Pijl tussen de twee pictogrammen",
        required=False,
        help_text="Van het eerste naar het tweede, zoals mail → waarschuwing.",
    )
    alt = blocks.CharBlock(
        label="Wat is er te zien",
        required=False,
        max_length=120,
        help_text="Hoogstens 10 woorden. Leeg bij een foto: de woorden van de foto zelf.",
    )
    decorative = blocks.BooleanBlock(
        label="Alleen versiering",
        required=False,
        help_text="Het plaatje vertelt niets wat niet in de tekst staat. Dan wordt het niet voorgelezen.",
    )

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors: dict[str, ValidationError | StreamBlockValidationError] = {}
        chosen = [name for name in ("scene", "photo", "pictograms") if cleaned.get(name)]
        if not chosen and not self.is_deferred_validation:
            errors["scene"] = ValidationError(CHOOSE_ONE)
        elif len(chosen) > 1:
            errors[chosen[1]] = ValidationError(ONLY_ONE)
        if cleaned.get("arrow") and len(cleaned["pictograms"]) != 2:
            errors["arrow"] = ValidationError(ARROW_NEEDS_TWO)
        needed = not cleaned.get("photo") and not self.is_deferred_validation
        only_decoration = bool(cleaned.get("decorative"))
        if problem := check_alt(cleaned.get("alt") or "", is_decorative=only_decoration, required=needed):
            errors["alt"] = ValidationError(problem)
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        """`alt`: what can be seen, '' for what is only decoration; `on_first_screen`: the page begins with it."""
        context = super().get_context(value, parent_context)
        loop = context.get("forloop")
        context["on_first_screen"] = bool(loop and loop["first"])
        context["alt"] = words_of(value)
        return context

    class Meta:
        template = "media/picture.html"
        icon = "image"
        label = "Plaatje"
        description = "Een tekening, foto of pictogrammen bij de tekst."
        preview_value = {"scene": "naam-weg", "pictograms": [], "alt": "Een gum haalt een naam weg."}


def words_of(picture: Any) -> str:
    """What can be seen, as it stands here or with the photo itself; '' for what is only decoration."""
    if picture.get("decorative"):
        return ""
    photo = picture.get("photo")
    return picture.get("alt") or (photo.default_alt_text if photo else "")
