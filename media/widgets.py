"""Choosing a pictogram: a list, and with script a sheet with all pictures and a field to search in."""

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString

from media.drawings import pictogram_choices


class PictogramSelect(forms.Select):
    """The element kw-pictogram puts a button with the picture in place of the list."""

    sheet = reverse_lazy("pictogram_sheet")

    def __init__(self, attrs: Any = None, choices: Any = ()) -> None:
        super().__init__(attrs, choices or pictogram_choices())

    def render(self, *args: Any, **kwargs: Any) -> SafeString:
        return format_html(
            '<kw-pictogram data-sheet="{}">{}</kw-pictogram>', self.sheet, super().render(*args, **kwargs)
        )

    class Media:
        js = ["media/pictogram.js"]
        css = {"all": ["media/pictogram.css"]}
