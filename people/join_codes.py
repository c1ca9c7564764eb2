"""Codes that are spoken easily: kade-7-fiets for a class, kade-7-fiets-zon to go on on another phone.

The words (join_words.txt) are short, common and at least three letters apart from each other, so
that one wrong letter always leads back to one word, and mending it tells nobody which codes exist.
"""

import re
import secrets
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rapidfuzz.distance import OSA

DIGITS = "23456789"  # 0 and 1 look like letters
MOST_CHARACTERS = 80
WHICH = ("eerste", "tweede", "derde")
_NUMBERS = {"twee": "2", "drie": "3", "vier": "4", "vijf": "5", "zes": "6", "zeven": "7", "acht": "8", "negen": "9"}


@cache
def words() -> tuple[str, ...]:
    """The words that codes are made of."""
    return tuple((Path(__file__).parent / "join_words.txt").read_text(encoding="utf-8").split())


def make_code(*, words_after: int) -> str:
    """A random code: a word, a digit and so many words after it (1 for a cohort, 2 for a phone)."""
    parts = [secrets.choice(words()), secrets.choice(DIGITS), *(secrets.choice(words()) for _ in range(words_after))]
    return "-".join(parts)


@dataclass(frozen=True)
class Reading:
    """What a typed code says: `code` in its own spelling, or "" with what is wrong, in Dutch."""

    code: str = ""
    problem: str = ""

    @property
    def is_for_a_phone(self) -> bool:
        """True for a code with which someone goes on on another phone."""
        return self.code.count("-") == 3


def read_code(typed: str) -> Reading:
    """Read what someone typed: capitals, spaces, a number in letters, one wrong letter per word."""
    text = unicodedata.normalize("NFKD", typed[:MOST_CHARACTERS]).casefold()
    pieces = re.findall(r"[a-z]+|\d", re.sub(r"[\u0300-\u036f]", "", text))
    if not pieces:
        return Reading(problem="Typ de code die je van je docent of je werk kreeg.")
    pieces = [_NUMBERS.get(piece, piece) for piece in pieces]
    if [piece.isdigit() for piece in pieces] not in ([False, True, False], [False, True, False, False]):
        return Reading(problem="Een code is een woord, een cijfer en een woord. Zoals kade-7-fiets.")
    known = [piece if piece.isdigit() else _nearest(piece) for piece in pieces]
    if None in known:
        which = WHICH[[word for piece, word in zip(pieces, known, strict=True) if not piece.isdigit()].index(None)]
        return Reading(problem=f"Het {which} woord zit niet in onze codes. Kijk goed hoe je het schrijft.")
    return Reading(code="-".join(word for word in known if word))


def _nearest(typed: str) -> str | None:
    """The word itself, or the only one that is one letter off."""
    if typed in words():
        return typed
    return next((word for word in words() if OSA.distance(typed, word, score_cutoff=1) <= 1), None)
