"""Names of entries: only those that mean the same file on every computer."""

import re
import unicodedata
from collections.abc import Iterable

from media.h5p.core.errors import Code, PackageError

MOST_FOLDERS = 20
_RESERVED = re.compile(r'[\\:*?"<>|]')
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NO_TEXT = {"Cs", "Co", "Cn"}
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, direction and joining marks, unassigned


def check_name(name: str, most_bytes: int) -> None:
    """Raises PackageError for a name that leaves its folder, hides, or reads as another."""
    path = shown(name)
    if any(unicodedata.category(letter) in _INVISIBLE for letter in name):
        raise PackageError(Code.NAME_CHARACTERS, path)
    if len(name.encode()) > most_bytes or name.count("/") > MOST_FOLDERS:
        raise PackageError(Code.NAME_TOO_LONG, path)
    parts = name.removesuffix("/").split("/")
    if not name or "\\" in name or ":" in name or any(part in ("", ".", "..") for part in parts):
        raise PackageError(Code.NAME_ESCAPES, path)
    if _RESERVED.search(name) or any(part != part.rstrip(". ") or part != part.lstrip() for part in parts):
        raise PackageError(Code.NAME_CHARACTERS, path)
    if any(part.startswith(".") for part in parts):
        raise PackageError(Code.NAME_HIDDEN, path)


def plain(text: str, most: int) -> str:
    """A text of a package on one line, without marks that a database refuses or that turn a line around."""
    spaced = (" " if unicodedata.category(letter) == "Cc" else letter for letter in text if letter not in _TURNS)
    kept = (letter for letter in spaced if unicodedata.category(letter) not in _NO_TEXT)
    return " ".join("".join(kept).split())[:most].strip()


def is_left_by_a_mac(name: str) -> bool:
    """What the Mac's own zip adds to a folder: never read, never unpacked."""
    parts = name.split("/")
    return parts[0] == "__MACOSX" or parts[-1] == ".DS_Store"


def check_twins(names: Iterable[str]) -> None:
    """Raises PackageError when two names, or folders in them, are one on a computer that is less exact.

    Such computers take capitals and small letters, or an accent written in two ways, for the same.
    """
    spelled: dict[str, str] = {}
    files: set[str] = set()
    for name in names:
        path = name.removesuffix("/")
        for part in (path, *_parents(path)):
            if (other := spelled.setdefault(folded(part), part)) != part:
                raise PackageError(Code.NAME_TWINS, shown(name), other=shown(other))
        if path in files:
            raise PackageError(Code.NAME_TWICE, shown(name))
        if not name.endswith("/"):
            files.add(path)
    for path in spelled.values():
        if both := next((parent for parent in _parents(path) if parent in files), ""):
            raise PackageError(Code.NAME_TWINS, shown(path), other=shown(both))


def folded(path: str) -> str:
    """As the least exact computer compares it."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def extension_of(path: str) -> str:
    """In small letters, without the dot; '' when there is none."""
    stem, dot, extension = path.rpartition("/")[2].rpartition(".")
    return extension.lower() if stem and dot else ""


def shown(name: str) -> str:
    """A name as it can be put on a screen: marks that cannot be seen are spelled out, and it is not too long."""
    seen = "".join(
        letter if unicodedata.category(letter) not in _INVISIBLE else f"\\u{ord(letter):04x}" for letter in name[:300]
    )
    return seen if len(seen) <= 200 else f"{seen[:100]}…{seen[-60:]}"


def _parents(path: str) -> Iterable[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path
