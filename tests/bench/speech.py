"""The sound of every lesson and of the site, made from nothing on a scratch database: how much it weighs and costs.

The voice is espeak-ng, or the one for tests where that is not installed. What a learner gets is WebM; MP3 is for phones
that do not play it. kB is 1000 bytes; sizes hold all of the file. CPU is that of this process and of the voice.
"""

import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests.bench.queries import set_up

MOST_KB, MOST_CPU, MOST_MANIFEST = 200, 5.0, 40.0
Asked = Counter[tuple[str, str]]


def voice() -> Any:
    """The voice to measure with; nothing else is used."""
    from django.conf import settings

    from media.speech.backends import backend

    name = "espeak" if backend("espeak").is_here else "fake"
    settings.SPEECH_BACKENDS = [name]
    return backend(name)


def count_sentences(spoken: Any) -> Asked:
    """What the voice is asked to say from now on, and how often."""
    asked: Asked = Counter()
    synth = spoken.synth

    def counting(text: str, name: str, rate: int) -> Any:
        asked[text, name] += 1
        return synth(text, name, rate)

    spoken.synth = counting
    return asked


def cpu() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def sizes_of(name: str) -> tuple[float, float, float, float]:
    """Minutes of sound of a script, kB of its WebM and MP3, and kB of what tells the player about it, gzipped."""
    from django.core.files.storage import default_storage

    from media.models import Clip
    from media.speech.queries import manifest_of

    clips = list(Clip.objects.made().filter(uses__script__name=name))
    told = json.dumps(manifest_of(name), ensure_ascii=False, separators=(",", ":")).encode()
    webm, mp3 = (sum(default_storage.size(clip.file(ending)) for clip in clips) / 1000 for ending in ("webm", "mp3"))
    return sum(clip.ms for clip in clips) / 60_000, webm, mp3, len(gzip.compress(told, 6)) / 1000


def changed_sentence(asked: Asked) -> int:
    """How many sentences are made when one of a lesson changes."""
    from media.speech.services import make_script
    from modules.models import ModulePage

    before = asked.total()
    page = ModulePage.objects.get(code="B2")
    page.title = "Een titel van deze meting"
    page.save_revision().publish()
    make_script("les:B2")
    return asked.total() - before


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATA"] = folder
        set_up(folder)
        from django.conf import settings
        from django.db import connections

        settings.MEDIA_ROOT = Path(folder) / "media"
        found = measure(voice())
        connections.close_all()
    return report(found)


def measure(spoken: Any) -> dict[str, float]:
    from media.speech.services import make_script
    from media.speech.sources import all_names

    asked, began = count_sentences(spoken), cpu()
    print(f"voice: {spoken.label}\n\n{'':<10}{'minutes':>8}{'WebM kB/min':>13}{'MP3 kB/min':>12}{'manifest kB':>13}")
    names, total, minutes, manifests = all_names(), Counter[str](), 0.0, {}
    for name in names:
        make_script(name)
        length, webm, mp3, manifests[name] = sizes_of(name)
        print(f"{name:<10}{length:>8.1f}{webm / length:>13.0f}{mp3 / length:>12.0f}{manifests[name]:>13.1f}")
        minutes += length
        total.update({"webm": webm, "mp3": mp3})  # type: ignore[dict-item]
    for name in names:
        make_script(name)
    again = sum(count - 1 for count in asked.values())
    sentences, changed = len(asked), changed_sentence(asked)
    if hasattr(spoken, "process"):
        spoken.process.stop()  # only then is its time counted
    lessons = [size for name, size in manifests.items() if name != "site"]
    return {
        "kB": total["webm"] / minutes, "mp3": total["mp3"] / minutes, "cpu": (cpu() - began) / minutes,
        "twice": again, "changed": changed, "sentences": sentences, "minutes": minutes,
        "manifest": max(lessons), "site": manifests.get("site", 0),
    }  # fmt: skip


def report(found: dict[str, float]) -> int:
    rows = [
        ("kB of WebM per minute", found["kB"], MOST_KB),
        ("sentences made twice", found["twice"], 0),
        ("sentences made when one changes", found["changed"], 1),
        ("CPU seconds per minute of sound", found["cpu"], MOST_CPU),
        ("kB of the biggest manifest of a lesson, gzipped", found["manifest"], MOST_MANIFEST),
    ]
    print(
        f"\n{found['sentences']:.0f} sentences, {found['minutes']:.0f} minutes; MP3 {found['mp3']:.0f} kB per minute\n"
    )
    for name, value, goal in rows:
        print(f"{'ok ' if value <= goal else 'NOT'} {name:<50}{value:>8.1f}   (<= {goal:g})")
    holds = all(value <= goal for _, value, goal in rows)
    print(
        f"\nspeech: {found['kB']:.0f} kB per minute, {found['twice']:.0f} sentences made twice, "
        f"{found['cpu']:.1f} CPU s per minute, {found['manifest']:.1f} kB manifest "
        f"(<= {MOST_KB} kB, 0, {MOST_CPU:g} s, {MOST_MANIFEST:g} kB){'' if holds else ': does NOT hold'}"
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
