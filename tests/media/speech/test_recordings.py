"""What an author uploads: opened apart, refused in their words when it will not do, and put on its words."""

import io
import math
import random
import subprocess
import sys
import zlib

import av
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from media.models import Recording
from media.speech import recordings
from media.speech.align import align
from media.speech.backend import Pcm
from media.speech.backends.espeak import Espeak
from media.speech.encode import FORMS, encode, encode_flac
from media.speech.recordings import keep_recording, read_upload, remove_recording
from tests.media.speech.test_voices import silence, tone

SPOKEN = Pcm(silence(300) + tone(900) + silence(400), 16_000)


def wav(pcm: Pcm) -> bytes:
    file = io.BytesIO()
    with av.open(file, "w", format="wav") as container:
        stream = container.add_stream("pcm_s16le", rate=pcm.hertz)
        stream.layout = "mono"
        from media.speech.encode import _frame

        container.mux(stream.encode(_frame(pcm)))
        container.mux(stream.encode(None))
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [wav(SPOKEN), encode_flac(SPOKEN), *(encode(SPOKEN, form) for form in FORMS)],
    ids=["wav", "flac", "webm", "mp3"],
)
def test_a_recording_is_read_without_silence_at_its_ends(content):
    pcm = read_upload(io.BytesIO(content))
    assert abs(pcm.ms - 1020) < 120


HOSTILE = {
    "empty": b"",
    "text": b"Dit is een tekst.",
    "html": b"<html><script>alert(1)</script>",
    "playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
    "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
    "picture": b"\x89PNG\r\n\x1a\n" + b"\0" * 200,
    "zip": b"PK\x03\x04" + zlib.compress(b"\0" * 10_000),
    "half a wav": wav(SPOKEN)[:30],
    "wav of nothing": wav(SPOKEN)[:44],
    "noise called ogg": b"OggS" + random.Random(1).randbytes(4000),
    "noise called webm": b"\x1a\x45\xdf\xa3" + random.Random(2).randbytes(4000),
    "noise called mp4": b"\0\0\0\x20ftypM4A " + random.Random(3).randbytes(4000),
    "noise called mp3": b"ID3" + random.Random(4).randbytes(4000),
    "huge header": b"RIFF\xff\xff\xff\xffWAVEfmt \xff\xff\xff\xff" + b"\0" * 100,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_is_no_recording_is_refused_in_words(content):
    with pytest.raises(ValidationError) as refused:
        read_upload(io.BytesIO(content))
    assert refused.value.message.endswith(".")
    assert len(refused.value.message) < 120


def test_a_recording_with_nothing_to_hear_is_refused():
    with pytest.raises(ValidationError, match="niets te horen"):
        read_upload(io.BytesIO(wav(Pcm(silence(2000), 16_000))))


def test_a_recording_that_is_too_short_is_refused():
    with pytest.raises(ValidationError, match="te kort"):
        read_upload(io.BytesIO(wav(Pcm(tone(20), 16_000))))


def test_a_long_recording_is_refused_without_reading_it_whole():
    long = encode(Pcm(tone(65_000, hertz=8000), 8000), FORMS[1])
    with pytest.raises(ValidationError, match="langer dan 60 seconden"):
        read_upload(io.BytesIO(long))


def test_a_file_that_is_too_big_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(recordings, "MOST_BYTES", 1000)
    with pytest.raises(ValidationError, match="groter dan"):
        read_upload(io.BytesIO(wav(SPOKEN)))


def test_a_program_that_hangs_on_a_file_is_ended(monkeypatch):
    def hangs(*args, **kwargs):
        raise subprocess.TimeoutExpired("unpack", 1)

    monkeypatch.setattr(recordings.subprocess, "run", hangs)
    with pytest.raises(ValidationError):
        read_upload(io.BytesIO(wav(SPOKEN)))


def test_the_program_that_opens_files_may_not_use_much_memory():
    code = (
        "import sys; sys.argv = ['x']; import runpy\n"
        f"module = runpy.run_path({str(recordings.UNPACK)!r})\n"
        "module['limit']()\n"
        "bytearray(3_000_000_000)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


@pytest.mark.django_db
def test_a_new_recording_takes_the_place_of_the_old_one(settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    first = keep_recording(text="Een  zin.", pcm=SPOKEN)
    with django_capture_on_commit_callbacks(execute=True):
        second = keep_recording(text="Een zin.", pcm=Pcm(tone(700), 16_000))
    assert Recording.objects.get().digest == second.digest != first.digest
    assert not default_storage.exists(first.file)
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_recording(text="Een zin.")
    assert not default_storage.exists(second.file)
    assert not remove_recording(text="Een zin.")


def test_nobody_stands_beside_a_recording():
    assert {field.name for field in Recording._meta.get_fields()} == {
        "id", "text", "language", "digest", "file", "ms", "made_at",
    }  # fmt: skip


def test_words_end_where_it_is_silent():
    text = "Eerst dit. Dan dat."
    pcm = Pcm(tone(700) + silence(500) + tone(600), 16_000)
    times = {text[word.start : word.end]: (word.t0, word.t1) for word in align(text, pcm)}
    assert abs(times["dit"][1] - 700) <= 20
    assert abs(times["Dan"][0] - 1200) <= 20


@pytest.mark.parametrize("pcm", [Pcm(silence(500), 16_000), Pcm(tone(30), 16_000), Pcm(b"", 16_000)])
def test_alignment_of_nearly_nothing_still_keeps_order(pcm):
    times = align("Een paar woorden hier.", pcm) if pcm.samples else []
    edges = [edge for word in times for edge in (word.t0, word.t1)]
    assert edges == sorted(edges)


def test_alignment_is_near_what_a_voice_knows_itself():
    """Against the times of espeak-ng: half of the words begin within a tenth of a second."""
    voice = Espeak()
    if not voice.is_here:
        pytest.skip("espeak-ng is not on this machine")
    off = []
    for text in (
        "Typ geen naam, adres of BSN in een chatbot.",
        "Je collega gebruikt elke dag hetzelfde programma.",
        "Wat doe je als een klant belt over een rekening?",
    ):
        pcm, known = voice.synth(text, "nl", 100)
        off += [abs(one.t0 - other.t0) for one, other in zip(align(text, pcm), known, strict=True)]
    voice.process.stop()
    assert sorted(off)[len(off) // 2] < 100
    assert math.fsum(off) / len(off) < 150
