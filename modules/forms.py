"""What an author says before a lesson is there."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.forms.pages import CopyForm

from modules.anatomy import BLOCKS
from modules.choices import Track
from modules.models import ModulePage
from modules.services.writing import Beginning, announced_lesson
from modules.template_lesson import EXERCISES

CODE = re.compile(r"[A-Z][A-Z0-9]{1,5}")
CODE_HELP = "Een letter en een nummer, zoals B7. Blijft altijd hetzelfde."


def new_code(written: str) -> str:
    """A code that no lesson has, in capitals; raises ValidationError in the author's words."""
    code = written.strip().upper()
    if not CODE.fullmatch(code):
        raise ValidationError("Schrijf een letter en dan een nummer, zoals B7. Hoogstens 6 tekens.")
    taken = ModulePage.objects.filter(code__iexact=code).first()
    if taken and announced_lesson(code) is None:
        raise ValidationError(f"Deze code is al van ‘{taken.title}’. Kies een andere.")
    return code


def free_codes() -> list[str]:
    """Per track the next code that is free."""
    codes = {code.upper() for code in ModulePage.objects.values_list("code", flat=True)}
    return [next(f"{track}{n}" for n in range(1, 1000) if f"{track}{n}" not in codes) for track in Track.values]


class NewLessonForm(forms.Form):
    """The few things that a lesson needs before its steps can stand ready."""

    title = forms.CharField(label="Titel", max_length=120, help_text="In Gewoon. Later nog te veranderen.")
    title_makkelijk = forms.CharField(label="Titel Makkelijk", max_length=120, required=False)
    track = forms.ChoiceField(label="Leerlijn", choices=Track.choices)
    code = forms.CharField(label="Code", max_length=20)
    exercise = forms.ChoiceField(
        label="Oefening",
        help_text="Doen in plaats van lezen. Later kunnen er meer bij.",
        widget=forms.RadioSelect,
    )
    checks = forms.TypedChoiceField(
        label="Vragen in de check", choices=[(n, str(n)) for n in (3, 4, 5)], coerce=int, initial=3
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exercise"].choices = [  # type: ignore[attr-defined]
            (name, f"{BLOCKS[name].label}: {BLOCKS[name].meta.description}") for name in EXERCISES
        ]
        self.fields["code"].help_text = f"{CODE_HELP} Vrij: {', '.join(free_codes())}."

    def clean_code(self) -> str:
        return new_code(self.cleaned_data["code"])

    @property
    def beginning(self) -> Beginning:
        """What was filled in, after it was found right."""
        return Beginning(**self.cleaned_data)


class CopyLessonForm(CopyForm):
    """A copy is a draft beside the other lessons, with a code of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("copy_subpages", "publish_copies", "alias"):
            self.fields.pop(name, None)
        self.fields["new_title"].initial = f"{self.page.title} (kopie)"
        self.fields["new_slug"].initial = f"{self.page.slug}-kopie"
        self.fields["new_parent_page"].widget = forms.HiddenInput()
        self.fields["new_code"] = forms.CharField(
            label="Code", max_length=20, help_text=f"{CODE_HELP} Vrij: {', '.join(free_codes())}."
        )

    def clean_new_code(self) -> str:
        code = new_code(self.cleaned_data["new_code"])
        if announced_lesson(code):
            raise ValidationError("Deze code is al van een aangekondigde les. Kies een andere.")
        return code
