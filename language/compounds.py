"""Longer words that hold a word of the list: what an author is asked about. 'AI-programma', 'wachtwoordkluis'."""

import re
from collections.abc import Iterable, Iterator

_TOKEN = re.compile(r"[^\W\d_]\w*(?:[-‑'’]\w+)*")
_SENTENCE = re.compile(r"(?<=[.?!…])\s+|\n")
SHORTEST_INSIDE = 4
"""A shorter word is looked for with a hyphen only: 'app' stands in 'appel'."""


def is_compound_of(form: str, term: str) -> bool:
    """Whether a form begins or ends with the term and goes on."""
    form, term = form.casefold().replace("‑", "-"), term.casefold()
    if form == term or not (form.startswith(term) or form.endswith(term)):
        return False
    rest = form.removeprefix(term) if form.startswith(term) else form.removesuffix(term)
    return "-" in (rest[0], rest[-1]) or (len(term) >= SHORTEST_INSIDE and len(rest) >= 3)


def compounds_in(text: str, term: str) -> Iterator[tuple[str, str]]:
    """The compounds of a term in a plain text, each with the sentence it stands in."""
    if term.casefold() not in text.casefold():
        return
    for sentence in _SENTENCE.split(text):
        for match in _TOKEN.finditer(sentence):
            if is_compound_of(match[0], term):
                yield match[0].replace("‑", "-"), sentence.strip()


def first_sentences(texts: Iterable[str], term: str, known: Iterable[str]) -> dict[str, str]:
    """Per compound that is not known yet the first sentence it stands in; capitals make no difference."""
    found: dict[str, str] = {}
    done = {form.casefold() for form in known}
    for text in texts:
        for compound, sentence in compounds_in(text, term):
            if compound.casefold() not in done:
                done.add(compound.casefold())
                found[compound] = sentence
    return found
