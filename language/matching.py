"""Finds the words of the list in a text, by their forms. No database: forms in, places out.

Precision before recall: a form counts as a whole word only ('bron' is not in 'bronchitis', 'AI' not in 'AI-programma'
or 'ai.nl'), with the capitals it has (AI, BSN), save for a capital at the begin of a sentence.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

Edition = tuple[tuple[str, str], ...]
"""Pairs of a form and the key of its word; the first pair of two with one form wins."""

_JOINED = r"\w@/\\#\u00ad\u0300-\u036f"
_BEFORE = rf"(?<![{_JOINED}])(?<![\w)][-‑.:'’])"
_AFTER = rf"(?![{_JOINED}]|[-‑]|[.:'’][\w])"
_SENTENCE_STARTS = re.compile(r"""(?:^|[.!?…:;]["'’”»)]*\s)[\s"'‘“„«(\[]*$""")
_LOOK_BACK = 12
REMEMBERED = 16_384  # lines, a few MB: more than all lessons have, which are read again for every page and list


@dataclass(frozen=True)
class Place:
    """Where a word of the list stands in a text."""

    start: int
    end: int
    key: str


class Matcher:
    """All forms of all words, ready for use."""

    def __init__(self, edition: Iterable[tuple[str, str]]) -> None:
        self._keys: dict[str, str] = {}
        for form, key in edition:
            self._keys.setdefault(_plain(form), key)
        by_first: dict[str, list[str]] = {}
        for form in sorted(filter(None, self._keys), key=len, reverse=True):
            by_first.setdefault(_first(form), []).append(_rest(form))
        pattern = "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())
        self._pattern = re.compile(f"{_BEFORE}(?:{pattern}){_AFTER}") if pattern else None

    def find(self, text: str) -> tuple[Place, ...]:
        """The places, in order; they do not overlap, and the longest form goes first."""
        return _found(self, text)

    def search(self, text: str) -> Iterator[Place]:
        """The same, not remembered."""
        for match in self._pattern.finditer(text) if self._pattern else ():
            if key := self._key(match[0], text[: match.start()]):
                yield Place(match.start(), match.end(), key)

    def _key(self, found: str, before: str) -> str | None:
        plain = _plain(found)
        if plain in self._keys:
            return self._keys[plain]
        if not _SENTENCE_STARTS.search(before[-_LOOK_BACK:] if len(before) > _LOOK_BACK else before):
            return None
        return self._keys.get(plain[0].lower() + plain[1:])


@lru_cache(maxsize=REMEMBERED)
def _found(matcher: Matcher, text: str) -> tuple[Place, ...]:
    return tuple(matcher.search(text))


@lru_cache(maxsize=4)
def matcher_of(edition: Edition) -> Matcher:
    """The matcher of an edition of the list, made once per process until the list changes."""
    return Matcher(edition)


def _plain(form: str) -> str:
    return " ".join(form.replace("’", "'").replace("‑", "-").split())


def _first(form: str) -> str:
    """The begin of a pattern: forms with one first letter are tried together, so a long list stays quick."""
    small, capital = form[0].lower(), form[0].upper()
    return f"[{re.escape(small)}{re.escape(capital)}]" if len(small) == len(capital) == 1 else re.escape(form[0])


def _rest(form: str) -> str:
    return re.sub(r"\\?[ '-]", _loose, re.escape(form[1:]))


def _loose(match: re.Match[str]) -> str:
    """A space may be a new line, an apostrophe curly, a hyphen one that does not break."""
    return {" ": r"\s+", "'": "['’]", "-": "[-‑]"}[match[0][-1]]
