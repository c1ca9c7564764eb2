"""Twin texts in the editor: Gewoon and Makkelijk side by side."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError

from language.markup import WORD, missing_references
from language.queries import known_references
from language.variant import Variant

__all__ = ["TwinLineBlock", "TwinTextBlock"]

# Shown in an empty field; admin CSS marks a field that still shows it (language/static/language/editor.css).
NOT_YET = "Nog geen tekst"


class _LineBlock(blocks.CharBlock):
    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.field.widget.attrs["placeholder"] = NOT_YET


class _LinesBlock(blocks.TextBlock):
    @cached_property
    def field(self) -> Any:
        field = super().field
        field.widget.attrs["placeholder"] = NOT_YET
        return field


class _TwinBlock(blocks.StructBlock):
    """Both variants of one text. A draft may miss one; publishing asks for both."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        known = known_references()
        errors = {
            variant.value: ValidationError(missing)
            for variant in Variant
            if (missing := missing_references(cleaned.get(variant) or "", known))
        }
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    class Meta:
        icon = "openquote"
        form_classname = "struct-block twin"


class TwinLineBlock(_TwinBlock):
    """A text of one line, such as a title, an answer or a card line."""

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        errors = {
            variant.value: ValidationError("Verwijs hier niet naar een woord met [[…]]; doe dat in een gewone tekst.")
            for variant in Variant
            if WORD.search(cleaned.get(variant) or "")
        }
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return cleaned

    standaard = _LineBlock(label="Gewoon", max_length=200)
    makkelijk = _LineBlock(label="Makkelijk", max_length=200)

    class Meta:
        label = "Tekst"
        description = "Eén regel, in Gewoon en in Makkelijk."
        preview_value = {"standaard": "Vraag om de vorm, niet over de persoon", "makkelijk": "Laat de naam weg"}


class TwinTextBlock(_TwinBlock):
    """A text of some lines."""

    standaard = _LinesBlock(label="Gewoon", rows=4, help_text="Hoogstens 60 woorden per scherm.")
    makkelijk = _LinesBlock(label="Makkelijk", rows=4, help_text="Elke zin op een nieuwe regel. Hoogstens 35 woorden.")

    class Meta:
        label = "Tekst"
        description = "Enkele zinnen, in Gewoon en in Makkelijk. Feiten: {F9}. Moeilijke woorden stippen we aan."
        preview_value = {
            "standaard": "Schrijf: ‘een huurder’. Laat naam, adres, bedrag en ziekte weg.",
            "makkelijk": "Typ: een huurder.\nTyp geen adres in.",
        }
