"""Facts, words and pronunciations in the admin: what must be checked again, and which lessons use them.

They are models of rooms below; they are shown from here, because only this room knows the lessons.
"""

from collections.abc import Iterator
from typing import Any

import django_filters  # type: ignore[import-untyped]
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import RadioSelect
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import Truncator, slugify
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import IndexView, SnippetViewSet

from language.models import Fact, GlossaryTerm
from language.readability import Lexicon, check
from language.variant import Variant
from media.models import Pronunciation
from modules.models import PICTOGRAM_PANEL
from modules.usage import Usage, Use, names_of, where_used
from modules.word_panels import ProposalsPanel


def seen_in(row: Fact | GlossaryTerm, usage: Usage) -> list[Use]:
    """Where a reader meets this fact or word, a word in any of its forms."""
    return uses_of(row, usage) if isinstance(row, Fact) else usage.seen.get(row.term.lower(), [])


def uses_of(row: Fact | GlossaryTerm, usage: Usage) -> list[Use]:
    """Where a text names this fact or word, and would break without."""
    return usage.facts.get(row.code, []) if isinstance(row, Fact) else usage.words.get(row.term.lower(), [])


class UsedInPanel(Panel):
    """The lessons and steps that use this fact or word, with links."""

    class BoundPanel(Panel.BoundPanel):
        def render_html(self, parent_context: Any = None) -> SafeString:
            uses = seen_in(self.instance, where_used()) if self.instance.pk else []
            if not uses:
                return format_html('<p class="help-block help-info">{}</p>', "Nog in geen enkele les.")
            return format_html("<ul>{}</ul>", format_html_join("", "<li>{}{}</li>", _per_lesson(uses)))


def _per_lesson(uses: list[Use]) -> Iterator[tuple[SafeString | str, str]]:
    """Per lesson, fact or file its name, with a link where it has an editor, and the steps."""
    for name in names_of(uses):
        mine = [use for use in uses if use.name == name]
        place = "wagtailadmin_pages:edit" if mine[0].step else "wagtailsnippets_language_fact:edit"
        steps = [f"{use.step} (alleen in het concept)" if use.is_draft else use.step for use in mine if use.step]
        link = format_html('<a href="{}">{}</a>', reverse(place, args=[mine[0].pk]), name) if mine[0].pk else name
        yield link, f" – {'; '.join(steps)}" if steps else ""


def refuse_while_used(row: Fact | GlossaryTerm) -> None:
    """Raises ValidationError, naming the lessons, when texts would lose this fact or word."""
    if names := names_of(uses_of(row, where_used())):
        raise ValidationError(f"Dit staat in: {'; '.join(names)}. Pas eerst die teksten aan.")


def too_hard(text: str) -> ValidationError | None:
    """What makes a makkelijk text of a fact or word too hard: learners see it as soon as it is saved."""
    found = check(text, Variant.MAKKELIJK, Lexicon()).blocking
    return ValidationError([message.text for message in found]) if found else None


class FactForm(WagtailAdminModelForm):
    def clean_text_makkelijk(self) -> str:
        text: str = self.cleaned_data["text_makkelijk"]
        if error := too_hard(text):
            raise error
        return text

    def clean_code(self) -> str:
        """Texts name the code, so it stays while they do."""
        code: str = self.cleaned_data["code"]
        if self.instance.pk and code != self.instance.code:
            refuse_while_used(self.instance)
        return code


class WordForm(WagtailAdminModelForm):
    def clean_explanation(self) -> str:
        text: str = self.cleaned_data["explanation"]
        if error := too_hard(text):
            raise error
        return text

    def clean_term(self) -> str:
        """Texts name the word, so its spelling stays while they do; capitals make no difference."""
        term: str = self.cleaned_data["term"]
        if self.instance.pk and term.lower() != self.instance.term.lower():
            refuse_while_used(self.instance)
        return term

    def clean(self) -> Any:
        """The address is made from the word, as loading does; with another one its file would not load."""
        cleaned = super().clean()
        address = slugify(cleaned.get("term", ""))
        if cleaned.get("term") and cleaned.get("slug") not in (None, address):
            self.add_error("slug", f"Schrijf hier: {address}" if address else "Van dit woord is geen adres te maken.")
        return cleaned


class _UsedIndexView(IndexView):
    def get_table(self, object_list: Any) -> Any:
        """The texts are read once for all rows."""
        usage = where_used()
        for row in object_list:
            row.lesson_count = len(names_of(seen_in(row, usage), lessons_only=True))
        return super().get_table(object_list)


