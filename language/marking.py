"""Lines as HTML, with the words of the list marked: where an author refers to one, and by itself at its first place.

A word that is marked is a link to its meaning. On one screen each word is marked once; so a screen must be begun
(`Screen`) before anything is marked by itself. Titles, answers and buttons are never marked: they are controls.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from language.markup import NOT_HERE, Line, lines, parse
from language.matching import Place
from language.models import GlossaryTerm
from language.queries import WordsAndFacts
from language.variant import Variant


@dataclass
class Screen:
    """The words that are marked on the screen so far, per variant, by term in small letters."""

    marked: dict[Variant, set[str]] = field(default_factory=lambda: {variant: set() for variant in Variant})

    def copy(self) -> "Screen":
        """The same begin, to go on apart: for one of several texts of which only one is seen."""
        return Screen({variant: set(keys) for variant, keys in self.marked.items()})


def words_in(text_lines: Iterable[str], texts: WordsAndFacts, marked: set[str] | None = None) -> list[list[Place]]:
    """Per line the places to mark. `marked`: what is marked on this screen, which grows; None marks nothing by itself.

    A word that the text itself refers to is marked there and nowhere else in it.
    """
    parsed = [parse(line) for line in text_lines]
    own = {word.key for line in parsed for word in line.words if word.key in texts.terms}
    taken = None if marked is None else marked | own
    found = [sorted(_places(line, texts, taken), key=lambda place: place.start) for line in parsed]
    if marked is not None and taken is not None:
        marked |= taken
    return found


def keys_in(text: str, variant: Variant, texts: WordsAndFacts) -> set[str]:
    """The words of the list, in small letters, that a text refers to or holds in one of their forms."""
    return {place.key for found in words_in(lines(text, variant, texts), texts, set()) for place in found}


def _places(line: Line, texts: WordsAndFacts, taken: set[str] | None) -> Iterator[Place]:
    kept = [word for word in line.words if word.key == NOT_HERE or word.key in texts.terms]
    yield from (word for word in kept if word.key != NOT_HERE)
    if taken is None:
        return
    for place in texts.matcher.find(line.text):
        is_free = all(place.end <= word.start or place.start >= word.end for word in kept)
        if is_free and place.key not in taken and place.key in texts.terms:
            taken.add(place.key)
            yield place


def render_text(
    text_lines: Sequence[str],
    texts: WordsAndFacts,
    on_word: Callable[[GlossaryTerm], object],
    marked: set[str] | None = None,
) -> list[SafeString]:
    """Lines as HTML; `on_word` hears of each word that is marked, `marked` is that of `words_in`."""
    made = []
    for line, places in zip(text_lines, words_in(text_lines, texts, marked), strict=True):
        for place in places:
            on_word(texts.terms[place.key])
        made.append(_html(parse(line), [(place, texts.terms[place.key].slug) for place in places]))
    return made


def render_unmarked(line: Line) -> SafeString:
    """A line that is or stands in a control: strong stays strong, words are no links."""
    return _html(line, [])


def render_lines(rendered: Iterable[SafeString], variant: Variant) -> SafeString:
    """Paragraphs in standaard, one sentence per line in makkelijk."""
    if variant is Variant.MAKKELIJK:
        return format_html('<ul class="read lines" data-v="makkelijk">{}</ul>', _each("li", rendered))
    return format_html('<div class="read" data-v="standaard">{}</div>', _each("p", rendered))


def _each(tag: str, parts: Iterable[SafeString]) -> SafeString:
    return mark_safe("".join(f"<{tag}>{part}</{tag}>" for part in parts))  # noqa: S308 (parts are safe)


def _html(line: Line, links: Iterable[tuple[Place, str]]) -> SafeString:
    made, at = [], 0
    for place, slug in links:
        href = escape(reverse("language:word", args=[slug]))
        made += [_strong(line, at, place.start), f'<a class="word" href="{href}">']
        made += [_strong(line, place.start, place.end), "</a>"]
        at = place.end
    return mark_safe("".join([*made, _strong(line, at, len(line.text))]))  # noqa: S308 (escaped in _strong)


def _strong(line: Line, start: int, end: int) -> str:
    """The text between two places, escaped; what is strong is closed before its end."""
    made, at = [], start
    for first, last in line.strong:
        first, last = max(first, start), min(last, end)
        if first < last:
            made += [escape(line.text[at:first]), "<b>", escape(line.text[first:last]), "</b>"]
            at = last
    return "".join([*made, escape(line.text[at:end])])
