"""A voice for tests: a tone per word, as long as the word; the same every time, without anything on the machine."""

from collections.abc import Iterable

from media.speech.backend import Pcm, Sentence, SpeechError, WordTime
from media.speech.words import word_spans

HERTZ = 16_000
MS_PER_LETTER = 25
LOUD, QUIET = ((sign * 8000).to_bytes(2, "little", signed=True) for sign in (1, -1))
BROKEN = "kapotgeluid"  # a sentence with this in it cannot be said


class Fake:
    name = "fake"
    label = "Proefstem"
    low = True
    respells = True

    def voices_for(self, sentences: Iterable[Sentence]) -> dict[Sentence, str]:
        return {sentence: sentence.language for sentence in sentences}

    def version(self) -> str:
        return "1"

    def synth(self, text: str, voice: str, rate: int) -> tuple[Pcm, list[WordTime]]:
        if BROKEN in text:
            raise SpeechError("De proefstem kan dit niet zeggen.")
        samples, times, at = bytearray(), list[WordTime](), 0
        for number, (start, end) in enumerate(word_spans(text)):
            ms = (end - start) * MS_PER_LETTER * 100 // rate
            half = 20 + 4 * (number % 5)  # samples: another pitch for the next word
            wave = LOUD * half + QUIET * half
            count = ms * HERTZ // 1000
            samples += (wave * (count // (2 * half) + 1))[: count * 2]
            times.append(WordTime(start, end, at, at + ms))
            at += ms
        return Pcm(bytes(samples), HERTZ), times


BACKEND = Fake()
