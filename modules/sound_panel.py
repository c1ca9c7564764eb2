"""The sound of a lesson in its editor: how far it is, kept up to date by itself."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel


class SoundPanel(Panel):
    """A place that fills itself from `modules.sound_views.state`, and asks again while sound is being made."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "modules/admin/sound_panel.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            if self.instance.pk:
                context["state"] = reverse("lesson_sound_state", args=[self.instance.pk])
                context["sentences"] = reverse("lesson_sound", args=[self.instance.pk])
            return context

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=["modules/sound.js"])
