"""What every voice is: it takes a sentence and gives sound with the times of its words."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol


class Sentence(NamedTuple):
    """What is said as one whole."""

    text: str
    language: str


class WordTime(NamedTuple):
    """A word by its place in the text, in characters, and when it sounds, in milliseconds."""

    start: int
    end: int
    t0: int
    t1: int


class Pcm(NamedTuple):
    """Sound as it is: signed 16 bits, one channel."""

    samples: bytes
    hertz: int

    @property
    def ms(self) -> int:
        """How long it takes."""
        return len(self.samples) // 2 * 1000 // self.hertz


class SpeechError(Exception):
    """A sentence that this voice cannot say; the message is Dutch, for an author."""


class SpeechBackend(Protocol):
    """One way to make speech; it lives in its own folder in `backends` and is found by being there.

    low: a client does better to prefer a voice of its own.
    respells: it reads letters, so the pronunciation list is for it; a person who was recorded needs none.
    """

    name: str
    label: str
    low: bool
    respells: bool

    def voices_for(self, sentences: Iterable[Sentence]) -> dict[Sentence, str]:
        """The voice for each of these; what it cannot say, or not on this machine, is left out."""

    def version(self) -> str:
        """Changes when the same text would sound otherwise, so that it is made again."""

    def synth(self, text: str, voice: str, rate: int) -> tuple[Pcm, list[WordTime]]:
        """Say a text; `rate` is in percents of the voice's own pace. Raises SpeechError."""
