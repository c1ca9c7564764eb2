"""How common a Dutch word is, its lemma, and the parts of a compound: read from the file that the set-up made.

The file (`bin/make_word_data.py`) stands apart from the source. Where it is not, words count as common, and
`missing_data` says so in one sentence: nothing here raises.
"""

import sqlite3
import threading
from functools import lru_cache
from pathlib import Path

from django.conf import settings

FILE: Path = settings.BASE_DIR / "var" / "words" / "words.sqlite3"
COMMON = 9.0
"""The Zipf figure of what cannot be rare: a number, or any word where there is no word data."""
UNSEEN = 0.0
COMPOUND_COSTS = 0.5
"""How much harder a compound is than the hardest of its parts."""

_MISSING = "De woordgegevens ontbreken, dus moeilijke woorden worden niet gezien. Maak ze met: make setup"
_local = threading.local()


def missing_data() -> str | None:
    """What to do when there is no word data; None when there is."""
    return None if _database() else _MISSING


def zipf(word: str) -> float:
    """How common a word is: 7 for 'de', 4 for a word that most people know, 0 for one that was never seen.

    The highest of the word, its lemma and, for a compound, its hardest part less `COMPOUND_COSTS`.
    """
    return _zipf(_plain(word))


def lemma(word: str) -> str:
    """The form in a dictionary, in small letters: 'huizen' -> 'huis'; the word itself where nothing better is known."""
    found = _word(_plain(word))
    return (found[1] if found else None) or _plain(word)


def parts(word: str) -> tuple[str, str] | None:
    """A compound as (modifier, head), in dictionary form: 'huurwoningen' -> ('huur', 'woning'); None for others."""
    return _parts(_plain(word))


def forget() -> None:
    """Open the file anew at the next word: for who has just made it."""
    _local.__dict__.clear()
    for cached in (_zipf, _word, _parts):
        cached.cache_clear()


def _plain(word: str) -> str:
    whole = word.encode("utf-8", "ignore").decode()  # half a character is in no list
    return whole.lower().replace("’", "'").replace("‘", "'").strip("'")


@lru_cache(maxsize=8192)
def _zipf(word: str) -> float:
    if not _database() or not any(sign.isalpha() for sign in word):
        return COMMON
    found = _word(word)
    best = found[0] / 100 if found else UNSEEN
    if "-" in word:
        best = max(best, min((_zipf(part) for part in word.split("-") if part), default=UNSEEN) - COMPOUND_COSTS)
    elif pair := _parts(word):
        best = max(best, min(_zipf(part) for part in pair) - COMPOUND_COSTS)
    return best


@lru_cache(maxsize=8192)
def _word(word: str) -> tuple[int, str | None] | None:
    return _first("SELECT zipf, lemma FROM words WHERE word = ?", word)


@lru_cache(maxsize=2048)
def _parts(word: str) -> tuple[str, str] | None:
    return _first("SELECT modifier, head FROM compounds WHERE word = ?", word)


def _first(query: str, word: str) -> tuple | None:  # type: ignore[type-arg]
    database = _database()
    return database.execute(query, (word,)).fetchone() if database else None


def _database() -> sqlite3.Connection | None:
    """One connection per thread, for reading only; None where the file is missing or is no database."""
    if not hasattr(_local, "database"):
        _local.database = _open(FILE)
    database: sqlite3.Connection | None = _local.database
    return database


def _open(file: Path) -> sqlite3.Connection | None:
    if not file.is_file():
        return None
    try:
        database = sqlite3.connect(f"{file.as_uri()}?mode=ro&immutable=1", uri=True)
        database.execute("PRAGMA cache_size = -2000")
        database.execute("SELECT 1 FROM words, compounds LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        return None
    return database
