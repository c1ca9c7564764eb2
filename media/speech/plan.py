"""Which voice says a sentence, and under which key: the same key is the same sound, and is made once."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass

from media.speech.backend import SpeechBackend
from media.speech.backends import backends
from media.speech.models import Clip, Pronunciation
from media.speech.pronunciation import Entry, respell

RATE = 100
FILES = "1"  # goes up when the files of all clips must be made anew


@dataclass(frozen=True)
class Sentence:
    text: str
    language: str


def entries() -> list[Entry]:
    """The pronunciation list."""
    return [Entry(*row) for row in Pronunciation.objects.values_list("written", "spoken")]


def clips_for(sentences: Iterable[Sentence]) -> dict[Sentence, Clip]:
    """Per sentence the clip of the best voice that has not failed, not saved yet; those without a voice are left out.

    When every voice failed it is the clip of the last one, so that its problem can be told.
    """
    listed, voices = entries(), backends()
    ways = {sentence: [_clip(voice, sentence, listed) for voice in voices] for sentence in dict.fromkeys(sentences)}
    possible = {sentence: [clip for clip in clips if clip] for sentence, clips in ways.items()}
    failed = frozenset(Clip.objects.failed().values_list("key", flat=True))
    return {
        sentence: next((clip for clip in clips if clip.key not in failed), clips[-1])
        for sentence, clips in possible.items()
        if clips
    }


def _clip(voice: SpeechBackend, sentence: Sentence, listed: list[Entry]) -> Clip | None:
    name = voice.voice_for(sentence.text, sentence.language)
    if name is None:
        return None
    spoken = respell(sentence.text, listed).text if voice.respells and sentence.language == "nl" else sentence.text
    said = [sentence.text, sentence.language, voice.name, name, voice.version(), RATE, spoken, FILES]
    return Clip(
        key=hashlib.sha256(json.dumps(said).encode()).hexdigest()[:32],
        text=sentence.text,
        language=sentence.language,
        backend=voice.name,
        voice=name,
        rate=RATE,
        spoken=spoken,
        low=voice.low,
    )
