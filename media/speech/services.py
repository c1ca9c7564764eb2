"""Writes of speech: what must be said, making it, and letting go of what nobody needs any more."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F, Q
from django.db.models.deletion import ProtectedError
from django.utils import timezone

from media.speech.backend import Sentence, SpeechError
from media.speech.backends import backend
from media.speech.encode import FORMS, encode
from media.speech.models import Clip, ClipUse, Script
from media.speech.plan import clips_for, entries
from media.speech.pronunciation import respell, times_on_screen
from media.speech.script import digest_of, lines_with_keys, places
from media.speech.sound import trim
from media.speech.sources import all_names, source_of

log = logging.getLogger(__name__)
CLAIM = timedelta(minutes=2)  # longer than making one sentence can take
TRY_AGAIN = timedelta(hours=1)
MOST_TRIES = 3
Progress = Callable[[int, int], None]


def refresh_script(name: str) -> Script | None:
    """Bring what must be said up to date with the texts; nothing is made yet. None when the texts are no more.

    What is to be said is worked out first: nothing is locked while texts are read, and mostly nothing changed.
    """
    source = source_of(name)
    lines = source.lines(name) if source else None
    if lines is None:
        forget_script(name)
        return None
    sentences = {Sentence(text, line.language): None for line in lines for text, _, _ in places(line)}
    clips = clips_for(sentences)
    written = lines_with_keys(lines, {sentence: clip.key for sentence, clip in clips.items()})
    script = Script.objects.filter(name=name).first()
    if script and script.digest == digest_of(written):
        return script
    return _save_script(name, written, len(sentences), list(clips.values()))


@transaction.atomic
def _save_script(name: str, written: list[Any], wanted: int, clips: list[Clip]) -> Script:
    values = {"digest": digest_of(written), "lines": written, "wanted": wanted, "changed_at": timezone.now()}
    script, _ = Script.objects.update_or_create(name=name, defaults=values)
    Clip.objects.bulk_create(clips, ignore_conflicts=True)
    before, now = set(script.uses.values_list("clip_id", flat=True)), dict.fromkeys(clip.key for clip in clips)
    script.uses.filter(clip_id__in=before - now.keys()).delete()
    ClipUse.objects.bulk_create([ClipUse(script=script, clip_id=key) for key in now if key not in before])
    Clip.objects.filter(key__in=now).update(unused_since=None)
    _note_unused()
    return script


@transaction.atomic
def forget_script(name: str) -> None:
    """These texts are no more; their clips stay for a while, for who still has the page open."""
    Script.objects.filter(name=name).delete()
    _note_unused()


def _note_unused() -> None:
    Clip.objects.filter(uses=None, unused_since=None).update(unused_since=timezone.now())


def make_script(name: str, *, seconds: float | None = None, report: Progress | None = None) -> bool:
    """Make what this script still misses. True when nothing is left to do, False when the time was up.

    What a voice cannot say, the next voice says. What another worker is making is left to it.
    """
    until = time.monotonic() + seconds if seconds is not None else None
    for _ in range(len(settings.SPEECH_BACKENDS) + 1):
        script = refresh_script(name)
        if script is None:
            return True
        waiting = list(Clip.objects.to_make().filter(uses__script=script).order_by("uses__pk"))
        if not waiting:
            return True
        made = script.wanted - len(waiting)
        for clip in waiting:
            if until is not None and time.monotonic() > until:
                return False
            if make_clip(clip):
                made += 1
                if report:
                    report(made, script.wanted)
    return True


def make_clip(clip: Clip) -> bool:
    """Make one sentence, unless it is made or being made. True when it was made now."""
    now = timezone.now()
    free = Q(claimed_at=None) | Q(claimed_at__lte=now - CLAIM)
    if not Clip.objects.to_make().filter(free, pk=clip.pk).update(claimed_at=now):
        return False
    try:
        done = _say(clip)
    except SpeechError as error:
        return _note_problem(clip, str(error))
    except Exception as error:  # a voice is not ours: whatever it does, the next sentence is said
        log.warning("a sentence was not made by %s: %s", clip.backend, type(error).__name__)
        return _note_problem(clip, f"Er ging iets mis ({type(error).__name__}).")
    return Clip.objects.filter(pk=clip.pk, made_at=None).update(made_at=timezone.now(), claimed_at=None, **done) > 0


def _say(clip: Clip) -> dict[str, object]:
    pcm, words = backend(clip.backend).synth(clip.spoken, clip.voice, clip.rate)
    pcm, words = trim(pcm, words)
    if clip.spoken != clip.text:
        words = times_on_screen(clip.text, respell(clip.text, entries()), words, pcm.ms)
    size = 0
    for form in FORMS:
        file = encode(pcm, form)
        default_storage.delete(clip.file(form.ending))  # half a file of a worker that died
        default_storage.save(clip.file(form.ending), ContentFile(file))
        size += len(file)
    return {"ms": pcm.ms, "words": words, "bytes": size}


def _note_problem(clip: Clip, problem: str) -> bool:
    Clip.objects.filter(pk=clip.pk).update(problem=problem[:200], tries=F("tries") + 1, claimed_at=timezone.now())
    return False


def try_again(now: datetime) -> None:
    """What failed an hour ago may go well now; three times, then it waits for someone who looks."""
    late = Clip.objects.failed().filter(tries__lt=MOST_TRIES, claimed_at__lte=now - TRY_AGAIN)
    late.update(problem="", claimed_at=None)


def try_failed_again(name: str) -> int:
    """Someone looked and asks to try once more what failed in a script; gives how many sentences."""
    failed = Clip.objects.failed().filter(uses__script__name=name)
    return Clip.objects.filter(pk__in=failed.values("pk")).update(problem="", claimed_at=None, tries=0)


def unfinished() -> list[str]:
    """The names of all that misses sound, new texts included; texts that are no more are forgotten."""
    names = all_names()
    for gone in Script.objects.exclude(name__in=names).values_list("name", flat=True):
        forget_script(gone)
    scripts = [script for name in names if (script := refresh_script(name))]
    busy = Clip.objects.to_make().values("uses__script")
    return [script.name for script in scripts if script.pk in {row["uses__script"] for row in busy}]


def remove_unused(now: datetime) -> int:
    """Take away clips that nothing has needed for SPEECH_UNUSED_DAYS; gives how many."""
    old = Clip.objects.filter(uses=None, unused_since__lte=now - timedelta(days=settings.SPEECH_UNUSED_DAYS))
    count = 0
    for clip in old.iterator():
        # Claimed and said to be not made before its files go: of whoever dies in between nothing stays behind, and
        # who needs the sentence just now makes it again.
        mine = Clip.objects.filter(pk=clip.pk, uses=None)
        if not mine.update(made_at=None, bytes=0, claimed_at=timezone.now()):
            continue
        _remove_files(clip)
        try:
            with transaction.atomic():
                count += mine.delete()[0]
        except ProtectedError:
            continue  # needed again just now
    return count


def _remove_files(clip: Clip) -> None:
    for form in FORMS:
        default_storage.delete(clip.file(form.ending))