class FactFilterSet(WagtailFilterSet):
    due = django_filters.ChoiceFilter(
        label="Nakijken",
        choices=[("ja", "Moet nagekeken"), ("nee", "Nog goed")],
        method="filter_due",
        empty_label="Alles",
        widget=RadioSelect,
    )

    class Meta:
        model = Fact
        fields: list[str] = []

    def filter_due(self, queryset: QuerySet[Fact], name: str, value: str) -> QuerySet[Fact]:
        due = Fact.objects.due().values("pk")
        return queryset.filter(pk__in=due) if value == "ja" else queryset.exclude(pk__in=due)


def _text(fact: Fact) -> str:
    return Truncator(fact.text_standaard).chars(120)


def _checked(fact: Fact) -> str:
    return date_format(fact.checked_on, "j F Y")


WARNING = (
    '<b><svg class="icon icon-warning" width="16" height="16" aria-hidden="true"><use href="#icon-warning"></use></svg>'
    " Nakijken: {}</b>"
)


def _review(fact: Fact) -> str:
    """The date; with a sign and a word when it is past."""
    day = date_format(fact.review_by, "j F Y")
    return format_html(WARNING, day) if fact.is_due else day


LESSON_COUNT = Column("lesson_count", label="Lessen")


class FactViewSet(SnippetViewSet):
    model = Fact
    icon = "calendar-check"
    menu_label = "Feiten"
    menu_order = 210
    add_to_admin_menu = True
    index_view_class = _UsedIndexView
    list_display = [
        "code",
        Column("text", label="Tekst", accessor=_text),
        Column("review", label="Opnieuw nakijken voor", accessor=_review, sort_key="review_by"),
        Column("warnings", label="Let op", accessor=lambda fact: ", ".join(fact.warnings)),
        LESSON_COUNT,
        Column("checked", label="Nagekeken op", accessor=_checked, sort_key="checked_on"),
        "source",
    ]
    list_per_page = 200
    search_fields = ["code", "text_standaard", "text_makkelijk", "source"]
    filterset_class = FactFilterSet
    edit_handler = ObjectList(
        [
            FieldPanel("code"),
            FieldRowPanel([FieldPanel("text_standaard"), FieldPanel("text_makkelijk")]),
            FieldPanel("source"),
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("review_by")]),
            FieldRowPanel([FieldPanel("may_change"), FieldPanel("is_secondary")]),
            UsedInPanel(heading="Gebruikt in"),
        ],
        base_form_class=FactForm,
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Fact]:
        """F9 before F21."""
        return Fact.objects.numbered()


class WordViewSet(SnippetViewSet):
    model = GlossaryTerm
    icon = "openquote"
    menu_label = "Woordenlijst"
    menu_order = 220
    add_to_admin_menu = True
    index_view_class = _UsedIndexView
    list_display = ["term", "explanation", LESSON_COUNT]
    list_per_page = 200
    search_fields = ["term", "explanation"]
    edit_handler = ObjectList(
        [
            FieldPanel("term"),
            FieldPanel("slug"),
            FieldPanel("explanation"),
            PICTOGRAM_PANEL,
            InlinePanel(
                "translations",
                heading="In andere talen",
                label="taal",
                help_text="Alleen wat je zeker weet. Wat leeg blijft, laten we niet zien.",
                panels=[FieldRowPanel([FieldPanel("language"), FieldPanel("text")]), FieldPanel("explanation")],
            ),
            InlinePanel(
                "forms",
                heading="Vormen",
                label="vorm",
                help_text="Zo herkennen we het woord in een les. Het woord zelf en de buigingen maken we vanzelf.",
                panels=[FieldRowPanel([FieldPanel("form"), FieldPanel("refused")])],
            ),
            ProposalsPanel(heading="Gevonden in lessen"),
            UsedInPanel(heading="Gebruikt in"),
        ],
        base_form_class=WordForm,
    )


class SpokenForm(WagtailAdminModelForm):
    def clean_written(self) -> str:
        """One word, or a few; a star only at the end, and never by itself."""
        written = " ".join(self.cleaned_data["written"].split())
        if not written.rstrip("*").strip() or "*" in written[:-1]:
            raise ValidationError("Schrijf een woord. Een * mag alleen aan het eind: phishing*.")
        return written


class SpokenViewSet(SnippetViewSet):
    """How words sound; a change makes only the sentences anew in which the word stands."""

    model = Pronunciation
    icon = "comment"
    menu_label = "Uitspraak"
    menu_order = 230
    add_to_admin_menu = True
    list_display = ["written", "spoken"]
    list_per_page = 50
    search_fields = ["written", "spoken"]
    edit_handler = ObjectList([FieldPanel("written"), FieldPanel("spoken")], base_form_class=SpokenForm)
