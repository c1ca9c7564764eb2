"""Piper: a natural voice from a file that the operator chose (PIPER_VOICE), run by a Python of their own."""

import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path

from django.conf import settings

from media.speech.align import align
from media.speech.backend import Pcm, Sentence, SpeechError, WordTime
from media.speech.process import VoiceProcess
from media.speech.words import times_of_words, word_spans

WORKER = Path(__file__).parent / "worker.py"
OURS = "1"  # goes up when what is done here with its sound changes


class Piper:
    name = "piper"
    label = "Piper"
    low = False
    respells = True

    @cached_property
    def process(self) -> VoiceProcess:
        """A voice file takes a while to open."""
        python = settings.PIPER_PYTHON or sys.executable
        return VoiceProcess([python, str(WORKER), settings.PIPER_VOICE], seconds=120)

    @cached_property
    def language(self) -> str:
        """What its voice speaks; '' without a voice, or when it does not start here. Asked once."""
        if not settings.PIPER_VOICE or not self.process.starts():
            return ""
        return str(self.process.greeting.get("language", "")).split("-")[0]

    def voices_for(self, sentences: Iterable[Sentence]) -> dict[Sentence, str]:
        if not self.language:
            return {}
        voice = str(self.process.greeting.get("voice", ""))
        return {sentence: voice for sentence in sentences if sentence.language == self.language}

    def version(self) -> str:
        return f"{self.process.greeting.get('version', '')}.{OURS}"

    def synth(self, text: str, voice: str, rate: int) -> tuple[Pcm, list[WordTime]]:
        told, sound = self.process.ask({"text": text, "rate": rate})
        if not sound:
            raise SpeechError("Piper zegt hier niets.")
        pcm, spans = Pcm(sound, told["hertz"]), word_spans(text)
        starts = told.get("starts") or []
        if len(starts) != len(spans):  # a number is more words, and not every voice tells
            return pcm, align(text, pcm)
        return pcm, times_of_words(text, [(span[0], round(at)) for span, at in zip(spans, starts, strict=True)], pcm.ms)


BACKEND = Piper()
