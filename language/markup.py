"""The light markup of lesson texts, the same in the editor and in curriculum files.

[[woord]] or [[woord|zoals het er staat]] refers to a glossary term, [[-woord]] keeps a word from being marked there,
{F9} puts a fact's own text there, **so** is strong. A new line is a new paragraph; in makkelijk each sentence stands on
a line of its own. Everything else is plain text: HTML typed by an author is shown, not run.
"""

import re
from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from language.matching import REMEMBERED, Place
from language.queries import Known, WordsAndFacts
from language.variant import Variant

WORD = re.compile(r"\[\[([^\[\]|\r\n]+)(?:\|([^\[\]|\r\n]+))?\]\]")
FACT = re.compile(r"\{(F\d+[a-z]?)\}")
STRONG = re.compile(r"\*\*(.+?)\*\*")
NOT_HERE = ""


@dataclass(frozen=True)
class Line:
    """One line: what is seen of it, and where in that it is strong or refers to a word itself."""

    text: str
    strong: tuple[tuple[int, int], ...] = ()
    words: tuple[Place, ...] = ()
    """Keys are terms in small letters, NOT_HERE where nothing is to be marked."""

    def part(self, start: int, end: int) -> "Line":
        """What stands between two places, as a line of its own."""
        inside = [(max(a, start) - start, min(b, end) - start) for a, b in self.strong if a < end and b > start]
        words = [word for word in self.words if word.start >= start and word.end <= end]
        moved = [Place(word.start - start, word.end - start, word.key) for word in words]
        return Line(self.text[start:end], tuple(inside), tuple(moved))


@lru_cache(maxsize=REMEMBERED)
def parse(line: str) -> Line:
    """A line without its marks. Words are read first, so that what is strong may begin or end inside one."""
    shown, words, at = "", [], 0
    for match in WORD.finditer(line):
        shown += line[at : match.start()]
        start, at = len(shown), match.end()
        shown += _shown(match)
        words.append(Place(start, len(shown), _key(match)))
    shown += line[at:]
    gone = [place for match in STRONG.finditer(shown) for place in (match.start(), match.end() - 2)]

    def moved(place: int) -> int:
        before = bisect_left(gone, place)
        return place - 2 * before + max(0, gone[before - 1] + 2 - place if before else 0)

    strong = tuple((moved(match.start(1)), moved(match.end(1))) for match in STRONG.finditer(shown))
    places = (Place(moved(word.start), moved(word.end), word.key) for word in words)
    return Line(STRONG.sub(r"\1", shown), strong, tuple(place for place in places if place.start < place.end))


def references(text: str) -> tuple[set[str], set[str]]:
    """The glossary terms (in small letters) and fact codes that a text refers to."""
    return {key for match in WORD.finditer(text) if (key := _key(match))}, set(FACT.findall(text))


def facts_in(value: Any) -> set[str]:
    """The codes of the facts that stand anywhere in stored data: a text, or lists and mappings with texts in them."""
    if isinstance(value, str):
        return set(FACT.findall(value))
    inner = value.values() if isinstance(value, Mapping) else value if isinstance(value, list | tuple) else ()
    return set().union(*map(facts_in, inner))


def missing_references(text: str, known: Known) -> list[str]:
    """What a text refers to and is not there, as sentences for its author."""
    terms, facts = references(text)
    return [f"Het woord '{term}' staat niet in de woordenlijst." for term in sorted(terms - known.terms)] + [
        f"Feit {code} bestaat niet." for code in sorted(facts - known.facts)
    ]


def plain(text: str, variant: Variant, texts: WordsAndFacts) -> str:
    """A text without marks: for reading aloud, counting words, titles of windows."""
    return STRONG.sub(r"\1", WORD.sub(_shown, _put_facts(text, variant, texts)))


def lines(text: str, variant: Variant, texts: WordsAndFacts) -> list[str]:
    """The lines of a text after its facts are put in, still with the other marks."""
    return [line.strip() for line in _put_facts(text, variant, texts).splitlines() if line.strip()]


def _key(match: re.Match[str]) -> str:
    term = match[1].strip().lower()
    return NOT_HERE if term.startswith("-") else term


def _shown(match: re.Match[str]) -> str:
    return match[2] or (match[1] if _key(match) else match[1].strip()[1:])


def _put_facts(text: str, variant: Variant, texts: WordsAndFacts) -> str:
    def fact(match: re.Match[str]) -> str:
        found = texts.facts.get(match[1])
        return found.text(variant) if found else ""

    return FACT.sub(fact, text) if "{" in text else text
