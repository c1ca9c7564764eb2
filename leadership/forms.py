"""What a facilitator types: a group, its Monday, a meeting; and what a lead tells the region. What is wrong is said in
words, beside it."""

import unicodedata
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format

from leadership.desk_forms import Choice
from leadership.models import Meeting, Obstacle, Programme, ProgrammeGroup, Success
from leadership.programme import Meeting as Outline
from leadership.services.meetings import MOST_MINUTES, MOST_PLACE
from people.models import Organisation

YEARS = timedelta(days=2 * 365)  # how far ahead anything may be planned
DAY = "Kies een dag."
SAY_NOTHING = "Dat zeg ik niet"
TIME = "Typ een tijd, zoals 14:00."


def this_monday() -> date:
    """The Monday of this week."""
    today = timezone.localdate()
    return today - timedelta(days=today.weekday())


class MondayField(forms.DateField):
    """A Monday of this week or later."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        messages = {"required": "Kies een maandag.", "invalid": "Dit is geen dag. Kies een maandag."}
        super().__init__(widget=widget, error_messages=messages, **options)

    def clean(self, value: Any) -> date:
        day: date = super().clean(value)
        first = this_monday()
        if day < first:
            raise ValidationError(f"Deze dag is voorbij. Kies een maandag vanaf {_said(first)}.")
        if day > first + YEARS:
            raise ValidationError("Dit is te ver weg. Kies een maandag binnen twee jaar.")
        if day.weekday():
            before = day - timedelta(days=day.weekday())
            choices = [one for one in (before, before + timedelta(weeks=1)) if one >= first]
            raise ValidationError(f"Dit is een {date_format(day, 'l')}. Kies {' of '.join(map(_said, choices))}.")
        return day


def _said(day: date) -> str:
    return str(date_format(day, "l j F"))


class MondayForm(forms.Form):
    """Another Monday to begin."""

    starts_on = MondayField(label="Op welke maandag begint de groep?")


class GroupForm(MondayForm):
    """A new group. Where there is one organisation or one programme, that is not asked."""

    organisation = forms.ChoiceField(label="Waar is dit?")
    name = forms.CharField(label="Hoe heet de groep?", error_messages={"required": "Typ een naam."})
    programme = forms.ChoiceField(label="Welk programma?")
    field_order = ("organisation", "name", "programme", "starts_on")

    def __init__(self, *args: Any, organisations: list[Organisation], programmes: list[Programme], **options: Any):
        super().__init__(*args, **options)
        self._choose("organisation", organisations, "Kies waar dit is.")
        self._choose("programme", programmes, "Kies een programma.")
        self.fields["name"].widget.attrs.update(maxlength=80, autocomplete="off")

    def _choose(self, name: str, rows: list[Any], wrong: str) -> None:
        known = {str(row.pk): row for row in rows}
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Kies"), *((key, str(row)) for key, row in known.items())]
        field.error_messages |= {"required": wrong, "invalid_choice": wrong}
        if len(known) == 1:
            del self.fields[name]
        setattr(self, f"_{name}", known)

    def chosen(self, name: str) -> Any:
        """The row that was chosen, or the only one there is."""
        known = getattr(self, f"_{name}")
        return known[self.cleaned_data[name]] if name in self.fields else next(iter(known.values()))


class MeetingForm(forms.Form):
    """When and where a group meets."""

    day = forms.DateField(
        label="Op welke dag?",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": DAY, "invalid": DAY},
    )
    at = forms.TimeField(
        label="Hoe laat begint het?",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": TIME, "invalid": TIME},
    )
    minutes = forms.IntegerField(
        label="Hoeveel minuten duurt het?", min_value=15, max_value=MOST_MINUTES, widget=forms.NumberInput()
    )
    place = forms.CharField(
        label="Waar?",
        max_length=MOST_PLACE,
        error_messages={
            "required": "Typ waar jullie samenkomen.",
            "max_length": "Dit is te lang. Er passen 200 tekens.",
        },
    )

    def __init__(self, *args: Any, group: ProgrammeGroup, meeting: Meeting | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.group, self.meeting = group, meeting
        wrong = f"Typ een getal van 15 tot en met {MOST_MINUTES}."
        self.fields["minutes"].error_messages = dict.fromkeys(("required", "invalid", "min_value", "max_value"), wrong)
        self.fields["place"].widget.attrs["autocomplete"] = "off"

    def clean_place(self) -> str:
        place = " ".join(self.cleaned_data["place"].split())
        if any(unicodedata.category(sign)[0] == "C" for sign in place):
            raise ValidationError("Hier staat een vreemd teken. Typ de plaats opnieuw.")
        return place

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if "day" in found and "at" in found:
            found["starts_at"] = self._starts_at(found)
        return found

    def _starts_at(self, found: dict[str, Any]) -> datetime | None:
        """A time that is still to come, or the one that it was."""
        now = timezone.now()
        if found["day"] > max(timezone.localdate(now), self.group.returns_on) + YEARS:
            self.add_error("day", "Dit is te ver weg. Kies een dag binnen twee jaar.")
            return None
        starts_at = timezone.make_aware(datetime.combine(found["day"], found["at"]))
        if starts_at < now and not (self.meeting and self.meeting.starts_at == starts_at):
            self.add_error("day", "Dit moment is voorbij. Kies een later moment.")
            return None
        return starts_at

    @classmethod
    def beginning(cls, group: ProgrammeGroup, week: int, meeting: Meeting | None, outline: Outline) -> dict[str, Any]:
        """What stands in the form at first: what is planned, else the first day of the week and how long it takes."""
        if meeting is None:
            day = group.returns_on if week == Meeting.RETURN else group.week_starts_on(week)
            return {"day": day, "minutes": outline.minutes}
        at = timezone.localtime(meeting.starts_at)
        return {"day": at.date(), "at": at.time(), "minutes": meeting.minutes, "place": meeting.place}


class LookBackForm(forms.Form):
    """What a lead tells the region, from two lists."""

    success = Choice("Wat ging het best?", [("", SAY_NOTHING), *Success.choices])
    obstacle = Choice("Wat hield het meest tegen?", [("", SAY_NOTHING), *Obstacle.choices])

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if not self.errors and not any(found.values()):
            raise ValidationError("Kies bij een van de twee vragen een antwoord.")
        return found
