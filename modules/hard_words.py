"""The list of hard words in the admin, beside the word list."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from language.models import HardWord


class HardWordForm(WagtailAdminModelForm):
    def clean(self) -> Any:
        """What is plainer must be another word."""
        cleaned = super().clean()
        term = " ".join((cleaned.get("term") or "").split())
        cleaned["term"] = term
        if term and term.lower() == (cleaned.get("plainer") or "").strip().lower():
            self.add_error("plainer", "Dit is hetzelfde woord. Schrijf een gewoner woord, of laat dit leeg.")
        if HardWord.objects.filter(term__iexact=term).exclude(pk=self.instance.pk).exists():
            self.add_error("term", "Dit staat al in de lijst.")
        if term and not any(sign.isalpha() for sign in term):
            self.add_error("term", "Dit is geen woord. Schrijf een woord of een uitdrukking.")
        return cleaned


class HardWordViewSet(SnippetViewSet):
    model = HardWord
    icon = "edit"
    menu_label = "Moeilijke woorden"
    menu_order = 221
    add_to_admin_menu = True
    list_display = ["term", "plainer"]
    list_per_page = 100
    search_fields = ["term", "plainer"]
    edit_handler = ObjectList(
        [FieldRowPanel([FieldPanel("term"), FieldPanel("plainer")])],
        base_form_class=HardWordForm,
    )
