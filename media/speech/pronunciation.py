"""How words sound that a voice would read wrongly: other letters go to the voice, the text on screen stays."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from media.speech.backend import WordTime
from media.speech.words import times_of_words


class Respelled(NamedTuple):
    """A text as it is said, and which piece of it stands for which piece of the text on screen."""

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    """Where each piece begins in what is said, where in the text on screen, and how long it is there."""

    def place(self, at: int) -> int:
        """The place on screen of a place in what is said."""
        found = 0
        for begin, original, length in self.pieces:
            if begin > at:
                break
            found = original + min(at - begin, max(length - 1, 0))
        return found


class Entry(NamedTuple):
    """A word as it is written and as it is said. 'phishing*' is also the beginning of longer words."""

    written: str
    spoken: str


def respell(text: str, entries: Sequence[Entry]) -> Respelled:
    """The text with every word on the list as it is said; the longest entry goes first, whole words only.

    Capitals count where the entry has them: 'AI' is no 'ai'.
    """
    pattern, spoken = _compiled(tuple(entries))
    pieces, parts, said, shown = [], [], 0, 0
    for match in pattern.finditer(text) if pattern else ():
        instead = _spoken_for(match[0], spoken)
        if instead is None:
            continue
        before = text[shown : match.start()]
        pieces += [(said, shown, len(before)), (said + len(before), match.start(), len(match[0]))]
        parts += [before, instead]
        said += len(before) + len(instead)
        shown = match.end()
    return Respelled("".join([*parts, text[shown:]]), (*pieces, (said, shown, len(text) - shown)))


def times_on_screen(text: str, respelled: Respelled, words: Sequence[WordTime], ms: int) -> list[WordTime]:
    """Times of what was said, put on the words of the text on screen."""
    return times_of_words(text, [(respelled.place(word.start), word.t0) for word in words], ms)


def _spoken_for(found: str, spoken: Mapping[str, str]) -> str | None:
    return spoken.get(found) or spoken.get(found.lower())


@lru_cache(maxsize=4)
def _compiled(entries: tuple[Entry, ...]) -> tuple[re.Pattern[str] | None, dict[str, str]]:
    spoken, ways = {}, []
    for entry in sorted(entries, key=lambda entry: -len(entry.written)):
        word = entry.written.rstrip("*")
        if not word:
            continue
        spoken[word if word != word.lower() else word.lower()] = entry.spoken
        exact = re.escape(word) if word != word.lower() else f"(?i:{re.escape(word)})"
        ways.append(exact if entry.written.endswith("*") else rf"{exact}(?!\w)")
    return (re.compile(rf"(?<!\w)(?:{'|'.join(ways)})") if ways else None), spoken
