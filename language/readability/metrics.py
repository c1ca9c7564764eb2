"""Figures about a text: lengths, syllables, and the two formulas that part B1 from C1 best (decision 0024).

Flesch-Douma = 206.8 - 0.77 x syllables per 100 words - 0.93 x words per sentence (Douma, 1960).
LIX = words per sentence + long words per 100 words (Bjornsson, 1968).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields

from language.limits import sentence_places
from language.readability.syllables import syllables
from language.variant import Variant

LONG = 7  # letters, as in LIX
_TOKEN = re.compile(r"\S+")
_EDGES = re.compile(r"^[^\w€]+|[^\w%]+$")
_NOMINALISATION = re.compile(
    r"\w{3,}(?:(?<!ge)(?<!ond)(?<!k)(?<!w)ing|heid|atie|itie|utie|ectie|iteit|isme|ment|schap)(?:en|s|es)?|\w{3,}heden"
)
_THINGS = re.compile(
    r"(?:boterham|haring|koning|leerling|paling|woning|ketting|gezelschap|moment|document|apparatement|"
    r"appartement|instrument|element|departement|vakantie|politie|station|gereedschap|boodschap|landschap|"
    r"verdieping|rekening|vergadering|regering|vereniging|opleiding|tekening|richting|afdeling|kleding)(?:pen|en|s)?"
)


@dataclass(frozen=True)
class Word:
    """One word of a text, without the signs around it, and its place."""

    text: str
    start: int
    end: int
    opens: bool
    """Whether it is the first word of its sentence."""


@dataclass(frozen=True)
class Metrics:
    """Counts of one text; those of more texts can be added up."""

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    long_words: int = 0
    nominalisations: int = 0
    commas: int = 0
    longest: int = 0
    """Words in the longest sentence."""

    def __add__(self, other: "Metrics") -> "Metrics":
        summed = {each.name: getattr(self, each.name) + getattr(other, each.name) for each in fields(self)}
        return Metrics(**(summed | {"longest": max(self.longest, other.longest)}))

    @property
    def words_per_sentence(self) -> float:
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def commas_per_sentence(self) -> float:
        return self.commas / self.sentences if self.sentences else 0.0

    @property
    def flesch_douma(self) -> float:
        """From 0 (very hard) to 100 and more (very easy); 100 for no text at all."""
        if not self.words:
            return 100.0
        return 206.8 - 77 * self.syllables / self.words - 0.93 * self.words_per_sentence

    @property
    def lix(self) -> float:
        """From 20 (very easy) to 60 (very hard)."""
        return self.words_per_sentence + 100 * self.long_share

    @property
    def long_share(self) -> float:
        return self.long_words / self.words if self.words else 0.0

    @property
    def nominal_share(self) -> float:
        return self.nominalisations / self.words if self.words else 0.0


def sentences_of(text: str, variant: Variant) -> list[list[Word]]:
    """The words of a text per sentence; a dash on its own is no word."""
    found = (_words(text, start, end) for start, end in sentence_places(text, variant))
    return [words for words in found if words]


def measure(sentences: Iterable[list[Word]], text: str) -> Metrics:
    """The figures of a text that was parted by `sentences_of`."""
    found = Metrics()
    for words in sentences:
        small = [word.text.lower() for word in words]
        found += Metrics(
            words=len(words),
            sentences=1,
            syllables=sum(syllables(word.text) for word in words),
            long_words=sum(len(word) >= LONG for word in small),
            nominalisations=sum(is_nominalisation(word) for word in small),
            commas=len(re.findall(r",(?!\d)", text[words[0].start : words[-1].end])),
            longest=len(words),
        )
    return found


def is_nominalisation(word: str) -> bool:
    """Whether a word has the form of a verb or quality turned into a thing: 'uitvoering', 'zichtbaarheid'."""
    return len(word) > 6 and bool(_NOMINALISATION.fullmatch(word)) and not _THINGS.fullmatch(word)


def _words(text: str, start: int, end: int) -> list[Word]:
    found: list[Word] = []
    for token in _TOKEN.finditer(text, start, end):
        bare = _EDGES.sub("", token[0])
        if any(sign.isalnum() for sign in bare):
            place = token.start() + token[0].find(bare)
            found.append(Word(bare, place, place + len(bare), opens=not found))
    return found
