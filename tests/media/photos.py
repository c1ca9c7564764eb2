"""Photos made on the spot: with what a phone writes in them, and with what someone with bad intent would."""

import io
import random
import struct
import zlib
from functools import cache
from typing import Any

from PIL import Image, ImageCms, ImageDraw, ImageFilter
from PIL.PngImagePlugin import PngInfo

PLACE = "52.9928"  # GPS as text, to look for in files


@cache
def scene(width: int = 800, height: int = 600, seed: int = 1) -> Image.Image:
    """Something like a photo: light and dark, edges, and the noise of a small camera."""
    chance = random.Random(seed)
    picture = Image.new("RGB", (width, height), (120, 140, 150))
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y = chance.randrange(width), chance.randrange(height)
        w, h = chance.randrange(10, width // 3), chance.randrange(10, height // 3)
        colour = tuple(chance.randrange(30, 230) for _ in range(3))
        (draw.ellipse if chance.random() < 0.5 else draw.rectangle)((x, y, x + w, y + h), fill=colour)
    picture = picture.filter(ImageFilter.GaussianBlur(1.2))
    noise = Image.frombytes("L", (width, height), chance.randbytes(width * height)).convert("RGB")
    return Image.blend(picture, noise.filter(ImageFilter.GaussianBlur(0.6)), 0.08)


def saved(picture: Image.Image, form: str = "JPEG", **options: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone writes: its maker, the time, the place, and how it was held."""
    data = Image.Exif()
    data[0x010F], data[0x0110], data[0x0112] = "Telefoonmerk", "Model X", orientation
    data[0x013B] = "Anouk de Vries"
    gps = data.get_ifd(0x8825)
    gps[1], gps[2], gps[3], gps[4] = "N", (52.0, 59.0, 34.0), "E", (6.0, 33.0, 50.0)
    return data


def xmp() -> bytes:
    return f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><exif:GPSLatitude>{PLACE}</exif:GPSLatitude></x:xmpmeta>".encode()


@cache
def with_secrets(form: str = "JPEG", size: tuple[int, int] = (800, 600), orientation: int = 1) -> bytes:
    """A photo in this form that says where it was taken in every way that the form allows."""
    picture = scene(*size)
    if form == "PNG":
        told = PngInfo()
        told.add_text("Comment", f"gemaakt op {PLACE}")
        told.add_itxt("Location", PLACE, "nl", "plaats")
        return saved(picture, "PNG", exif=exif(orientation), pnginfo=told)
    if form in ("HEIF", "AVIF", "WEBP"):
        return saved(picture, form, exif=exif(orientation), xmp=xmp(), quality=80)
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0c\x1c\x02\x5a\x00\x07Veendam"
    made = saved(
        picture, "JPEG", exif=exif(orientation), xmp=xmp(), comment=PLACE.encode(), quality=90,
        extra=b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc,
    )  # fmt: skip
    return made + b"\xff\xd8verstopt: " + PLACE.encode()


def traces(content: bytes) -> list[str]:
    """What is left of the secrets in a file."""
    found = Image.open(io.BytesIO(content))
    left = [name for name in ("exif", "xmp", "comment", "icc_profile", "photoshop", "Comment") if found.info.get(name)]
    if dict(found.getexif()):
        left.append("getexif")
    words = (PLACE.encode(), b"Telefoonmerk", b"Anouk", b"Veendam", b"Exif", b"GPS", b"verstopt", b"http://ns.adobe")
    return left + [word.decode() for word in words if word in content]


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few kB that says it is 900 million points."""
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))  # noqa: E731
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def text_bomb() -> bytes:
    """A small PNG with a text of 3 MB when unpacked."""
    chunk = lambda kind, body: struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))  # noqa: E731
    good = saved(scene(400, 300), "PNG")
    bad = chunk(b"zTXt", b"Comment\x00\x00" + zlib.compress(b"A" * 3_000_000, 9))
    return good[:33] + bad + good[33:]


def cmyk() -> bytes:
    return saved(scene().convert("CMYK"), "JPEG", quality=90)


PLAIN = (200, 40, 40)


def with_profile() -> bytes:
    """A plain red photo that says its colours are those of a profile with red and green swapped."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swapped = profile.replace(b"rXYZ", b"?XYZ").replace(b"gXYZ", b"rXYZ").replace(b"?XYZ", b"gXYZ")
    return saved(Image.new("RGB", (400, 300), PLAIN), "PNG", icc_profile=swapped)


@cache
def moving(form: str) -> bytes:
    frames = [scene(320, 200, seed) for seed in (1, 2)]
    return saved(frames[0], form, save_all=True, append_images=frames[1:], duration=100)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
