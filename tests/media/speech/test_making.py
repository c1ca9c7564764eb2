"""What is said is made once, whatever happens to messages, workers and voices."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from time_machine import travel

from media.models import Clip, ClipUse, Pronunciation, Script
from media.speech.backend import Pcm
from media.speech.backends import backend
from media.speech.backends.fake import BROKEN
from media.speech.queries import manifest_of, problems_of, status_of
from media.speech.recordings import keep_recording
from media.speech.services import (
    make_clip,
    make_script,
    refresh_script,
    remove_unused,
    try_again,
    unfinished,
)
from media.tasks import make_speech, remove_unused_speech, sweep_speech
from tests.media.speech.conftest import line
from tests.media.speech.test_voices import tone

NAME = "proef:a"


class Killed(BaseException):
    """As a worker that is killed: nothing is tidied up."""


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The messages that tasks send, instead of a broker."""
    names: list[str] = []
    monkeypatch.setattr(make_speech, "delay", names.append)
    return names


def test_every_sentence_gets_both_files_and_times_of_its_words(texts, said):
    texts[NAME] = [line("Typ geen naam in.", "Dat is veilig.")]
    assert make_script(NAME)
    entry = manifest_of(NAME)["lines"]["Typ geen naam in. Dat is veilig."]
    assert [one["at"] for one in entry] == [[0, 17], [18, 32]]
    assert [tuple(word[:2]) for word in entry[1]["words"]] == [(18, 21), (22, 24), (25, 31)]
    for clip in Clip.objects.all():
        assert 0 < clip.words[0][3] <= clip.words[-1][3] <= clip.ms
        for ending in ("webm", "mp3"):
            assert default_storage.size(clip.file(ending)) > 300


def test_a_second_message_makes_nothing(texts, said):
    texts[NAME] = [line("Een zin."), line("Nog een zin.")]
    make_speech(NAME)
    make_speech(NAME)
    assert said == ["Een zin.", "Nog een zin."]


def test_a_sentence_that_stands_in_two_texts_is_made_once(texts, said):
    texts[NAME], texts["proef:b"] = [line("Samen.")], [line("Samen.", "Alleen.")]
    make_script(NAME)
    make_script("proef:b")
    assert said == ["Samen.", "Alleen."]
    assert status_of("proef:b") == (2, 2, 0)


def test_only_the_sentence_that_changed_is_made_anew(texts, said):
    texts[NAME] = [line("Eerst."), line("Oud."), line("Laatst.")]
    make_script(NAME)
    said.clear()
    texts[NAME] = [line("Eerst."), line("Nieuw."), line("Laatst.")]
    make_script(NAME)
    assert said == ["Nieuw."]
    assert list(manifest_of(NAME)["lines"]) == ["Eerst.", "Nieuw.", "Laatst."]


def test_a_comma_or_a_space_more_on_screen_is_not_a_new_sentence_when_it_looks_the_same(texts, said):
    texts[NAME] = [line("Eerst.")]
    make_script(NAME)
    digest = Script.objects.get().digest
    refresh_script(NAME)
    assert Script.objects.get().digest == digest


def test_what_a_killed_worker_left_is_made_by_the_next_sweep(texts, said, sent, monkeypatch):
    texts[NAME] = [line(f"Zin {number}.") for number in range(4)]
    speak = type(backend("fake")).synth

    def dies(self, text: str, voice: str, rate: int):
        if len(said) == 2:
            raise Killed
        return speak(self, text, voice, rate)

    with monkeypatch.context() as patch:
        patch.setattr(type(backend("fake")), "synth", dies)
        with pytest.raises(Killed):
            make_speech(NAME)
    assert status_of(NAME) == (2, 4, 0)
    with travel(timezone.now() + timedelta(minutes=5), tick=True):
        sweep_speech()
        assert sent == [NAME]
        make_speech(NAME)
    assert status_of(NAME) == (4, 4, 0)
    assert sorted(said) == [f"Zin {number}." for number in range(4)]


