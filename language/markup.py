"""The light markup of lesson texts, the same in the editor and in curriculum files.

[[woord]] or [[woord|zoals het er staat]] refers to a glossary term, {F9} puts a fact's own text there,
**so** is strong. A new line is a new paragraph; in makkelijk each sentence stands on a line of its own.
Everything else is plain text: HTML typed by an author is shown, not run.
"""

import re
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from language.models import GlossaryTerm
from language.queries import Known, WordsAndFacts
from language.variant import Variant

WORD = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]|]+))?\]\]")
FACT = re.compile(r"\{(F\d+)\}")
STRONG = re.compile(r"\*\*(.+?)\*\*")


def references(text: str) -> tuple[set[str], set[str]]:
    """The glossary terms (in small letters) and fact codes that a text refers to."""
    return {match[1].strip().lower() for match in WORD.finditer(text)}, set(FACT.findall(text))


def missing_references(text: str, known: Known) -> list[str]:
    """What a text refers to and is not there, as sentences for its author."""
    terms, facts = references(text)
    return [f"Het woord '{term}' staat niet in de woordenlijst." for term in sorted(terms - known.terms)] + [
        f"Feit {code} bestaat niet." for code in sorted(facts - known.facts)
    ]


def plain(text: str, variant: Variant, texts: WordsAndFacts) -> str:
    """A text without marks: for reading aloud, counting words, titles of windows."""
    with_facts = _put_facts(text, variant, texts)
    return STRONG.sub(r"\1", WORD.sub(lambda match: match[2] or match[1], with_facts))


def lines(text: str, variant: Variant, texts: WordsAndFacts) -> list[str]:
    """The lines of a text after its facts are put in, still with the other marks."""
    return [line.strip() for line in _put_facts(text, variant, texts).splitlines() if line.strip()]


def render_line(line: str, texts: WordsAndFacts, on_word: Callable[[GlossaryTerm], object]) -> SafeString:
    """One line as HTML; `on_word` hears of each glossary term in it."""

    def word(match: re.Match[str]) -> str:
        shown = match[2] or match[1]
        term = texts.terms.get(match[1].strip().lower())
        if term is None:
            return shown
        on_word(term)
        href = reverse("language:word", args=[term.slug])
        return f'<a class="word" href="{escape(href)}">{shown}</a>'

    marked = WORD.sub(word, str(escape(line)))
    return mark_safe(STRONG.sub(r"<b>\1</b>", marked))  # noqa: S308 (escaped above)


def render_lines(rendered: Iterable[SafeString], variant: Variant) -> SafeString:
    """Paragraphs in standaard, one sentence per line in makkelijk."""
    if variant is Variant.MAKKELIJK:
        return format_html('<ul class="read lines" data-v="makkelijk">{}</ul>', _each("li", rendered))
    return format_html('<div class="read" data-v="standaard">{}</div>', _each("p", rendered))


def _each(tag: str, parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(f"<{tag}>{part}</{tag}>" for part in parts))  # noqa: S308 (parts are safe)


def _put_facts(text: str, variant: Variant, texts: WordsAndFacts) -> str:
    def fact(match: re.Match[str]) -> str:
        found = texts.facts.get(match[1])
        return found.text(variant) if found else ""

    return FACT.sub(fact, text) if "{" in text else text
