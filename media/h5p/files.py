"""Files of packages in the default storage: written under a prefix that nothing else has, and removed by it."""

import contextlib
from collections.abc import Iterable

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


def save_files(prefix: str, files: Iterable[tuple[str, bytes]]) -> dict[str, int]:
    """Write every file under the prefix; gives path and bytes. What stood there under the name is replaced."""
    written = {}
    for path, content in files:
        place = f"{prefix}/{path}"
        if default_storage.exists(place):
            default_storage.delete(place)
        if (kept := default_storage.save(place, ContentFile(content))) != place:
            default_storage.delete(kept)
            raise OSError(f"{place} could not be written under its own name")
        written[path] = len(content)
    return written


def read_file(prefix: str, path: str) -> bytes:
    with default_storage.open(f"{prefix}/{path}", "rb") as file:
        return bytes(file.read())


def delete_files(prefix: str) -> None:
    """Remove everything under the prefix; nothing there is fine."""
    try:
        folders, files = default_storage.listdir(prefix)
    except OSError:
        return
    for name in files:
        default_storage.delete(f"{prefix}/{name}")
    for name in folders:
        delete_files(f"{prefix}/{name}")
    with contextlib.suppress(OSError, NotImplementedError):
        default_storage.delete(prefix)  # an empty folder, where storage has such a thing
