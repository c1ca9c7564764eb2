"""Finding lessons by what people type: Dutch stems, spelling by ear, typing errors.

Documents in, ranked codes out: no Django, no database, and nothing that was asked is kept.
How it ranks, and why: docs/explanation/finding-a-lesson.md.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from math import log

import snowballstemmer  # type: ignore[import-untyped]
from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_CHARACTERS = 80
WEIGHTS = {"title": 8, "words": 4, "goals": 4, "text": 1}
CURATED = ("title", "words", "goals")  # what a suggestion is chosen from

# How sure a match is: the word itself, a part of a compound, a number of errors, a longer word than ours.
SAME, PART, ERRORS, LONGER = 1.0, 0.7, (1.0, 0.6, 0.4), 0.3
SHORTEST_PART = 4
ALIKE = 0.5

_SAY_NOTHING = """
de het een en of van voor in op met bij te om aan als dan dat die dit deze er je jij jou jouw jullie u uw ik mij
mijn me we wij ons onze hij hem zij ze hun is ben bent zijn was waren wordt worden heb hebt heeft hebben kan kun
kunt kunnen mag moet moeten wil wilt willen zal zou wat wie waar wanneer waarom hoe welk welke niet geen wel ook
nog al naar uit door over tot maar want dus zo iets les lessen
"""
STOP_WORDS = frozenset(_SAY_NOTHING.split())

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_ENDING = re.compile(r"['’].*")
# How people write what they hear: 'wagtwoort', 'privasie', 'fising'. In this order.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("th", "t"), ("ch", "g"), ("qu", "kw"), ("x", "ks"), ("c(?=[eiy])", "s"), ("c", "k"),
        ("ij", "ei"), ("y", "i"), ("ou", "au"), ("ie", "i"), ("v", "f"), ("z", "s"), ("dt$", "t"), ("d$", "t"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip


@dataclass(frozen=True)
class Document:
    """One lesson as text. `title` holds the titles of both variants, `words` glossary words and trades."""

    code: str
    title: str
    goals: str = ""
    words: str = ""
    text: str = ""


def clean(typed: str) -> str:
    """What is searched for of what was typed: 80 characters, none of them invisible."""
    kept = (" " if sign.isspace() else sign for sign in typed[:MOST_CHARACTERS])
    return " ".join("".join(sign for sign in kept if not unicodedata.category(sign).startswith("C")).split())


def words_in(text: str) -> Iterator[str]:
    """The words that say something, in small letters; of 'AI-app' also its parts."""
    for match in _WORD.finditer(text.casefold()):
        whole = _ENDING.sub("", match[0])
        parts = whole.split("-")
        for word in dict.fromkeys([*parts, "".join(parts)]):
            if len(word) > 1 and word not in STOP_WORDS:
                yield word


def plain(word: str) -> str:
    """A word without accents."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


def keys_of(words: Iterable[str]) -> dict[str, str]:
    """Per word what it is found by: its stem, written as it sounds."""
    # One per call: a stemmer may not be shared by threads.
    stemmer = snowballstemmer.stemmer("dutch_porter")
    return {word: _by_ear(stemmer.stemWord(plain(word))) for word in words}


def _by_ear(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def errors_allowed(word: str) -> int:
    """One typing error in 4 to 7 letters, two in longer words, none in shorter ones."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2


class Index:
    """Which lesson holds which word, and how much that counts. Never changes after it is made."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.codes: set[str] = set()
        self.places: dict[str, dict[str, int]] = {}
        self.spelled: dict[str, str] = {}
        texts = [
            (document.code, field, list(words_in(getattr(document, field))))
            for document in documents
            for field in WEIGHTS
        ]
        keys = keys_of({word for _, _, words in texts for word in words})
        self.written = {plain(word): key for word, key in keys.items()}
        self.heard = {key: key for key in keys.values()}
        for code, field, words in texts:
            self.codes.add(code)
            for word in words:
                places = self.places.setdefault(keys[word], {})
                places[code] = max(places.get(code, 0), WEIGHTS[field])
                if field in CURATED:
                    self.spelled[keys[word]] = min(word, self.spelled.get(keys[word], word), key=len)

    def search(self, typed: str) -> list[str]:
        """The codes of the lessons that fit, best first; a lesson must hold half of the words that say something."""
        found = [self._scores(word, key) for word, key in _asked(typed).items()]
        held = Counter(code for scores in found for code in scores)
        enough = min(max(held.values(), default=0), (len(found) + 1) // 2)
        score = {code: sum(scores.get(code, 0.0) for scores in found) * held[code] for code in held}
        return sorted((code for code in held if held[code] >= enough), key=lambda code: (-score[code], code))

    def nearest(self, typed: str, among: Collection[str] | None = None) -> str:
        """The word most like what was typed that finds something, among these lessons; '' when none is alike."""
        allowed = self.codes if among is None else set(among)
        choices = {key: word for key, word in self.spelled.items() if not allowed.isdisjoint(self.places[key])}
        likely = [
            process.extractOne(key, choices.keys(), scorer=OSA.normalized_similarity, score_cutoff=ALIKE)
            for word, key in _asked(typed).items()
            if errors_allowed(word) and len(key) > 1  # one sound is half like any short word
        ]
        best = max((match for match in likely if match), key=lambda match: match[1], default=None)
        return choices[best[0]] if best else ""

    def _scores(self, word: str, key: str) -> dict[str, float]:
        """Per lesson how well it fits one word: where the word stands, how rare it is, how sure the match is."""
        scores: dict[str, float] = {}
        for other, sure in self._matches(word, key).items():
            places = self.places[other]
            rare = log(1 + len(self.codes) / len(places))
            for code, weight in places.items():
                scores[code] = max(scores.get(code, 0.0), sure * weight * rare)
        return scores

    def _matches(self, word: str, key: str) -> dict[str, float]:
        """Our words that may be meant; guesses only when the word itself is nowhere."""
        return self._as_written(word, key) or self._guesses(word, key)

    def _as_written(self, word: str, key: str) -> dict[str, float]:
        typed = plain(word)
        parts = {}
        if len(typed) >= SHORTEST_PART:
            ends = (whole for whole in self.written if whole.startswith(typed) or whole.endswith(typed))
            parts = {self.written[whole]: PART for whole in ends}
        return parts | {key: SAME} if key in self.places else parts

    def _guesses(self, word: str, key: str) -> dict[str, float]:
        """What begins the typed word, and what differs least from it: letter by letter, and as it sounds."""
        forms = [(plain(word), self.written), (key, self.heard)]
        guesses: dict[str, float] = {}
        errors: dict[str, int] = {}
        for form, ours in forms:
            guesses |= {ours[other]: LONGER for other in ours if len(other) >= SHORTEST_PART and form.startswith(other)}
            near = process.extract(
                form, ours.keys(), scorer=OSA.distance, score_cutoff=errors_allowed(word), limit=None
            )
            for other, count, _ in near:
                if len(other) > 2 * count:
                    errors[ours[other]] = min(count, errors.get(ours[other], count))
        least = min(errors.values(), default=0)
        return guesses | {other: ERRORS[count] for other, count in errors.items() if count == least}


def _asked(typed: str) -> dict[str, str]:
    """The words of a question with their keys, in order."""
    return keys_of(dict.fromkeys(words_in(clean(typed))))
