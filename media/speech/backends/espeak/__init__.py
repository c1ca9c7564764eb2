"""espeak-ng: a voice by rule, plain but always there. Its library runs in `worker.py`, a process of its own."""

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from media.speech.backend import Pcm, Sentence, SpeechError, WordTime
from media.speech.process import VoiceProcess
from media.speech.words import times_of_words

WORKER = Path(__file__).parent / "worker.py"
WORDS_A_MINUTE = 145  # slower than its own 175: for who reads along
VOICES = {"nl": "nl", "en": "en-gb", "ar": "ar", "tr": "tr", "pl": "pl", "uk": "uk", "de": "de", "fr": "fr-fr"}
OURS = "1"  # goes up when what is done here with its sound changes


class Espeak:
    name = "espeak"
    label = "espeak-ng"
    low = True
    respells = True

    def __init__(self) -> None:
        self.process = VoiceProcess([sys.executable, "-I", str(WORKER)])

    @cached_property
    def is_here(self) -> bool:
        """Whether the library is on this machine; asked once."""
        return self.process.starts()

    def voices_for(self, sentences: Iterable[Sentence]) -> dict[Sentence, str]:
        if not self.is_here:
            return {}
        return {sentence: VOICES[sentence.language] for sentence in sentences if sentence.language in VOICES}

    def version(self) -> str:
        return f"{self.process.greeting.get('version', '')}.{OURS}"

    def synth(self, text: str, voice: str, rate: int) -> tuple[Pcm, list[WordTime]]:
        told, sound = self.process.ask({"text": text, "voice": voice, "rate": WORDS_A_MINUTE * rate // 100})
        if not sound:
            raise SpeechError("espeak-ng zegt hier niets.")
        pcm = Pcm(sound, told["hertz"])
        starts = [(place, at) for place, length, at in told["events"] if length]
        return pcm, times_of_words(text, starts, pcm.ms)


BACKEND = Espeak()
