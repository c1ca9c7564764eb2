"""Twin texts in templates: both variants stand in the page, the chosen one is shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.template import Context
from django.template.base import NodeList, Parser, Token
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from language.marking import Screen, render_lines, render_text, render_unmarked
from language.markup import Line, facts_in, lines, parse, plain
from language.models import GlossaryTerm
from language.queries import WordsAndFacts, checked
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


@register.simple_tag(takes_context=True)
def screen(context: Context) -> str:
    """Here a screen begins: in the texts that follow each word of the list is marked once."""
    _kept_with_page(context)["screen"] = Screen()
    return ""


@register.tag
def apart(parser: Parser, token: Token) -> "ApartNode":
    """Texts that are not seen together with those after `endapart`: an answer's feedback, a card of several."""
    nodes = parser.parse(("endapart",))
    parser.delete_first_token()
    return ApartNode(nodes)


class ApartNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        """What is marked inside counts inside only."""
        kept = _kept_with_page(context)
        before: Screen | None = kept.get("screen")
        if before:
            kept["screen"] = before.copy()
        rendered = self.nodelist.render(context)
        if before:
            kept["screen"] = before
        return rendered


@register.filter
def per_line(text: str) -> SafeString:
    """Each sentence on a line of its own (shared rule 7); one sentence stays as it is."""
    return _per_line([mark_safe(part) for part in SENTENCE_END.split(conditional_escape(text))])  # noqa: S308


def _per_line(sentences: Sequence[SafeString]) -> SafeString:
    if len(sentences) == 1:
        return sentences[0]
    return format_html_join("", '<span class="line">{}</span>', ((sentence,) for sentence in sentences))


@register.simple_tag(takes_context=True)
def twin(context: Context, value: Mapping[str, str] | None, marked: bool = True) -> SafeString:
    """A text of several lines in both variants; with `marked=False` no words are marked by themselves."""
    if not value or not value.get("standaard"):
        return SafeString()
    texts, used = texts_of(context), _words_used(context)
    on_screen: Screen | None = _kept_with_page(context).get("screen") if marked else None
    parts = []
    for variant in Variant:
        text = lines(value.get(variant) or value["standaard"], variant, texts)
        done = on_screen.marked[variant] if on_screen else None
        rendered = render_text(text, texts, lambda term: used.setdefault(term.slug, term), done)
        parts.append(render_lines(rendered, variant))
    return format_html("{}{}", *parts)


@register.simple_tag(takes_context=True)
def twin_line(context: Context, value: Mapping[str, str] | None) -> SafeString:
    """A text of one line in both variants, without links; written once when both are the same."""
    if not value or not value.get("standaard"):
        return SafeString()
    texts = texts_of(context)
    parsed = {
        variant: parse(" ".join(lines(value.get(variant) or value["standaard"], variant, texts))) for variant in Variant
    }
    standaard = render_unmarked(parsed[Variant.STANDAARD])
    makkelijk = _per_line([render_unmarked(part) for part in _sentences(parsed[Variant.MAKKELIJK])])
    if standaard == makkelijk:
        return standaard
    return format_html('<span data-v="standaard">{}</span><span data-v="makkelijk">{}</span>', standaard, makkelijk)


def _sentences(line: Line) -> list[Line]:
    ends = [0, *(place for match in SENTENCE_END.finditer(line.text) for place in match.span()), len(line.text)]
    return [line.part(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True)]


@register.simple_tag(takes_context=True)
def twin_plain(context: Context, value: Mapping[str, str], variant: Variant | None = None) -> str:
    """A text of one line without marks, in the shown variant: for attributes and window titles."""
    chosen = variant or context.get("variant") or Variant.MAKKELIJK
    return plain(value.get(chosen) or value.get("standaard", ""), chosen, texts_of(context)).replace("\n", " ")


@register.inclusion_tag("language/checked_on.html", takes_context=True)
def checked_on(context: Context, values: Sequence[Any]) -> dict[str, object]:
    """When the facts in these stored texts were last looked at; nothing where there are none."""
    facts = texts_of(context).facts
    return {"checked": checked(facts[code] for code in facts_in(values) if code in facts)}


@register.inclusion_tag("language/word_list.html", takes_context=True)
def word_list(context: Context) -> dict[str, object]:
    """The meanings of the words this page used, for the sheet that opens on a tap."""
    return {
        "terms": sorted(_words_used(context).values(), key=lambda term: term.term),
        "request": context.get("request"),
    }
