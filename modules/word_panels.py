"""What the editor of a word shows besides its fields: compounds found in lessons, to confirm or refuse with one tap."""

from typing import Any

from django import forms
from django.urls import reverse
from wagtail.admin.panels import Panel

from modules.word_proposals import proposals_for


class ProposalsPanel(Panel):
    """Each compound with its sentence and two buttons; what is tapped is kept at once."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "modules/admin/word_proposals.html"

        def get_context_data(self, parent_context: Any = None) -> Any:
            context = super().get_context_data(parent_context)
            if self.instance.pk:
                context["proposals"] = proposals_for(self.instance)
                context["address"] = reverse("decide_word_form", args=[self.instance.pk])
            return context

        @property
        def media(self) -> forms.Media:
            return forms.Media(js=["modules/word_proposals.js"])
