"""Reads of speech. They are public: texts that everybody may read, and how they sound."""

import hashlib
from typing import Any, NamedTuple

from django.db.models import Count, Q, Sum

from media.speech.backends import backend
from media.speech.encode import FORMS, WEBM
from media.speech.models import Clip, Recording, Script


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


def bytes_of(prefix: str) -> dict[str, int]:
    """About how many bytes a phone gets for all that is made of every script whose name begins so, in one query.

    A clip is there in two forms and a phone takes one: the same share of each, by their bits.
    """
    share = WEBM.bits / sum(form.bits for form in FORMS)
    scripts = Script.objects.filter(name__startswith=prefix)
    sizes = scripts.annotate(size=Sum("uses__clip__bytes", filter=Q(uses__clip__made_at__isnull=False)))
    return {name: round((size or 0) * share) for name, size in sizes.values_list("name", "size")}


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
    low = any(clip.low for clip in clips.values())
    lines = {
        text: [_entry(clips[key], start, end, low) for key, start, end in parts]
        for text, parts in script.lines
        if all(key in clips for key, _, _ in parts)
    }
    return {"lines": lines, "low": low}


def _entry(clip: Clip, start: int, end: int, low: bool) -> dict[str, Any]:
    words = [[start + begin, start + stop, t0, t1] for begin, stop, t0, t1 in clip.words]
    entry = {"key": clip.key, "at": [start, end], "words": words, "ms": clip.ms}
    return entry if clip.low == low else {**entry, "low": clip.low}


def problems_of(name: str) -> list[Clip]:
    """The sentences of a script that no voice could say, with why."""
    return list(Clip.objects.failed().filter(uses__script__name=name).order_by("uses__pk"))


class SentenceState(NamedTuple):
    """One sentence of a script as an author sees it."""

    text: str
    clip: Clip | None
    is_recorded: bool

    @property
    def voice(self) -> str:
        """Who says it; '' as long as nobody does."""
        return backend(self.clip.backend).label if self.clip and self.clip.made_at else ""

    @property
    def problem(self) -> str:
        """Why it cannot be heard; '' when it can, or will be."""
        if self.clip is None:
            return "Er is op deze server geen stem voor deze zin."
        return "" if self.clip.made_at else self.clip.problem


def sentences_of(name: str) -> list[SentenceState]:
    """Every sentence of a script, once, in the order of the texts."""
    script = Script.objects.filter(name=name).first()
    if script is None:
        return []
    clips = {clip.key: clip for clip in Clip.objects.filter(uses__script=script)}
    recorded = set(Recording.objects.values_list("text", flat=True))
    found: dict[str, SentenceState] = {}
    for line, parts in script.lines:
        for key, start, end in parts:
            text = line[start:end]
            found.setdefault(text, SentenceState(text, clips.get(key), text in recorded))
    return list(found.values())


class Voiced(NamedTuple):
    """What one voice says of a script: sentences and minutes."""

    label: str
    sentences: int
    minutes: float


def voices_of(name: str) -> list[Voiced]:
    """Which voices say a script, the one that says most first."""
    made = Clip.objects.made().filter(uses__script__name=name).values_list("backend")
    rows = made.annotate(sentences=Count("pk"), ms=Sum("ms")).order_by("-sentences")
    return [Voiced(backend(voice).label, count, round(ms / 60_000, 1)) for voice, count, ms in rows]
