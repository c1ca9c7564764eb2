"""The fields of forms on the desk of HR: tidied and checked, with what is wrong in words for who fills them in."""

import re
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator

from leadership.values import UNFIT

EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w{2,}")
WHAT_DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S"]  # the last as spreadsheets have it


class Line(forms.CharField):
    """A text on one line. Nothing is cut off in silence."""

    one_line = True

    def __init__(self, label: str, most: int, help_text: str = "", *, required: bool = False) -> None:
        super().__init__(
            label=label, help_text=help_text, required=required, empty_value="", error_messages={"required": MISSING}
        )
        self.validators = [*self.validators, MaxLengthValidator(most, TOO_LONG)]
        self.widget.attrs |= {"maxlength": most, "autocomplete": "off"}

    def to_python(self, value: Any) -> str:
        text = (super().to_python(value) or "").replace("\r\n", "\n")
        if UNFIT.search(text):
            raise forms.ValidationError("Hier staat een teken dat geen tekst is. Typ het opnieuw.")
        if EMAIL.search(text):
            raise forms.ValidationError("Hier staat een e-mailadres. Schrijf een rol op, geen mens.")
        return " ".join(text.split()) if self.one_line else text


class Paragraph(Line):
    """A text of more lines."""

    widget = forms.Textarea
    one_line = False

    def __init__(self, label: str, most: int, help_text: str = "", *, required: bool = False) -> None:
        super().__init__(label, most, help_text, required=required)
        self.widget.attrs["rows"] = 4


class Day(forms.DateField):
    """A day, as a browser sends it or as a spreadsheet writes it."""

    def __init__(self, label: str, help_text: str = "", *, required: bool = False) -> None:
        widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        wrong = {"invalid": "Deze datum kennen we niet. Schrijf hem zo: 1-5-2027.", "required": "Kies een dag."}
        super().__init__(
            label=label, help_text=help_text, required=required, widget=widget, input_formats=WHAT_DAYS,
            error_messages=wrong,
        )  # fmt: skip


class Choice(forms.ChoiceField):
    """One of a list."""

    def __init__(self, label: str, choices: Iterable[tuple[str, str]], help_text: str = "", **options: Any) -> None:
        options.setdefault("required", False)
        wrong = {
            "invalid_choice": "Kies een van de antwoorden uit de lijst.",
            "required": "Kies een van de antwoorden.",
        }
        super().__init__(label=label, choices=list(choices), help_text=help_text, error_messages=wrong, **options)


MISSING = "Vul dit in."
TOO_LONG = "Dit is te lang. Er passen %(limit_value)d tekens, je hebt er %(show_value)d."
