"""The words of a text by their places, and how times from elsewhere are put on them."""

import re
import unicodedata
from collections.abc import Iterable

from media.speech.backend import WordTime

_TOKEN = re.compile(r"[€$£] ?\d\S*|\S+")  # an amount is one word, with or without a space
_SIGNS_BEFORE = re.compile(r"^[^\w@€$£%&+]+")
_SIGNS_AFTER = re.compile(r"[^\w%€+]+$")


def normal(text: str) -> str:
    """A text as a screen shows it: NFC, white space as single spaces, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words are; 'AI-assistent' is one, without the signs around it; a dash by itself is none."""
    spans = []
    for token in _TOKEN.finditer(text):
        before, after = _SIGNS_BEFORE.search(token[0]), _SIGNS_AFTER.search(token[0])
        start = token.start() + (before.end() if before else 0)
        end = token.end() - (len(after[0]) if after else 0)
        if start < end and any(sign.isalnum() for sign in text[start:end]):
            spans.append((start, end))
    return spans


def times_of_words(text: str, starts: Iterable[tuple[int, int]], ms: int) -> list[WordTime]:
    """Word times from (place in the text, millisecond) pairs: what a voice said it began to say, and when.

    A voice may begin several times within one word ('2026', 'AI-app'): the first counts. A word lasts until the next.
    """
    spans = word_spans(text)
    began: dict[int, int] = {}
    for place, at in starts:
        number = next((n for n, (start, end) in enumerate(spans) if start <= place < end), None)
        if number is not None and 0 <= at <= ms:
            began[number] = min(at, began.get(number, at))
    order = sorted(began, key=lambda number: (began[number], number))
    if not order:
        return []
    ends = [*(began[number] for number in order[1:]), ms]
    return [WordTime(*spans[number], began[number], end) for number, end in zip(order, ends, strict=True)]


def share_out(text: str, ms: int, start: int = 0) -> list[WordTime]:
    """Word times by the length of the words, when nothing better is known."""
    spans = word_spans(text)
    weights = [end - begin + 1 for begin, end in spans]
    total, passed, times = sum(weights), 0, []
    for (begin, end), weight in zip(spans, weights, strict=True):
        t0 = start + passed * (ms - start) // total
        passed += weight
        times.append(WordTime(begin, end, t0, start + passed * (ms - start) // total))
    return times
