"""Reads one text as its reader will, and says what is hard and the way out, with the place in the text."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from language import limits
from language.markup import FACT, WORD
from language.readability import words
from language.readability.lexicon import HardEntry, Lexicon
from language.readability.metrics import Metrics, Word, measure, sentences_of
from language.readability.passive import find_passives
from language.readability.profiles import ENOUGH_WORDS, PROFILES, TOO_HARD, Level
from language.variant import Variant

NOISE = 70.0  # the error of Flesch-Douma on one word: 0.77 x 100 x the spread of syllables, which is about 0.9
LEAST_WORDS = 10
_NAMES = Path(__file__).resolve().parent.parent / "detector"
_NO_WORD = re.compile(r"[\d@/]|\w\.\w")  # a number, a mail or web address: nothing to know by heart


@dataclass(frozen=True)
class Message:
    """One thing that makes a text hard: which rule, what to do, and where it stands."""

    rule: str
    text: str
    start: int
    end: int
    blocks: bool = False
    word: str = ""
    """The hard word, where it is about one that could be added to a list."""


@dataclass(frozen=True)
class Report:
    """What a text asks of its reader."""

    variant: Variant
    metrics: Metrics
    hard: tuple[str, ...]
    """The words that are rare for this variant or stand in the list of hard words, each time they stand there."""
    messages: tuple[Message, ...]

    @property
    def level(self) -> Level:
        return level_of(self.metrics, len(self.hard))

    @property
    def blocking(self) -> list[Message]:
        """What keeps this text from being published."""
        return [message for message in self.messages if message.blocks]


def check(text: str, variant: Variant, lexicon: Lexicon) -> Report:
    """Check one text as its author wrote it; marks such as [[woord]] and {F9} are passed over.

    Places count in the text as given. Words of the lexicon's `known` and names count as known.
    """
    bare, shown = without_marks(text)
    sentences = sentences_of(bare, variant)
    metrics = measure(sentences, bare)
    listed = list(lexicon.find(sentences))
    taken = [(start, end) for _, start, end in listed]
    rare = [word for word in rare_words(sentences, variant, lexicon, shown) if not _inside(word, taken)]
    messages = [*_sentences(bare, variant), *_passives(bare), *_listed(bare, listed), *_rare(rare)]
    hard = [entry.term for entry, *_ in listed if not entry.is_expression] + [word.text for word in rare]
    return Report(variant, metrics, tuple(hard), tuple(sorted(messages, key=lambda one: (not one.blocks, one.start))))


def level_of(metrics: Metrics, hard: int) -> Level:
    """A2, B1 or too hard, from the figures and the number of hard words.

    Under `ENOUGH_WORDS` words the formula is noisy: then sentences and words count, and only a figure that is under the
    cut by more than its noise.
    """
    easy, most = PROFILES[Variant.MAKKELIJK], {variant: limits.LIMITS[variant].words for variant in Variant}
    enough = metrics.words >= ENOUGH_WORDS
    plain = not enough or (metrics.flesch_douma >= easy.flesch_douma and metrics.words_per_sentence <= easy.average)
    few_hard = hard <= (max(metrics.words * easy.rare, 1) if enough else 0)
    if metrics.longest <= most[Variant.MAKKELIJK] and plain and few_hard:
        return Level.A2
    if enough:
        return Level.TOO_HARD if _is_too_hard(metrics, hard) else Level.B1
    under_noise = metrics.flesch_douma < TOO_HARD - NOISE / max(metrics.words, 1) ** 0.5
    is_long = metrics.longest > most[Variant.STANDAARD]
    return Level.TOO_HARD if is_long or (under_noise and metrics.words >= LEAST_WORDS) else Level.B1


def _is_too_hard(metrics: Metrics, hard: int) -> bool:
    """Under the cut, or over both what standaard may ask of sentences and what it may ask of words."""
    standaard = PROFILES[Variant.STANDAARD]
    both = metrics.flesch_douma < standaard.flesch_douma and hard > metrics.words * standaard.rare
    return both or metrics.flesch_douma < TOO_HARD


def rare_words(
    sentences: Sequence[Sequence[Word]], variant: Variant, lexicon: Lexicon, shown: Collection[str] = ()
) -> list[Word]:
    """The words that few readers of this variant know; names, numbers and addresses are no such words."""
    least = PROFILES[variant].rare_below
    names = _names() | {word.lower() for word in shown}
    names |= {word.text.lower() for words in sentences for word in words if not word.opens and word.text[0].isupper()}
    return [
        word
        for words_of in sentences
        for word in words_of
        if words.zipf(word.text) < least
        and word.text.lower() not in names
        and not _NO_WORD.search(word.text)
        and not lexicon.knows(word.text)
    ]


def without_marks(text: str) -> tuple[str, list[str]]:
    """The text with its marks blanked out, so that every place stays, and the words that stand in [[…]]."""
    shown: list[str] = []

    def word(match: re.Match[str]) -> str:
        part = 2 if match[2] else 1
        shown.extend(match[part].split())
        before = match.start(part) - match.start()
        return " " * before + match[part] + " " * (match.end() - match.end(part))

    bare = FACT.sub(lambda match: " " * len(match[0]), WORD.sub(word, text))
    return bare.replace("**", "  "), shown


def _sentences(text: str, variant: Variant) -> Iterator[Message]:
    for start, end in limits.sentence_places(text, variant):
        for said in limits.problems(text[start:end], variant):
            yield Message("zin", said, start, end, blocks=PROFILES[variant].blocks)


def _passives(text: str) -> Iterator[Message]:
    for found in find_passives(text):
        yield Message("lijdend", f"Lijdende vorm ('{found.verb} ...'). Zeg wie het doet.", found.start, found.end)


def _listed(text: str, listed: list[tuple[HardEntry, int, int]]) -> Iterator[Message]:
    for entry, start, end in listed:
        yield Message("woord", entry.message, start, end)


def _rare(rare: list[Word]) -> Iterator[Message]:
    for word in rare:
        said = f"Moeilijk woord: '{word.text}'. Zeg het gewoner, of leg het uit in de woordenlijst."
        yield Message("onbekend", said, word.start, word.end, word=word.text)


def _inside(word: Word, places: list[tuple[int, int]]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in places)


@cache
def _names() -> frozenset[str]:
    """First names, for a sentence that begins with one."""
    lines = (_NAMES / "first_names.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(name for line in lines if not line.startswith("#") for name in line.split())
