"""Texts to say in tests, and a voice that counts what it is asked."""

from collections.abc import Iterator

import pytest

from media.speech import sources
from media.speech.backends import backend
from media.speech.sources import Line, Source

PREFIX = "proef:"


def line(*sentences: str, language: str = "nl") -> Line:
    return Line(" ".join(sentences), sentences, language)


@pytest.fixture
def texts(db: None) -> Iterator[dict[str, list[Line]]]:
    """What is to be said, by name; a test changes it as an author changes a lesson."""
    held: dict[str, list[Line]] = {}
    before = dict(sources._sources)
    sources._sources.clear()
    sources.register(Source(PREFIX, lambda: list(held), held.get))
    yield held
    sources._sources.clear()
    sources._sources.update(before)


@pytest.fixture
def said(settings, tmp_path, monkeypatch) -> list[str]:
    """Only the voice for tests; gives what it was asked to say, in order."""
    settings.SPEECH_BACKENDS = ["fake"]
    settings.MEDIA_ROOT = tmp_path / "media"
    asked: list[str] = []
    speak = type(backend("fake")).synth

    def synth(self, text: str, voice: str, rate: int):
        asked.append(text)
        return speak(self, text, voice, rate)

    monkeypatch.setattr(type(backend("fake")), "synth", synth)
    return asked
