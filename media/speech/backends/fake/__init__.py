"""A voice for tests: a tone per word, as long as the word; the same every time, without anything on the machine."""

import math
from array import array
from collections.abc import Iterable

from media.speech.backend import Pcm, Sentence, SpeechError, WordTime
from media.speech.words import word_spans

HERTZ = 16_000
MS_PER_LETTER = 60
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
        samples, times, at = array("h"), [], 0
        for number, (start, end) in enumerate(word_spans(text)):
            ms = (end - start) * MS_PER_LETTER * 100 // rate
            pitch = 2 * math.pi * (300 + 40 * (number % 5)) / HERTZ
            samples.extend(int(8000 * math.sin(pitch * n)) for n in range(ms * HERTZ // 1000))
            times.append(WordTime(start, end, at, at + ms))
            at += ms
        return Pcm(samples.tobytes(), HERTZ), times


BACKEND = Fake()
