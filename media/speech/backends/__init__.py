"""The voices. Each folder here is one; docs/how-to/add-a-speech-backend.md lists its files."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from django.conf import settings

from media.speech.backend import SpeechBackend

NAMES = frozenset(name for _, name, is_folder in iter_modules(__path__) if is_folder)


@cache
def backend(name: str) -> SpeechBackend:
    """The voice of this name; a folder that is not used is never loaded. Raises KeyError."""
    if name not in NAMES:
        raise KeyError(name)
    made: SpeechBackend = import_module(f"{__name__}.{name}").BACKEND
    return made


def backends() -> list[SpeechBackend]:
    """Those that the settings name, the best first."""
    return [backend(name) for name in settings.SPEECH_BACKENDS]
