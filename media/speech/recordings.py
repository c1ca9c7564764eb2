"""Recordings that an author uploads: looked at, opened apart, and kept as our own file, never as it came."""

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from media.speech.backend import Pcm, Sentence
from media.speech.encode import encode_flac
from media.speech.models import Recording
from media.speech.sound import QUIET, energies, trim
from media.speech.unpack import HERTZ, TOO_LONG
from media.speech.words import normal

MOST_BYTES = 5_000_000
MOST_SECONDS = 60
LEAST_MS = 200
UNPACK = Path(__file__).parent / "unpack.py"
WAIT = 30
KINDS = {  # how a file begins, at which byte, and the FFmpeg demuxer for it
    (8, b"WAVE"): "wav",
    (0, b"ID3"): "mp3",
    (0, b"OggS"): "ogg",
    (0, b"fLaC"): "flac",
    (4, b"ftyp"): "mp4",
    (0, b"\x1a\x45\xdf\xa3"): "matroska",
}
UNKNOWN = "Dit bestand kan ik niet afspelen. Kies een opname in mp3, m4a, wav, ogg, webm of flac."


def read_upload(file: BinaryIO) -> Pcm:
    """The sound in an uploaded file, without silence at its ends. Raises ValidationError in the author's words."""
    content = file.read(MOST_BYTES + 1)
    if not content:
        raise ValidationError("Dit bestand is leeg. Kies een ander bestand.")
    if len(content) > MOST_BYTES:
        raise ValidationError(f"Dit bestand is groter dan {MOST_BYTES // 1_000_000} MB. Neem alleen deze zin op.")
    kind = _kind_of(content)
    if kind is None:
        raise ValidationError(UNKNOWN)
    pcm = Pcm(_unpacked(content, kind), HERTZ)
    if max(energies(pcm, 10), default=0) <= QUIET:
        raise ValidationError("In deze opname is niets te horen. Neem de zin opnieuw op.")
    pcm = trim(pcm, [])[0]
    if pcm.ms < LEAST_MS:
        raise ValidationError("Deze opname is te kort voor een zin. Neem de zin opnieuw op.")
    return pcm


def _kind_of(content: bytes) -> str | None:
    for (at, begin), kind in KINDS.items():
        if content[at : at + len(begin)] == begin:
            return kind
    return "mp3" if content[0] == 0xFF and content[1:2] and content[1] & 0xE0 == 0xE0 else None


def _unpacked(content: bytes, kind: str) -> bytes:
    command = [sys.executable, "-I", str(UNPACK), kind, str(MOST_SECONDS)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=WAIT, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise ValidationError(UNKNOWN) from error
    if done.returncode == TOO_LONG:
        raise ValidationError(f"Deze opname duurt langer dan {MOST_SECONDS} seconden. Neem alleen deze zin op.")
    if done.returncode or not done.stdout:
        raise ValidationError(UNKNOWN)
    return done.stdout


def keep_recording(*, text: str, pcm: Pcm, language: str = "nl") -> Recording:
    """This is how the sentence sounds from now on, wherever it stands; an earlier recording of it goes."""
    digest = hashlib.sha256(pcm.samples).hexdigest()[:32]
    file = f"opnamen/{digest}.flac"
    if not default_storage.exists(file):
        default_storage.save(file, ContentFile(encode_flac(pcm)))
    with transaction.atomic():
        before = Recording.objects.select_for_update().filter(text=normal(text), language=language).first()
        values = {"digest": digest, "file": file, "ms": pcm.ms, "made_at": timezone.now()}
        recording, _ = Recording.objects.update_or_create(text=normal(text), language=language, defaults=values)
        if before and before.file != file:
            transaction.on_commit(lambda: _remove_file(before.file), robust=True)
    return recording


@transaction.atomic
def remove_recording(*, text: str, language: str = "nl") -> bool:
    """The sentence is said by another voice again. True when there was a recording."""
    recording = Recording.objects.filter(text=normal(text), language=language).first()
    if recording is None:
        return False
    recording.delete()
    transaction.on_commit(lambda: _remove_file(recording.file), robust=True)
    return True


def recorded(sentences: list[Sentence]) -> dict[Sentence, str]:
    """The digests of the recordings of these sentences."""
    wanted = set(sentences)
    rows = Recording.objects.values_list("text", "language", "digest")
    return {key: digest for text, language, digest in rows if (key := Sentence(text, language)) in wanted}


def _remove_file(file: str) -> None:
    if not Recording.objects.filter(file=file).exists():
        default_storage.delete(file)
