"""A version as an .h5p file again, with the libraries that play it."""

from collections.abc import Iterator
from typing import IO

from media.h5p.core.export import write_package
from media.h5p.files import read_file
from media.h5p.models import H5PVersion
from media.h5p.queries import libraries_of


def export_version(*, version: H5PVersion, out: IO[bytes]) -> None:
    """Write a package that comes in again as the same: the same content, the same libraries."""
    write_package(out, _files(version))


def _files(version: H5PVersion) -> Iterator[tuple[str, bytes]]:
    for path in sorted(version.files, key=lambda path: (path != "h5p.json", path)):
        yield path, read_file(version.prefix, path)
    for folder, library in sorted(libraries_of(version).items()):
        for path in sorted(library.files):
            yield f"{folder}/{path}", read_file(library.prefix, path)
