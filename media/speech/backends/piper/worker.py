"""The process that holds Piper (GPL), run by the operator's own Python in which `piper-tts` is installed.

One argument: the voice file. The same talk as espeak's: JSON in, JSON and sound out. Where the voice can tell how long
each of its sounds lasts, 'starts' says when every word begins, in milliseconds.
API: piper/voice.py of piper-tts 1.8.
"""

import hashlib
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, BinaryIO

from piper import PiperVoice, SynthesisConfig  # type: ignore[import-not-found] # of that Python, not of ours


def open_voice(model: str) -> Any:
    """The voice, with the lengths of its sounds where the package `onnx` is there to ask for them."""
    return PiperVoice.load(model, include_alignments=True)


def speak(voice: Any, text: str, rate: int) -> tuple[int, bytes, list[float] | None]:
    """Samples per second, the sound, and when its words begin; None where the voice cannot tell."""
    config = SynthesisConfig(length_scale=voice.config.length_scale * 100 / rate)
    sound, starts, hertz = bytearray(), [], voice.config.sample_rate
    is_known = True
    for chunk in voice.synthesize(text.replace("[[", "[ ["), config, include_alignments=True):
        if chunk.phoneme_alignments is None:
            is_known = False
        else:
            starts += word_starts(chunk.phoneme_alignments, len(sound) // 2, hertz)
        sound += chunk.audio_int16_bytes
    return hertz, bytes(sound), starts if is_known else None


def word_starts(alignments: Any, samples: int, hertz: int) -> list[float]:
    """Milliseconds at which words begin, after so many samples; a space stands between words."""
    starts, begins = [], True
    for sound in alignments:
        if sound.phoneme == " ":
            begins = True
        elif begins and sound.phoneme.isalpha():
            starts.append(samples * 1000 / hertz)
            begins = False
        samples += int(sound.num_samples)
    return starts


def serve(voice: Any, model: Path, asked: BinaryIO, told: BinaryIO) -> None:
    """Answer until nothing is asked any more."""

    def answer(about: dict[str, Any], sound: bytes = b"") -> None:
        told.write(json.dumps(about | {"bytes": len(sound)}).encode() + b"\n" + sound)
        told.flush()

    digest = hashlib.sha256(model.read_bytes()).hexdigest()[:16]
    answer({"version": version("piper-tts"), "voice": digest, "language": voice.config.espeak_voice})
    for line in asked:
        question = json.loads(line)
        try:
            hertz, sound, starts = speak(voice, question["text"], question["rate"])
            answer({"hertz": hertz, "starts": starts}, sound)
        except (ValueError, KeyError, RuntimeError) as error:
            answer({"error": f"Piper kan dit niet zeggen ({type(error).__name__})."})


if __name__ == "__main__":
    speaker, sys.stdout = sys.stdout.buffer, sys.stderr  # what a library prints is no answer
    serve(open_voice(sys.argv[1]), Path(sys.argv[1]), sys.stdin.buffer, speaker)
