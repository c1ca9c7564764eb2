"""The process that holds libespeak-ng: GPL, and written in C, so it lives apart from the site and may die.

Uses the standard library only. One line of JSON in: {"text", "voice", "rate"}; one line of JSON out with the times of
the words in milliseconds and the size of the sound, and then the sound itself: 16 bits, one channel.
API: speak_lib.h of espeak-ng 1.51.
"""

import ctypes
import ctypes.util
import json
import sys
from typing import Any, BinaryIO

_SYNCHRONOUS, _NO_EXIT, _UTF8, _BY_CHARACTER = 2, 0x8000, 1, 1
_RATE = 1
_END, _WORD = 0, 1
Event = tuple[int, int, int]


class _Name(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _Name),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


class Engine:
    """libespeak-ng, opened once. Raises OSError when it is not on this machine or cannot start."""

    def __init__(self) -> None:
        name = ctypes.util.find_library("espeak-ng") or "libespeak-ng.so.1"
        self.library = ctypes.CDLL(name)
        self.hertz = self.library.espeak_Initialize(_SYNCHRONOUS, 0, None, _NO_EXIT)
        if self.hertz <= 0:
            raise OSError("espeak-ng cannot start")
        self.sound = bytearray()
        self.events: list[Event] = []
        self._callback = _Callback(self._take)  # kept: the library holds no reference
        self.library.espeak_SetSynthCallback(self._callback)

    def _take(self, wave: Any, count: int, events: Any) -> int:
        if wave and count > 0:
            self.sound += ctypes.string_at(wave, count * 2)
        number = 0
        while events and events[number].type != _END:
            event = events[number]
            if event.type == _WORD:
                self.events.append((event.text_position - 1, event.length, event.audio_position))
            number += 1
        return 0

    def version(self) -> str:
        self.library.espeak_Info.restype = ctypes.c_char_p
        return str(self.library.espeak_Info(None).decode())

    def speak(self, text: str, voice: str, rate: int) -> tuple[bytes, list[Event]]:
        """The sound and the events of words. Raises ValueError for a voice that is not there."""
        if self.library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"espeak-ng has no voice {voice}")
        self.library.espeak_SetParameter(_RATE, rate, 0)
        self.sound, self.events = bytearray(), []
        written = text.encode()
        self.library.espeak_Synth(written, len(written) + 1, 0, _BY_CHARACTER, 0, _UTF8, None, None)
        return bytes(self.sound), self.events


def serve(engine: Engine, asked: BinaryIO, told: BinaryIO) -> None:
    """Answer until nothing is asked any more."""

    def answer(about: dict[str, Any], sound: bytes = b"") -> None:
        told.write(json.dumps(about | {"bytes": len(sound)}).encode() + b"\n" + sound)
        told.flush()

    answer({"version": engine.version()})
    for line in asked:
        question = json.loads(line)
        try:
            sound, events = engine.speak(question["text"], question["voice"], question["rate"])
            answer({"hertz": engine.hertz, "events": events}, sound)
        except ValueError as error:
            answer({"error": str(error)})


if __name__ == "__main__":
    try:
        serve(Engine(), sys.stdin.buffer, sys.stdout.buffer)
    except OSError as error:
        sys.exit(str(error))
