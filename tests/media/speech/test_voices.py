"""Voices run apart: they may be missing, die, hang or talk nonsense, and the site goes on."""

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

import pytest

from media.speech import encode, sound
from media.speech.backend import Pcm, Sentence, SpeechError
from media.speech.backends import NAMES, backend
from media.speech.backends.espeak import WORKER, Espeak
from media.speech.backends.piper import Piper
from media.speech.process import VoiceProcess

ECHO = """
import json, sys
print(json.dumps({"version": "1", "voice": "proef", "language": "nl-nl"}), flush=True)
for line in sys.stdin:
    asked = json.loads(line)
    if asked["text"] == "sterf": sys.exit(1)
    if asked["text"] == "slaap": import time; time.sleep(60)
    if asked["text"] == "raar": print("geen json", flush=True); continue
    sound = b"\\x10\\x20" * 22050
    starts = [0, 400] if asked["text"] == "Twee woorden." else None
    told = json.dumps({"hertz": 22050, "starts": starts, "bytes": len(sound)}).encode()
    sys.stdout.buffer.write(told + b"\\n" + sound)
    sys.stdout.flush()
"""


@pytest.fixture
def program(tmp_path: Path) -> list[str]:
    (tmp_path / "voice.py").write_text(ECHO)
    return [sys.executable, str(tmp_path / "voice.py")]


@pytest.fixture
def talking(program):
    process = VoiceProcess(program, seconds=5)
    yield process
    process.stop()


@pytest.fixture(scope="module")
def espeak():
    voice = Espeak()
    if not voice.is_here:
        pytest.skip("espeak-ng is not on this machine")
    yield voice
    voice.process.stop()


def test_every_folder_is_a_voice():
    for name in NAMES:
        assert backend(name).name == name


def test_one_process_answers_many_times(talking):
    first, _ = talking.ask({"text": "a"}), talking._process.pid
    pid = talking._process.pid
    talking.ask({"text": "b"})
    assert talking._process.pid == pid
    assert len(first[1]) == 44100


def test_a_voice_that_was_killed_is_started_again(talking):
    talking.ask({"text": "a"})
    os.kill(talking._process.pid, signal.SIGKILL)
    talking._process.wait()
    assert talking.ask({"text": "b"})[0]["hertz"] == 22050


@pytest.mark.parametrize("text", ["sterf", "raar"])
def test_a_voice_that_dies_or_talks_nonsense_fails_this_sentence_only(talking, text):
    with pytest.raises(SpeechError):
        talking.ask({"text": text})
    assert talking.ask({"text": "a"})[0]["hertz"] == 22050


def test_a_voice_that_hangs_is_ended(program):
    process = VoiceProcess(program, seconds=0.5)
    begin = time.monotonic()
    with pytest.raises(SpeechError):
        process.ask({"text": "slaap"})
    assert time.monotonic() - begin < 10
    process.stop()


@pytest.mark.parametrize("command", [["/nergens/stem"], [sys.executable, "-c", "raise SystemExit(1)"]])
def test_a_voice_that_is_not_there_is_no_error(command):
    assert not VoiceProcess(command).starts()


def test_without_espeak_its_sentences_are_left_to_others():
    voice = Espeak()
    voice.process = VoiceProcess([sys.executable, "-c", "raise SystemExit('no library')"])
    assert voice.voices_for([Sentence("Een zin.", "nl")]) == {}


def test_espeak_says_a_sentence_with_times_in_its_text(espeak):
    text = "Op 12 maart 2026 vroeg ‘AI’ € 840."
    pcm, words = espeak.synth(text, "nl", 100)
    assert 2500 < pcm.ms < 12_000
    assert [text[word.start : word.end] for word in words] == ["Op", "12", "maart", "2026", "vroeg", "AI", "€ 840"]
    edges = [edge for word in words for edge in (word.t0, word.t1)]
    assert edges == sorted(edges)
    assert edges[-1] <= pcm.ms


