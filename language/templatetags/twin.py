"""Twin texts in templates: both variants stand in the page, the chosen one is shown."""

import re
from collections.abc import Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from language.markup import lines, plain, render_line, render_lines
from language.models import GlossaryTerm
from language.queries import WordsAndFacts
from language.variant import Variant

register = template.Library()
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z‘“])")


def _kept_with_page(context: Context) -> dict[str, Any]:
    """What the tags of one page share; on the request, so that blocks share it with the page."""
    return vars(context.get("request") or context.render_context)


def texts_of(context: Context) -> WordsAndFacts:
    """The words and facts of this page, read once."""
    found: WordsAndFacts = _kept_with_page(context).setdefault("words_and_facts", WordsAndFacts())
    return found


def _words_used(context: Context) -> dict[str, GlossaryTerm]:
    used: dict[str, GlossaryTerm] = _kept_with_page(context).setdefault("words_used", {})
    return used


def _render(context: Context, line: str) -> SafeString:
    used = _words_used(context)
    return render_line(line, texts_of(context), lambda term: used.setdefault(term.slug, term))


@register.filter
def per_line(text: str) -> SafeString:
    """Each sentence on a line of its own (shared rule 7); one sentence stays as it is."""
    sentences = SENTENCE_END.split(conditional_escape(text))
    if len(sentences) == 1:
        return conditional_escape(text)
    return format_html_join("", '<span class="line">{}</span>', ((mark_safe(part),) for part in sentences))  # noqa: S308


@register.simple_tag(takes_context=True)
def twin(context: Context, value: Mapping[str, str] | None) -> SafeString:
    """A text of several lines in both variants."""
    if not value or not value.get("standaard"):
        return SafeString()
    parts = []
    for variant in Variant:
        text = value.get(variant) or value["standaard"]
        parts.append(
            render_lines([_render(context, line) for line in lines(text, variant, texts_of(context))], variant)
        )
    return format_html("{}{}", *parts)


@register.simple_tag(takes_context=True)
def twin_line(context: Context, value: Mapping[str, str] | None) -> SafeString:
    """A text of one line in both variants; written once when both are the same."""
    if not value or not value.get("standaard"):
        return SafeString()
    texts = texts_of(context)
    shown = {
        variant: _render(context, " ".join(lines(value.get(variant) or value["standaard"], variant, texts)))
        for variant in Variant
    }
    shown[Variant.MAKKELIJK] = per_line(shown[Variant.MAKKELIJK])
    if shown[Variant.STANDAARD] == shown[Variant.MAKKELIJK]:
        return shown[Variant.STANDAARD]
    return format_html(
        '<span data-v="standaard">{}</span><span data-v="makkelijk">{}</span>',
        shown[Variant.STANDAARD],
        shown[Variant.MAKKELIJK],
    )


@register.simple_tag(takes_context=True)
def twin_plain(context: Context, value: Mapping[str, str], variant: Variant | None = None) -> str:
    """A text of one line without marks, in the shown variant: for attributes and window titles."""
    chosen = variant or context.get("variant") or Variant.MAKKELIJK
    return plain(value.get(chosen) or value.get("standaard", ""), chosen, texts_of(context)).replace("\n", " ")


@register.inclusion_tag("language/word_list.html", takes_context=True)
def word_list(context: Context) -> dict[str, object]:
    """The meanings of the words this page used, for the sheet that opens on a tap."""
    return {
        "terms": sorted(_words_used(context).values(), key=lambda term: term.term),
        "request": context.get("request"),
    }
