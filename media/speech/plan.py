"""Which voice says a sentence, and under which key: the same key is the same sound, and is made once."""

import hashlib
import json
from collections.abc import Iterable

from media.speech.backend import Sentence, SpeechBackend
from media.speech.backends import backends
from media.speech.models import Clip, Pronunciation
from media.speech.pronunciation import Entry, respell

RATE = 100
FILES = "1"  # goes up when the files of all clips must be made anew


def entries() -> list[Entry]:
    """The pronunciation list."""
    return [Entry(*row) for row in Pronunciation.objects.values_list("written", "spoken")]


def clips_for(sentences: Iterable[Sentence]) -> dict[Sentence, Clip]:
    """Per sentence the clip of the best voice that has not failed, not saved yet; those without a voice are left out.

    When every voice failed it is the clip of the last one, so that its problem can be told.
    """
    wanted, listed = list(dict.fromkeys(sentences)), entries()
    ways = [(voice, voice.voices_for(wanted)) for voice in backends()]
    failed = frozenset(Clip.objects.failed().values_list("key", flat=True))
    found: dict[Sentence, Clip] = {}
    for sentence in wanted:
        clips = [_clip(voice, names[sentence], sentence, listed) for voice, names in ways if sentence in names]
        if clips:
            found[sentence] = next((clip for clip in clips if clip.key not in failed), clips[-1])
    return found


def _clip(voice: SpeechBackend, name: str, sentence: Sentence, listed: list[Entry]) -> Clip:
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
