"""Makes an uploaded picture safe to keep: looked at before it is decoded, drawn anew, without anything else in it.

What comes out is a JPEG or PNG in sRGB, upright, at most LONGEST on a side, with no metadata: no place, no camera,
no text, no second picture behind the first. The same bytes give the same picture, and a picture that is clean already
stays as it is. Why so: docs/decisions/0027-pictures.md.
"""

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageCms, ImageOps
from pillow_heif import register_heif_opener

register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF", "AVIF")
MAX_PIXELS = 50_000_000  # phones make up to 48 or 50 million
LONGEST = 2400
LEAST_WIDTH, LEAST_HEIGHT = 320, 160
SLIMMEST = 4  # one side at most so many times the other
QUALITY = 90
_CAN_MOVE = ("PNG", "WEBP", "GIF", "AVIF")
_HAS_FLAT_COLOURS = ("PNG", "GIF")

OTHER_KIND = "Dit bestand is geen foto die we kunnen gebruiken. Kies een foto als JPG, PNG, WebP of HEIC."
VECTOR = "Een SVG kan hier niet: er kan een programma in zitten. Bewaar de tekening als PNG en kies die."
BROKEN = "Deze foto is niet heel: er mist een stuk. Maak of bewaar de foto opnieuw, en kies die."
MOVES = "Dit plaatje beweegt, en dat leidt af. Kies een plaatje dat stilstaat."


@dataclass(frozen=True)
class CleanPicture:
    """What is kept of an upload."""

    content: bytes
    ending: str
    """'jpg' or 'png'."""
    size: tuple[int, int]
    origin_digest: str
    """SHA-256 of the bytes as they came in."""

    @property
    def mime_type(self) -> str:
        return "image/jpeg" if self.ending == "jpg" else "image/png"

    @property
    def name(self) -> str:
        """A name that says nothing about who made it, and never means another picture."""
        return f"{hashlib.sha256(self.content).hexdigest()[:24]}.{self.ending}"


def clean_picture(file: IO[bytes], size: int) -> CleanPicture:
    """A safe picture from an upload of so many bytes.

    Raises ValidationError, in words for who uploaded it, for what is too big, too small, broken, moving or no picture.
    """
    if size > settings.PICTURE_MAX_BYTES:
        raise ValidationError(
            f"Deze foto is te groot: {in_mb(size)}. Kies een foto van hoogstens {in_mb(settings.PICTURE_MAX_BYTES)}.",
            code="too_big",
        )
    file.seek(0)
    content = file.read(settings.PICTURE_MAX_BYTES + 1)
    found = _opened(content)
    _check_header(found)
    try:
        ready = _drawn(found, content)
    except MemoryError:
        raise
    except Exception as error:  # decoders raise whatever they like on what is broken
        raise ValidationError(BROKEN, code="broken") from error
    origin = hashlib.sha256(content).hexdigest()
    if ready is None:
        return CleanPicture(content, "jpg", found.size, origin)
    return CleanPicture(*_packed(ready, flat=found.format in _HAS_FLAT_COLOURS), ready.size, origin)


def _opened(content: bytes) -> Image.Image:
    """The picture with only its header read, by what is in it, whatever its name says."""
    if b"<svg" in content[:4096].lower():
        raise ValidationError(VECTOR, code="vector")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we look at the size ourselves
            return Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise ValidationError(_too_many(None), code="pixels") from error
    except Exception as error:
        begins = content[:16]
        known = begins.startswith((b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")) or begins[4:8] == b"ftyp"
        raise ValidationError(*((BROKEN, "broken") if known else (OTHER_KIND, "kind"))) from error


def _check_header(found: Image.Image) -> None:
    """What can be known before anything is decoded."""
    width, height = found.size
    if width * height > MAX_PIXELS:
        raise ValidationError(_too_many(width * height), code="pixels")
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        raise ValidationError(
            f"Deze foto is te klein: {width} bij {height} punten. "
            f"Kies een foto van minstens {LEAST_WIDTH} breed en {LEAST_HEIGHT} hoog.",
            code="too_small",
        )
    if max(width, height) > SLIMMEST * min(width, height):
        raise ValidationError(
            f"Deze foto is te smal: {width} bij {height} punten. Snijd er een stuk af, en kies die.", code="slim"
        )
    if found.format in _CAN_MOVE and getattr(found, "n_frames", 1) > 1:
        raise ValidationError(MOVES, code="moves")


def _drawn(found: Image.Image, content: bytes) -> Image.Image | None:
    """Upright, in sRGB, no larger than needed, and nothing but points; None when it is so already."""
    if _is_clean_jpeg(found, content):
        found.load()
        return None
    found.draft("RGB", (LONGEST, LONGEST))  # a large JPEG is decoded at half or a quarter: less memory
    found.load()
    picture = ImageOps.exif_transpose(found)
    picture = _in_srgb(picture, found.info.get("icc_profile"))
    picture.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    if picture.mode == "RGBA" and picture.getchannel("A").getextrema() == (255, 255):
        picture = picture.convert("RGB")
    picture.info.clear()  # Pillow writes colour profiles and comments that it finds here
    return picture


def _is_clean_jpeg(found: Image.Image, content: bytes) -> bool:
    """True for what `_packed` makes: one RGB picture, no segments but JFIF, nothing behind its end."""
    segments = [name for name, _ in getattr(found, "applist", [("none", b"")])]
    if found.format != "JPEG" or found.mode != "RGB" or max(found.size) > LONGEST or segments != ["APP0"]:
        return False
    return found.info.keys() <= CLEAN_INFO and content.find(b"\xff\xd9") == len(content) - 2


CLEAN_INFO = {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


def _in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """RGB, or RGBA where something is see-through; colours of a profile and of print become those of a screen."""
    if picture.mode in ("I", "F") or picture.mode.startswith("I;16"):
        picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
        profile = None
    mode = "RGBA" if picture.has_transparency_data else "RGB"
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            base = picture if picture.mode in ("RGB", "RGBA", "CMYK", "L") else picture.convert(mode)
            alpha = base.getchannel("A") if base.mode == "RGBA" else None
            flat = base.convert("RGB") if alpha else base
            made = ImageCms.profileToProfile(flat, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if made is not None:
                if alpha:
                    made.putalpha(alpha)
                return made
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that does not fit its picture: the colours are taken as they are
    return picture.convert(mode)


def _packed(picture: Image.Image, *, flat: bool) -> tuple[bytes, str]:
    """Drawings and what is see-through as PNG, photos as JPEG."""
    out = io.BytesIO()
    if flat or picture.mode == "RGBA":
        picture.save(out, "PNG", optimize=True)
        return out.getvalue(), "png"
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return out.getvalue(), "jpg"


def _too_many(pixels: int | None) -> str:
    much = f": {_millions(pixels)} punten" if pixels else ""
    return f"Deze foto is te groot{much}. Maak de foto kleiner: hoogstens {_millions(MAX_PIXELS)} punten."


def _millions(pixels: int) -> str:
    return f"{pixels / 1_000_000:.0f} miljoen"


def in_mb(size: int) -> str:
    """A size in words: '1,5 MB'."""
    return f"{size / 1_000_000:.1f} MB".replace(".0 MB", " MB").replace(".", ",")