def test_a_lost_message_costs_time_and_no_sound(texts, said, sent):
    texts[NAME], texts["proef:b"] = [line("Een.")], [line("Twee.")]
    sweep_speech()
    assert sent == [NAME, "proef:b"]
    for name in sent:
        make_speech(name)
    sent.clear()
    sweep_speech()
    assert sent == []


def test_two_workers_at_once_make_a_sentence_once(texts, said):
    texts[NAME] = [line("Om beurten.")]
    refresh_script(NAME)
    first, second = Clip.objects.get(), Clip.objects.get()
    assert make_clip(first)
    assert not make_clip(second)
    Clip.objects.update(made_at=None, claimed_at=timezone.now())  # as while another is at it
    assert not make_clip(second)
    assert said == ["Om beurten."]


def test_a_long_text_gives_others_their_turn(texts, said, sent):
    texts[NAME] = [line("Een."), line("Twee.")]
    assert not make_script(NAME, seconds=-1)
    assert said == []
    assert make_script(NAME, seconds=60)


def test_a_voice_that_breaks_fails_one_sentence_and_says_why(texts, said):
    texts[NAME] = [line("Goed."), line(f"Dit is {BROKEN}."), line("Ook goed.")]
    assert make_script(NAME)
    assert status_of(NAME) == (2, 3, 1)
    assert [(clip.text, clip.problem) for clip in problems_of(NAME)] == [
        (f"Dit is {BROKEN}.", "De proefstem kan dit niet zeggen.")
    ]
    assert list(manifest_of(NAME)["lines"]) == ["Goed.", "Ook goed."]


def test_whatever_a_voice_raises_the_rest_is_said(texts, said, monkeypatch):
    speak = type(backend("fake")).synth

    def odd(self, text: str, voice: str, rate: int):
        if text == "Raar.":
            raise ZeroDivisionError
        return speak(self, text, voice, rate)

    monkeypatch.setattr(type(backend("fake")), "synth", odd)
    texts[NAME] = [line("Raar."), line("Goed.")]
    make_script(NAME)
    assert status_of(NAME) == (1, 2, 1)
    assert "ZeroDivisionError" in problems_of(NAME)[0].problem


def test_what_failed_is_tried_three_times_and_then_waits(texts, said):
    texts[NAME] = [line(f"Dit is {BROKEN}.")]
    for hours in (0, 2, 4, 6, 8):
        with travel(timezone.now() + timedelta(hours=hours), tick=True):
            try_again(timezone.now())
            make_script(NAME)
    assert len(said) == 3
    assert unfinished() == []


def test_without_any_voice_texts_wait_and_nothing_breaks(texts, said, settings):
    settings.SPEECH_BACKENDS = []
    texts[NAME] = [line("Een zin.")]
    assert make_script(NAME)
    assert status_of(NAME) == (0, 1, 0)
    assert manifest_of(NAME) == {"lines": {}, "low": False}
    assert unfinished() == []
    settings.SPEECH_BACKENDS = ["fake"]
    assert unfinished() == [NAME]


def test_another_pronunciation_makes_only_the_sentences_with_that_word(texts, said):
    texts[NAME] = [line("Vraag het aan QZ."), line("Vraag het aan mij.")]
    make_script(NAME)
    said.clear()
    Pronunciation.objects.create(written="QZ", spoken="kuu zet")
    make_script(NAME)
    assert said == ["Vraag het aan kuu zet."]
    words = manifest_of(NAME)["lines"]["Vraag het aan QZ."][0]["words"]
    assert words[-1][:2] == [14, 16]


