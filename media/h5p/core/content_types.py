"""Which files a package may hold, and whether each is what its name says it is."""

from collections.abc import Callable

from media.h5p.core.errors import Code, PackageError
from media.h5p.core.limits import Limits
from media.h5p.core.names import extension_of, shown
from media.h5p.core.parsing import parse_json
from media.h5p.core.svg import clean_svg

_PICTURES = ("png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "webp")
_SOUND_AND_FILM = ("webm", "mp4", "ogg", "mp3", "m4a", "wav", "vtt", "webvtt")
CONTENT = frozenset((*_PICTURES, *_SOUND_AND_FILM, "json", "gltf", "glb", "txt"))
LIBRARY = CONTENT | {"js", "css", "svg", "eot", "ttf", "otf", "woff", "woff2"}
NOT_KEPT = frozenset({"md", "diff", "patch"})
"""Notes for who makes a library: nobody who plays needs them."""


def check_extension(path: str, *, of_library: bool) -> None:
    """Raises PackageError for a kind of file that no player asks for."""
    extension = extension_of(path)
    if extension not in (LIBRARY | NOT_KEPT if of_library else CONTENT):
        raise PackageError(Code.EXTENSION, shown(path), extension=extension)


def clean_file(content: bytes, path: str, limits: Limits) -> bytes:
    """What is kept of a file: itself, or a drawing without scripts. Raises PackageError when it is another kind."""
    extension = extension_of(path)
    if extension == "svg":
        return clean_svg(content, shown(path), limits)
    if extension in ("json", "gltf"):
        parse_json(content, shown(path), limits)
    elif not _LOOKS[extension](content):
        raise PackageError(Code.OTHER_KIND, shown(path), extension=extension)
    return content


def _starts(*marks: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(marks)


def _riff(kind: bytes) -> Callable[[bytes], bool]:
    return lambda content: content[:4] == b"RIFF" and content[8:12] == kind


def _is_mp4(content: bytes) -> bool:
    return content[4:8] == b"ftyp"


def _is_mp3(content: bytes) -> bool:
    """A tag, or the mark of a frame; some makers put empty bytes before it."""
    head = content[:4096].lstrip(b"\0")
    return head.startswith(b"ID3") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0)


def _is_text(content: bytes) -> bool:
    return b"\0" not in content


def _is_subtitles(content: bytes) -> bool:
    return content.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT") and _is_text(content)


_LOOKS: dict[str, Callable[[bytes], bool]] = {
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "jpg": _starts(b"\xff\xd8\xff"),
    "jpeg": _starts(b"\xff\xd8\xff"),
    "gif": _starts(b"GIF87a", b"GIF89a"),
    "bmp": _starts(b"BM"),
    "tif": _starts(b"II*\0", b"MM\0*"),
    "tiff": _starts(b"II*\0", b"MM\0*"),
    "webp": _riff(b"WEBP"),
    "webm": _starts(b"\x1a\x45\xdf\xa3"),
    "mp4": _is_mp4,
    "m4a": _is_mp4,
    "ogg": _starts(b"OggS"),
    "mp3": _is_mp3,
    "wav": _riff(b"WAVE"),
    "vtt": _is_subtitles,
    "webvtt": _is_subtitles,
    "glb": _starts(b"glTF"),
    "txt": _is_text,
    "js": _is_text,
    "css": _is_text,
    "eot": lambda content: content[34:36] == b"LP",
    "ttf": _starts(b"\0\1\0\0", b"true", b"OTTO", b"ttcf"),
    "otf": _starts(b"OTTO", b"\0\1\0\0"),
    "woff": _starts(b"wOFF"),
    "woff2": _starts(b"wOF2"),
}
