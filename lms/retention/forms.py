"""A term, as it is typed."""

from typing import Any

from django import forms

from people.purposes import Purpose


class TermForm(forms.Form):
    """So many days, between what this purpose allows."""

    dagen = forms.IntegerField(label="Hoeveel dagen?")

    def __init__(self, *args: Any, purpose: Purpose, **options: Any) -> None:
        super().__init__(*args, **options)
        said = f"Kies een aantal van {purpose.least} tot en met {purpose.most} dagen."
        self.fields["dagen"] = forms.IntegerField(
            label="Hoeveel dagen?",
            min_value=purpose.least,
            max_value=purpose.most,
            help_text=f"Van {purpose.least} tot en met {purpose.most}.",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        )
