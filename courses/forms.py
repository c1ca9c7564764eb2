"""What the builder's form holds, read half-finished and hostile alike; what is wrong is said beside it."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.http import QueryDict
from django.utils import timezone

from courses.attachments import clean_file
from courses.draft import MOST_ITEMS, MOST_WEEK, Draft, Item
from courses.lessons import Shelf
from courses.models import CoursePath, Pace, PathPage, Sharing
from people.models import Organisation

MOST_NOTE, MOST_INTRO, MOST_TEXT = 300, 600, 3000
YEARS = timedelta(days=3 * 365)  # how far a date may be from today
WEEKS = [("", "Geen"), *((week, f"Week {week}") for week in range(1, MOST_WEEK + 1))]
WRONG_MINUTES = "Typ hoeveel minuten dit duurt, van 1 tot en met 60."
TOO_MANY = f"Een route heeft hoogstens {MOST_ITEMS} onderdelen. Haal er een paar weg."


def _most(signs: int) -> dict[str, str]:
    return {"max_length": f"Dit is te lang. Gebruik hoogstens {signs} letters."}


def plain_text(text: str) -> str:
    """A text as it is kept: without signs that cannot be seen, save the ends of lines. Raises ValidationError."""
    kept = text.replace("\r\n", "\n").replace("\r", "\n")
    if any((ord(sign) < 32 and sign not in "\n\t") or 0x202A <= ord(sign) <= 0x202E for sign in kept):
        raise ValidationError("Er staat een vreemd teken in deze tekst. Haal het weg.")
    return kept.strip()


class PlainField(forms.CharField):
    """Text of people; what it means is only what it says."""

    def __init__(self, most: int, *, lines: int = 1, required: bool = False, **options: Any) -> None:
        widget = forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput()
        super().__init__(max_length=most, required=required, widget=widget, **options)
        self.error_messages |= _most(most)

    def clean(self, value: Any) -> str:
        return plain_text(super().clean(value))


class TitleField(PlainField):
    """The name of a path or page. Braces and brackets mean something in texts of lessons, so they are not for names."""

    def __init__(self, most: int, missing: str) -> None:
        super().__init__(most, required=True)
        self.error_messages["required"] = missing

    def clean(self, value: Any) -> str:
        title = " ".join(super().clean(value).split())
        if any(sign in title for sign in "{}[]*"):
            raise ValidationError("Gebruik in de naam geen haken en geen sterretje.")
        if not any(sign.isalpha() for sign in title):
            raise ValidationError("Typ een naam met letters.")
        return title


class PathForm(forms.Form):
    """The path itself."""

    title = TitleField(120, "Geef de route een naam.")
    intro = PlainField(MOST_INTRO, lines=3)
    intro_makkelijk = PlainField(MOST_INTRO, lines=3)
    pace = forms.ChoiceField(
        choices=Pace, required=False, error_messages={"invalid_choice": "Kies een planning uit de lijst."}
    )


class ItemForm(forms.Form):
    """One line of it: its time, whether it belongs to it, and a note."""

    required = forms.BooleanField(required=False)
    week = forms.TypedChoiceField(
        choices=WEEKS,
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": f"Kies een week van 1 tot en met {MOST_WEEK}."},
    )
    on = forms.DateField(
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Deze datum bestaat niet. Typ hem zo: 3-2-2027."},
    )
    note = PlainField(MOST_NOTE, lines=2)

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        today = timezone.localdate()
        if day and abs(day - today) > YEARS:
            raise ValidationError("Deze datum is te ver weg. Kijk het jaar na.")
        return day


class SpreadForm(forms.Form):
    """How many lessons a week, and from when."""

    per = forms.TypedChoiceField(
        choices=[(number, f"{number} per week") for number in (1, 2, 3, 4, 5)], coerce=int, required=False
    )
    begin = forms.DateField(required=False, input_formats=["%Y-%m-%d", "%d-%m-%Y"])

    @property
    def per_week(self) -> int:
        return (self.is_valid() and self.cleaned_data.get("per")) or 1

    @property
    def first_day(self) -> date | None:
        self.is_valid()
        day: date | None = self.cleaned_data.get("begin")
        return day if day and abs(day - timezone.localdate()) <= YEARS else None


@dataclass(frozen=True)
class Posted:
    """A form of the builder as it came: what it says, and its parts to show again."""

    draft: Draft
    path_form: PathForm
    item_forms: Mapping[str, ItemForm]
    problems: tuple[str, ...]
    version: int

    @property
    def fits(self) -> bool:
        forms_fit = self.path_form.is_valid() and all(form.is_valid() for form in self.item_forms.values())
        return forms_fit and not self.problems


def read_posted(data: QueryDict, path: CoursePath, shelf: Shelf) -> Posted:
    """What came: known lines in their order, each once; the rest is left out, and too many are refused."""
    known = {page.key for page in path.pages.all()}
    stands = {lesson.key for lesson in path.lessons.all()}
    asked = dict.fromkeys(data.getlist("item"))
    keys = [key for key in asked if key in known or key in stands or _is_lesson(key, shelf)]
    item_forms = {key: ItemForm(data, prefix=key) for key in keys[:MOST_ITEMS]}
    path_form = PathForm(data)
    path_form.is_valid()
    draft = Draft(
        title=path_form.cleaned_data.get("title", path.title),
        intro=path_form.cleaned_data.get("intro", path.intro),
        intro_makkelijk=path_form.cleaned_data.get("intro_makkelijk", path.intro_makkelijk),
        pace=path_form.cleaned_data.get("pace", path.pace),
        items=tuple(_items(item_forms)),
    )
    problems = (TOO_MANY,) if len(asked) > MOST_ITEMS else ()
    return Posted(draft, path_form, item_forms, problems, _number(data.get("version", "")))


def _is_lesson(key: str, shelf: Shelf) -> bool:
    kind, _, code = key.partition(":")
    return kind == "les" and shelf.knows(code)


def _items(item_forms: Mapping[str, ItemForm]) -> Iterator[Item]:
    for key, form in item_forms.items():
        form.is_valid()
        said = form.cleaned_data
        yield Item(key, bool(said.get("required")), said.get("week"), said.get("on"), said.get("note", ""))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else 0


def initial_forms(draft: Draft) -> tuple[PathForm, dict[str, ItemForm]]:
    """The forms of a path as it stands."""
    about = {name: getattr(draft, name) for name in ("title", "intro", "intro_makkelijk", "pace")}
    lines = {
        item.key: ItemForm(
            prefix=item.key,
            initial={"required": item.required, "week": item.week, "on": item.on, "note": item.note},
        )
        for item in draft.items
    }
    return PathForm(initial=about), lines


class PageForm(forms.Form):
    """An own page or task. `kept` is a file that was taken in already, while something else was not right yet."""

    kind = forms.ChoiceField(
        choices=PathPage.Kind, error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies wat het is.")
    )
    title = TitleField(80, "Geef het blad een naam.")
    text = PlainField(MOST_TEXT, lines=6)
    text_makkelijk = PlainField(MOST_TEXT, lines=6)
    link = forms.CharField(required=False, max_length=400, error_messages=_most(400))
    minutes = forms.IntegerField(
        validators=[MinValueValidator(1, WRONG_MINUTES), MaxValueValidator(60, WRONG_MINUTES)],
        error_messages=dict.fromkeys(("required", "invalid"), WRONG_MINUTES),
    )
    upload = forms.FileField(required=False, error_messages={"empty": "Dit bestand is leeg. Kies een ander bestand."})
    kept = forms.CharField(required=False, max_length=40)
    drop_file = forms.BooleanField(required=False)

    def clean_link(self) -> str:
        """An address of the web and of nothing else; a name in front of the host would hide where it leads."""
        link = self.cleaned_data["link"].strip()
        if link and "://" not in link and ":" not in link.split("/")[0]:
            link = f"https://{link}"
        if not link:
            return ""
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError as error:
            raise ValidationError("Dit is geen adres van een website. Neem het over uit de browser.") from error
        if "@" in link.split("/")[2]:
            raise ValidationError("In dit adres staat een naam of wachtwoord. Neem het adres zonder @.")
        return link

    def clean_upload(self) -> Any:
        file = self.cleaned_data["upload"]
        return clean_file(file, file.size, file.name) if file else None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        holds = said.get("text") or said.get("link") or said.get("upload") or said.get("kept")
        if not self.errors and not holds:
            self.add_error("text", "Typ een tekst, of kies een link of een bestand.")
        return said


def key_of(value: str) -> uuid.UUID | None:
    """An id that was typed or sent; None for what is none."""
    try:
        return uuid.UUID(value)
    except ValueError:
        return None


class StartForm(forms.Form):
    """A new path: its name, what it begins with, and for which organisation."""

    title = TitleField(120, "Geef de route een naam.")
    key = forms.CharField(required=False)
    origin = forms.CharField(required=False, max_length=20)
    organisation = forms.CharField(required=False, max_length=20)

    def __init__(self, *args: Any, organisations: list[Organisation], origins: list[CoursePath], **options: Any):
        super().__init__(*args, **options)
        self.organisations = {str(one.pk): one for one in organisations}
        self.origins = {str(one.pk): one for one in origins}

    def clean_key(self) -> uuid.UUID | None:
        return key_of(self.cleaned_data["key"])

    def clean_origin(self) -> CoursePath | None:
        chosen = self.cleaned_data["origin"]
        if chosen and chosen not in self.origins:
            raise ValidationError("Deze route is er niet meer. Kies een andere.")
        return self.origins.get(chosen)

    def clean_organisation(self) -> Organisation:
        chosen = self.cleaned_data["organisation"]
        if len(self.organisations) == 1:
            return next(iter(self.organisations.values()))
        if chosen not in self.organisations:
            raise ValidationError("Kies voor wie de route is.")
        return self.organisations[chosen]


class SharingForm(forms.Form):
    """What colleagues may do."""

    sharing = forms.ChoiceField(
        choices=Sharing, error_messages=dict.fromkeys(("required", "invalid_choice"), "Kies wat collega’s mogen.")
    )
