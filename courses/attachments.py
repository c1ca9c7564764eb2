"""What a teacher uploads with an own page: looked at by what is in it, whatever its name says.

A picture is drawn anew (media.pictures.intake). A PDF is kept as it is, for its structure makes it readable aloud; one
that could do something by itself is refused. Why: docs/decisions/0038-the-path-builder.md.
"""

import hashlib
import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject

from media.pictures.intake import clean_picture, in_mb

MOST_OBJECTS = 50_000
MOST_PAGES = 200
DEEPEST = 60
# What can do something by itself, or holds another file (ISO 32000-2, 12.6.4 and 7.11.4).
ACTIVE = frozenset(
    ["/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/XFA", "/SubmitForm",
     "/ImportData", "/GoToE", "/Movie", "/Rendition", "/3D"]
)  # fmt: skip
_ACTIVE_BYTES = re.compile(b"|".join(name.encode() + rb"(?![0-9A-Za-z])" for name in sorted(ACTIVE - {"/3D", "/JS"})))
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"RIFF")

OTHER_KIND = "Dit bestand is geen PDF en geen foto. Bewaar het als PDF, en kies die."
EMPTY = "Dit bestand is leeg. Kies een ander bestand."
BROKEN = "Deze PDF is niet heel. Bewaar hem opnieuw, en kies die."
LOCKED = "Op deze PDF zit een wachtwoord. Bewaar hem zonder wachtwoord, en kies die."
ACTS = "In deze PDF zit een programma of een ander bestand. Druk hem af naar een nieuwe PDF, en kies die."
LONG = f"Deze PDF is te lang. Kies er een van hoogstens {MOST_PAGES} bladzijden."


@dataclass(frozen=True)
class CleanFile:
    """What is kept of an upload."""

    content: bytes
    kind: str
    """'pdf', 'jpg' or 'png'."""
    name: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def clean_file(file: IO[bytes], size: int, name: str) -> CleanFile:
    """A file that is safe to give to learners, from an upload of so many bytes.

    Raises ValidationError, in words for who uploaded it.
    """
    if size > settings.PATH_FILE_MAX_BYTES:
        raise ValidationError(
            f"Dit bestand is te groot: {in_mb(size)}. "
            f"Kies een bestand van hoogstens {in_mb(settings.PATH_FILE_MAX_BYTES)}.",
            code="too_big",
        )
    file.seek(0)
    content = file.read(settings.PATH_FILE_MAX_BYTES + 1)
    if not content:
        raise ValidationError(EMPTY, code="empty")
    if content.startswith(b"%PDF-"):
        _check_pdf(content)
        return CleanFile(content, "pdf", tidy_name(name, "pdf"))
    if content.startswith(_PICTURES):
        picture = clean_picture(file, size)
        return CleanFile(picture.content, picture.ending, tidy_name(name, picture.ending))
    raise ValidationError(OTHER_KIND, code="kind")


def tidy_name(name: str, ending: str) -> str:
    """The name without a path, signs that mean something to a computer, or another ending than is true."""
    stem = re.split(r"[\\/]", unicodedata.normalize("NFC", name[:400]))[-1].partition(".")[0]
    kept = "".join(sign if sign.isalnum() or sign in "-_ " else "-" for sign in stem)
    return f"{' '.join(kept.split())[:60].strip(' -') or 'bijlage'}.{ending}"


def _check_pdf(content: bytes) -> None:
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        locked = reader.is_encrypted
        pages = 0 if locked else len(reader.pages)
        acts = not locked and (_holds_active_bytes(content) or any(_is_active(one) for one in _objects(reader)))
    except ValidationError:
        raise
    except Exception as error:  # a reader raises whatever it likes on what is broken
        raise ValidationError(BROKEN, code="broken") from error
    if locked:
        raise ValidationError(LOCKED, code="locked")
    if acts:
        raise ValidationError(ACTS, code="acts")
    if not pages:
        raise ValidationError(BROKEN, code="broken")
    if pages > MOST_PAGES:
        raise ValidationError(LONG, code="long")


def _holds_active_bytes(content: bytes) -> bool:
    """Also in what the table of objects does not name: a reader that repairs a file would find it."""
    plain = re.sub(rb"#([0-9A-Fa-f]{2})", lambda match: bytes([int(match[1], 16)]), content)
    return bool(_ACTIVE_BYTES.search(plain))


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, also those that nothing points at."""
    numbers = {(number, generation) for generation, places in reader.xref.items() for number in places}
    numbers |= {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > MOST_OBJECTS:
        raise ValidationError(LONG, code="long")
    yield reader.trailer
    for number, generation in sorted(numbers):
        yield IndirectObject(number, generation, reader).get_object()


def _is_active(value: Any, depth: int = 0) -> bool:
    """Whether one object names something active in itself; what it points at is looked at by itself."""
    if depth > DEEPEST:
        return True  # nobody nests so deep without meaning to
    if isinstance(value, DictionaryObject):
        return any(key in ACTIVE or _is_active(value.raw_get(key), depth + 1) for key in value)
    if isinstance(value, ArrayObject):
        return any(_is_active(list.__getitem__(value, place), depth + 1) for place in range(len(value)))
    return isinstance(value, NameObject) and value in ACTIVE