def test_espeak_gives_the_same_sentence_the_same_times(espeak):
    (_, times), (_, others) = (espeak.synth("Dat klopt.", "nl", 100) for _ in range(2))
    assert [word[:2] for word in times] == [word[:2] for word in others]
    assert all(abs(one.t1 - other.t1) < 20 for one, other in zip(times, others, strict=True))


@pytest.mark.parametrize("text", ["\x00", "<speak>&amp;", "😀😀", "\u202e", "a" * 5000, "[[x]]{F9}"])
def test_strange_signs_do_not_stop_espeak(espeak, text):
    with contextlib.suppress(SpeechError):
        espeak.synth(text, "nl", 100)
    assert espeak.synth("Klopt.", "nl", 100)[0].ms > 200


def test_espeak_lives_in_a_process_of_its_own(espeak):
    espeak.synth("Klopt.", "nl", 100)
    assert espeak.process._process.pid != os.getpid()
    assert "import django" not in WORKER.read_text()
    assert not any("espeak" in line for line in Path("/proc/self/maps").read_text().splitlines())


def test_piper_is_asked_in_a_process_by_the_python_of_the_operator(program, settings, tmp_path):
    voice = Piper()
    voice.process = VoiceProcess(program, seconds=5)
    settings.PIPER_VOICE = str(tmp_path / "nl.onnx")
    assert voice.voices_for([Sentence("Ja.", "nl"), Sentence("Yes.", "en")]) == {Sentence("Ja.", "nl"): "proef"}
    pcm, words = voice.synth("Twee woorden.", "proef", 100)
    assert (pcm.hertz, [(word.t0, word.t1) for word in words]) == (22050, [(0, 400), (400, 1000)])
    _, words = voice.synth("In 2026 niet.", "proef", 100)  # it does not tell: our own estimate
    assert len(words) == 3
    voice.process.stop()


def test_without_a_voice_file_there_is_no_piper(settings):
    settings.PIPER_VOICE = ""
    assert Piper().voices_for([Sentence("Ja.", "nl")]) == {}


def tone(ms: int, hertz: int = 16_000, loud: int = 8000) -> bytes:
    pair = (loud).to_bytes(2, "little", signed=True) * 20 + (-loud).to_bytes(2, "little", signed=True) * 20
    return (pair * (ms * hertz // 1000 // 40 + 1))[: ms * hertz // 1000 * 2]


def silence(ms: int, hertz: int = 16_000) -> bytes:
    return b"\0\0" * (ms * hertz // 1000)


def test_silence_at_the_ends_is_taken_off_and_times_move_along():
    from media.speech.backend import WordTime

    pcm = Pcm(silence(500) + tone(1000) + silence(700), 16_000)
    cut, words = sound.trim(pcm, [WordTime(0, 3, 500, 1500)])
    assert 1000 <= cut.ms <= 1000 + 2 * sound.BREATH_MS + 2 * sound.STEP_MS
    assert abs(words[0].t0 - sound.BREATH_MS) <= sound.STEP_MS


@pytest.mark.parametrize("loud", [400, 3000, 30_000])
def test_every_voice_comes_out_about_as_loud(loud):
    pcm = Pcm(tone(800, loud=loud), 16_000)
    assert 2500 < sound.gain(pcm) * loud < 4000


@pytest.mark.parametrize("form", encode.FORMS, ids=lambda form: form.ending)
def test_files_are_what_they_say_and_the_same_every_time(form):
    import io

    import av

    pcm = Pcm(tone(2000), 16_000)
    file = encode.encode(pcm, form)
    assert file == encode.encode(pcm, form)
    with av.open(io.BytesIO(file)) as container:
        stream = container.streams.audio[0]
        assert (stream.codec.canonical_name, stream.layout.nb_channels) == (
            {"webm": "opus", "mp3": "mp3"}[form.ending],
            1,
        )
        seconds = sum(frame.samples for frame in container.decode(stream)) / stream.rate
    assert abs(seconds - 2) < 0.15


@pytest.mark.parametrize("ms", [40, 120, 500])
def test_the_shortest_sound_makes_a_file_too(ms):
    assert all(len(encode.encode(Pcm(tone(ms), 16_000), form)) > 100 for form in encode.FORMS)
