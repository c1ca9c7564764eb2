from typing import Any

from django import forms

from learning.models import LessonReport, ReviewChoice


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


HOURS = [(hour, f"{hour} uur") for hour in range(7, 23)]


class ReviewChoiceForm(forms.Form):
    """Whether, how and when someone wants to be reminded of what comes back."""

    reminder = forms.ChoiceField(
        choices=ReviewChoice.Reminder,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies of je een herinnering wilt."),
    )
    hour = forms.TypedChoiceField(
        choices=HOURS,
        coerce=int,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies een uur uit de lijst."),
    )

    def __init__(self, *args: Any, mail: bool, **options: Any) -> None:
        """mail: there is an address, and this site can send mail."""
        super().__init__(*args, **options)
        if not mail:
            ways = [way for way in ReviewChoice.Reminder.choices if way[0] != ReviewChoice.Reminder.MAIL]
            self.fields["reminder"] = forms.ChoiceField(
                choices=ways, error_messages=self.fields["reminder"].error_messages
            )
