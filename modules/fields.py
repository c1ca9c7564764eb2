from typing import Any

from django import forms
from django.db import models
from wagtail.fields import StreamField


class StepsField(StreamField):
    """The steps of a module. The blocks stay out of the migrations: a new kind of exercise asks for none."""

    def deconstruct(self) -> Any:
        """As Wagtail does, without the blocks."""
        name, _, _, kwargs = super().deconstruct()
        return name, "wagtail.fields.StreamField", [[]], {**kwargs, "block_lookup": {}}


class ChoicesField(models.JSONField):
    """Several values of one fixed list, kept as a JSON list on every database."""

    def __init__(self, *args: Any, options: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.options = options  # None only while a migration copies the field
        kwargs["default"] = list
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """The list itself stays out of the migration: a new trade asks for none."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def formfield(self, **kwargs: Any) -> forms.Field:
        return forms.MultipleChoiceField(
            choices=self.options.choices if self.options else [],
            widget=forms.CheckboxSelectMultiple,
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=self.help_text,
        )
