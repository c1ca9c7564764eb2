"""Builds the word data of the readability adviser: how common a Dutch word is, its lemma, the parts of a compound.

Read once, at set-up, from the packages of the group `words`; the site itself needs only the file made here
(docs/decisions/0024-readability.md). The file mixes data under two licences, so it is made on the user's own machine
and kept apart with its attribution.
"""

import math
import os
import re
import sqlite3
from collections.abc import Iterable, Mapping
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory
from wordfreq import get_frequency_dict

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "var" / "words"
LEAST = 2.5  # rarer than this is rare in every way; 75,000 words are not
LEAST_FORM = 3.5  # a form of a word that is at least so common is kept, however rare the form itself
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
TABLES = """
CREATE TABLE words (word TEXT PRIMARY KEY, zipf INTEGER NOT NULL, lemma TEXT) WITHOUT ROWID;
CREATE TABLE compounds (word TEXT PRIMARY KEY, head TEXT NOT NULL, modifier TEXT NOT NULL) WITHOUT ROWID;
"""
ATTRIBUTION = """\
# Where the word data comes from

`words.sqlite3` was built on this machine by `bin/make_word_data.py`. It is not part of the source of Kortwijs,
and each part keeps its own licence. Who passes the file on passes on these conditions with it.

| part | from | licence |
|---|---|---|
| `words.zipf`: how common a word is | wordfreq 3.1.1, Robyn Speer, doi:10.5281/zenodo.7199437 | CC BY-SA 4.0 |
| `words.zipf`: how common a word is | SUBTLEX-NL (Keuleers, Brysbaert, New 2010) in lint_ii 0.1.3 | EUPL-1.2 |
| `compounds`: the parts of a compound | the nouns of lint_ii 0.1.3, Jenia Kim | EUPL-1.2 |
| `words.lemma`: the form in a dictionary | simplemma 2.0.0, Adrien Barbaresi | MIT |

Changes: words rarer than Zipf 2.5 are left out, figures are rounded to hundredths, of two figures the higher is kept,
and a form counts as common as its lemma.
"""


def main() -> None:
    common = frequencies()
    lemmas = {
        _text(form): _text(lemma).replace("_", "")
        for form, lemma in DefaultDictionaryFactory().get_dictionary("nl").items()
    }
    nouns = compounds()
    TARGET.mkdir(parents=True, exist_ok=True)
    write(TARGET / "words.sqlite3", words(common, lemmas, nouns), nouns)
    (TARGET / "ATTRIBUTION.md").write_text(ATTRIBUTION, encoding="utf-8")


def frequencies() -> dict[str, float]:
    """Zipf per word (small letters): the higher of film subtitles (SUBTLEX) and of many kinds of text (wordfreq)."""
    found = {word: math.log10(share) + 9 for word, share in get_frequency_dict("nl", wordlist="best").items()}
    for row in _table("subtlex_wordfreq.parquet", ["word", "word_count"]):
        if word := (row["word"] or "").lower():
            found[word] = max(found.get(word, 0.0), row["word_count"])
    return {word: zipf for word, zipf in found.items() if WORD.fullmatch(word)}


def compounds() -> dict[str, tuple[str, str, str]]:
    """Per compound its head, its modifier and its singular."""
    latest = max(path.name for path in _tables().iterdir() if path.name.startswith("nouns_sem_types_"))
    columns = ["word", "is_compound", "head", "modifier", "singular"]
    return {
        row["word"].lower(): (row["head"].lower(), row["modifier"].lower(), (row["singular"] or "").lower())
        for row in _table(latest, columns)
        if row["is_compound"] and row["head"] and row["modifier"] and WORD.fullmatch(row["word"])
    }


def words(
    common: Mapping[str, float], lemmas: Mapping[str, str], nouns: Mapping[str, tuple[str, str, str]]
) -> dict[str, tuple[int, str | None]]:
    """Per word its Zipf times 100, that of its lemma if higher, and the lemma where it is another word."""
    kept: dict[str, tuple[int, str | None]] = {}
    for word in common.keys() | lemmas.keys():
        lemma = lemmas.get(word) or (nouns[word][2] if word in nouns else "")
        own, of_lemma = common.get(word, 0.0), common.get(lemma, 0.0)
        if (own >= LEAST or of_lemma >= LEAST_FORM) and WORD.fullmatch(word):
            kept[word] = (round(max(own, of_lemma) * 100), lemma if lemma and lemma != word else None)
    return kept


def write(file: Path, rows: Mapping[str, tuple[int, str | None]], nouns: Mapping[str, tuple[str, str, str]]) -> None:
    """Whole or not at all: a reader never sees half a file."""
    new = file.with_suffix(".new")
    new.unlink(missing_ok=True)
    with sqlite3.connect(new) as database:
        database.executescript(f"PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;{TABLES}")
        database.executemany("INSERT INTO words VALUES (?, ?, ?)", ((word, *rows[word]) for word in sorted(rows)))
        database.executemany("INSERT INTO compounds VALUES (?, ?, ?)", _parts(rows, nouns))
    database.execute("VACUUM")
    database.close()
    os.replace(new, file)


def _parts(
    rows: Mapping[str, tuple[int, str | None]], nouns: Mapping[str, tuple[str, str, str]]
) -> Iterable[tuple[str, str, str]]:
    for word in sorted(nouns):
        head, modifier, _ = nouns[word]
        if head in rows and modifier in rows:
            yield word, head, modifier


def _tables() -> Path:
    """Found without importing the package, which asks for more than its tables."""
    return Path(str(distribution("lint-ii").locate_file("lint_ii"))) / "linguistic_data" / "data"


def _table(name: str, columns: list[str]) -> list[dict[str, Any]]:
    return pq.read_table(_tables() / name, columns=columns).to_pylist()


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value


if __name__ == "__main__":
    main()
