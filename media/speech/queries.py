"""Reads of speech. They are public: texts that everybody may read, and how they sound."""

import hashlib
from typing import Any, NamedTuple

from django.db.models import Count, Q

from media.speech.models import Clip, Script


class SoundStatus(NamedTuple):
    """How far the sound of some texts is, in sentences."""

    made: int
    wanted: int
    failed: int


def status_of(name: str) -> SoundStatus:
    """How far a script is; nothing is wanted of one that is not there yet."""
    script = Script.objects.filter(name=name).first()
    if script is None:
        return SoundStatus(0, 0, 0)
    clips = Clip.objects.filter(uses__script=script)
    return SoundStatus(clips.made().count(), script.wanted, clips.failed().count())


def statuses_of(prefix: str) -> dict[str, SoundStatus]:
    """How far every script is whose name begins so, in one query."""
    made = Count("uses", filter=Q(uses__clip__made_at__isnull=False))
    failed = Count("uses", filter=Q(uses__clip__made_at=None) & ~Q(uses__clip__problem=""))
    scripts = Script.objects.filter(name__startswith=prefix).annotate(made=made, failed=failed)
    return {name: SoundStatus(*counts) for name, *counts in scripts.values_list("name", "made", "wanted", "failed")}


def etag_of(name: str) -> str:
    """Changes with the lines and with every clip that is made."""
    script = Script.objects.filter(name=name).only("pk", "digest").first()
    if script is None:
        return '"nothing"'
    made = Clip.objects.made().filter(uses__script=script).count()
    return f'"{hashlib.sha256(f"{script.digest} {made}".encode()).hexdigest()[:16]}"'


def manifest_of(name: str) -> dict[str, Any]:
    """Per line its clips (docs/reference/speech-manifest.md). A line of which a sentence misses is left out."""
    script = Script.objects.filter(name=name).first()
    if script is None:
        return {"lines": {}, "low": False}
    clips = {clip.key: clip for clip in Clip.objects.made().filter(uses__script=script)}
    lines = {
        text: [_entry(clips[key], start, end) for key, start, end in parts]
        for text, parts in script.lines
        if all(key in clips for key, _, _ in parts)
    }
    return {"lines": lines, "low": any(clip.low for clip in clips.values())}


def _entry(clip: Clip, start: int, end: int) -> dict[str, Any]:
    words = [[start + begin, start + stop, t0, t1] for begin, stop, t0, t1 in clip.words]
    return {"key": clip.key, "at": [start, end], "words": words, "ms": clip.ms}


def problems_of(name: str) -> list[Clip]:
    """The sentences of a script that no voice could say, with why."""
    return list(Clip.objects.failed().filter(uses__script__name=name).order_by("uses__pk"))
