"""What a check knows of words besides how common they are: the word list, and hard words with a plainer one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from language.queries import WordsAndFacts
from language.readability.metrics import Word
from language.readability.words import lemma


@dataclass(frozen=True)
class HardEntry:
    """A hard word or expression, and what to write instead; '' where nothing is better by itself."""

    term: str
    plainer: str = ""

    @property
    def is_expression(self) -> bool:
        return " " in self.term

    @property
    def message(self) -> str:
        """What an author reads."""
        said = (
            f"Uitdrukking '{self.term}': zeg het gewoner." if self.is_expression else f"Moeilijk woord: '{self.term}'."
        )
        if self.plainer:
            return f"{said} Probeer: {self.plainer}."
        return said if self.is_expression else f"{said} Zeg het gewoner."


@dataclass(frozen=True)
class Lexicon:
    """Words that count as known, and those that are hard.

    known: in small letters, of the word list and of the lesson itself. hard: what authors listed.
    """

    known: frozenset[str] = frozenset()
    hard: tuple[HardEntry, ...] = field(default=(), repr=False)

    @classmethod
    def of(cls, texts: WordsAndFacts) -> "Lexicon":
        """What the word list and the list of hard words say."""
        hard = tuple(HardEntry(entry.term, entry.plainer) for entry in texts.hard if entry.term.strip())
        return cls(frozenset({form.lower() for form, _ in texts.edition} | texts.terms.keys()), hard)

    def knows(self, word: str) -> bool:
        """Whether a word, or its form in a dictionary, is known."""
        small = word.lower()
        return small in self._known or lemma(small) in self._known

    def with_known(self, words: Iterable[str]) -> "Lexicon":
        """The same with more words known."""
        return Lexicon(self.known | {word.lower() for word in words}, self.hard)

    def find(self, sentences: Sequence[Sequence[Word]]) -> Iterator[tuple[HardEntry, int, int]]:
        """Every listed word or expression in a text, with its place; the longest where two begin together."""
        if not self.hard:
            return
        for sentence in sentences:
            forms = [{small, lemma(small)} for small in (word.text.lower() for word in sentence)]
            after = 0
            for at, word in enumerate(sentence):
                if at >= after and (entry := self._starting(forms, at)) and not self.knows(word.text):
                    after = at + len(entry.term.split())
                    yield entry, word.start, sentence[after - 1].end

    def _starting(self, forms: list[set[str]], at: int) -> HardEntry | None:
        candidates = [entry for form in forms[at] for entry in self._by_first.get(form, [])]
        fitting = [entry for entry in candidates if _fits(entry.term.lower().split(), forms, at)]
        return max(fitting, key=lambda entry: len(entry.term), default=None)

    @cached_property
    def _known(self) -> frozenset[str]:
        parts = {part for term in self.known for part in term.lower().split()}
        return frozenset(parts | {lemma(part) for part in parts})

    @cached_property
    def _by_first(self) -> dict[str, list[HardEntry]]:
        found: dict[str, list[HardEntry]] = {}
        for entry in self.hard:
            found.setdefault(entry.term.lower().split()[0], []).append(entry)
        return found


def _fits(term: list[str], forms: list[set[str]], at: int) -> bool:
    return len(forms) >= at + len(term) and all(
        part in form for part, form in zip(term, forms[at : at + len(term)], strict=True)
    )
