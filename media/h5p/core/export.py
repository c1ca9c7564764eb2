"""Writes an .h5p file: the same bytes from the same parts."""

import zipfile
from collections.abc import Iterable
from typing import IO

from media.h5p.core.names import extension_of

_DATE = (2020, 1, 1, 0, 0, 0)
_PACKED_ALREADY = frozenset(["png", "jpg", "jpeg", "gif", "webp", "webm", "mp4", "ogg", "mp3", "m4a", "woff", "woff2"])


def write_package(out: IO[bytes], files: Iterable[tuple[str, bytes]]) -> None:
    """Write files (path in the package, content) as a package; h5p.json is best given first."""
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files:
            entry = zipfile.ZipInfo(path, _DATE)
            packed = extension_of(path) in _PACKED_ALREADY
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