def test_a_text_that_is_no_more_lets_go_of_its_clips_and_they_stay_a_while(texts, said, settings):
    texts[NAME] = [line("Weg."), line("Blijft.")]
    texts["proef:b"] = [line("Blijft.")]
    make_script(NAME)
    make_script("proef:b")
    del texts[NAME]
    unfinished()
    assert Script.objects.get().name == "proef:b"
    gone = Clip.objects.get(text="Weg.")
    assert remove_unused(timezone.now() + timedelta(days=settings.SPEECH_UNUSED_DAYS - 1)) == 0
    with travel(timezone.now() + timedelta(days=settings.SPEECH_UNUSED_DAYS + 1)):
        remove_unused_speech()
    assert [clip.text for clip in Clip.objects.all()] == ["Blijft."]
    assert not default_storage.exists(gone.file("webm"))
    assert default_storage.exists(Clip.objects.get().file("mp3"))


def test_a_clip_that_is_needed_again_is_not_removed(texts, said, settings):
    texts[NAME] = [line("Toch weer.")]
    make_script(NAME)
    texts[NAME] = [line("Iets anders.")]
    refresh_script(NAME)
    texts[NAME] = [line("Toch weer.")]
    refresh_script(NAME)
    late = timezone.now() + timedelta(days=settings.SPEECH_UNUSED_DAYS + 1)
    remove_unused(late)
    assert Clip.objects.filter(text="Toch weer.").exists()
    assert said == ["Toch weer."]


def test_of_who_dies_while_removing_a_clip_nothing_stays_behind(texts, said, settings, monkeypatch):
    texts[NAME] = [line("Weg.")]
    make_script(NAME)
    texts[NAME] = [line("Blijft.")]
    make_script(NAME)
    gone = Clip.objects.get(text="Weg.")
    late = timezone.now() + timedelta(days=settings.SPEECH_UNUSED_DAYS + 1)
    with monkeypatch.context() as patch:
        patch.setattr("media.speech.services._remove_files", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            remove_unused(late)
    assert default_storage.exists(gone.file("webm"))
    assert remove_unused(late) == 1
    assert not default_storage.exists(gone.file("webm"))


def test_a_clip_that_is_needed_again_while_it_goes_is_made_again(texts, said, settings, monkeypatch):
    texts[NAME] = [line("Toch weer.")]
    make_script(NAME)
    texts[NAME] = [line("Iets anders.")]
    make_script(NAME)
    late = timezone.now() + timedelta(days=settings.SPEECH_UNUSED_DAYS + 1)

    def needed_again(_: Clip) -> None:
        texts[NAME] = [line("Toch weer.")]
        refresh_script(NAME)

    monkeypatch.setattr("media.speech.services._remove_files", needed_again)
    assert remove_unused(late) == 0
    with travel(timezone.now() + timedelta(hours=1)):
        make_script(NAME)
    assert Clip.objects.get(text="Toch weer.").made_at is not None
    assert said == ["Toch weer.", "Iets anders.", "Toch weer."]


def test_the_database_itself_keeps_a_clip_that_is_in_use(texts, said):
    texts[NAME] = [line("Vast.")]
    make_script(NAME)
    clip = Clip.objects.get()
    with pytest.raises(ProtectedError), transaction.atomic():
        clip.delete()
    assert ClipUse.objects.count() == 1


def test_a_better_voice_takes_over_and_a_worse_one_helps_out(texts, said, settings, monkeypatch):
    """The recording goes first; when its file is gone, the next voice says it."""
    settings.SPEECH_BACKENDS = ["recording", "fake"]
    texts[NAME] = [line("Met mijn stem.")]
    make_script(NAME)
    recording = keep_recording(text="Met mijn stem.", pcm=Pcm(tone(1000), 16_000))
    make_script(NAME)
    assert manifest_of(NAME)["low"] is False
    assert abs(manifest_of(NAME)["lines"]["Met mijn stem."][0]["ms"] - 1000) < 30
    Clip.objects.filter(backend="recording").update(made_at=None)
    default_storage.delete(recording.file)
    make_script(NAME)
    assert manifest_of(NAME)["low"] is True
    assert said == ["Met mijn stem."]
