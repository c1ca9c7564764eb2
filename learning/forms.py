from django import forms

from learning.models import LessonReport


class ReportForm(forms.Form):
    """What is wrong with a lesson; says what to do when it is not right yet."""

    kind = forms.ChoiceField(
        choices=LessonReport.Kind, error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies wat er is.")
    )
    text = forms.CharField(
        required=False,
        max_length=500,
        error_messages={"max_length": "Dit is te lang. Gebruik hoogstens 500 letters."},
    )
    step = forms.CharField(required=False, max_length=64)
