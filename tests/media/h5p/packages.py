"""Packages of H5P for tests, made on the spot: a good one as a dict of path and bytes, to be changed at will."""

import io
import json
import zipfile
from typing import Any

from media.h5p.core.libraries import LibraryName

PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89"
    b"\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82"
)
QUESTION = {"question": "Deel je een wachtwoord?", "correct": "false"}

Files = dict[str, bytes]


def as_json(value: Any) -> bytes:
    return json.dumps(value).encode()


def name_of(text: str) -> LibraryName:
    name = LibraryName.of_reference(text)
    assert name, text
    return name


def needs(*names: str) -> list[dict[str, Any]]:
    return [name_of(name).as_json() for name in names]


def library(
    name: str = "H5P.Proef 1.0", *, patch: int = 0, code: str = "", depends: tuple = (), **fields: Any
) -> Files:
    """The folder of a library: library.json, a script and a style sheet."""
    parsed = name_of(name)
    said = {
        "title": parsed.machine_name.partition(".")[2] or parsed.machine_name,
        **parsed.as_json(),
        "patchVersion": patch,
        "runnable": 1,
        "coreApi": {"majorVersion": 1, "minorVersion": 24},
        "preloadedJs": [{"path": "proef.js"}],
        "preloadedCss": [{"path": "proef.css"}],
        "preloadedDependencies": needs(*depends),
        **fields,
    }
    return {
        f"{parsed.folder}/library.json": as_json(said),
        f"{parsed.folder}/proef.js": (code or f"H5P['{parsed.machine_name}'] = function () {{}};").encode(),
        f"{parsed.folder}/proef.css": b".proef { color: #123; }",
    }


def package(
    main: str = "H5P.Proef 1.0",
    *,
    libraries: tuple[Files, ...] | None = None,
    content: Any = None,
    depends: tuple[str, ...] = (),
    **header: Any,
) -> Files:
    """A whole package: its description, its content and its libraries (one, the main one, unless given)."""
    said = {
        "title": "Wel of niet delen",
        "language": "nl",
        "mainLibrary": name_of(main).machine_name,
        "embedTypes": ["div"],
        "license": "CC BY",
        "preloadedDependencies": needs(main, *depends),
        **header,
    }
    files = {
        "h5p.json": as_json(said),
        "content/content.json": as_json(QUESTION if content is None else content),
    }
    for one in (library(main),) if libraries is None else libraries:
        files |= one
    return files


def zipped(files: Files, *, store: bool = False) -> io.BytesIO:
    """The files as an .h5p file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(path), content, zipfile.ZIP_STORED if store else zipfile.ZIP_DEFLATED)
    out.seek(0)
    return out


def zip_entries(entries: list[tuple[zipfile.ZipInfo | str, bytes]]) -> io.BytesIO:
    """A zip of exactly these entries, twins and all."""
    import warnings

    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for entry, content in entries:
            archive.writestr(entry, content)
    out.seek(0)
    return out


def zipped_with(name: str, content: bytes = b"x", *, mode: int | None = None) -> io.BytesIO:
    """A good package with one entry more, of whatever name."""
    entry = zipfile.ZipInfo("tussen")
    entry.filename = name  # as it is: ZipInfo would cut it at a null byte
    entry.create_system, entry.compress_type = 3, zipfile.ZIP_DEFLATED
    if mode is not None:
        entry.external_attr = mode << 16
    return zip_entries([*package().items(), (entry, content)])


def patched(file: io.BytesIO, name: str, *, place: int, value: bytes, local: int | None = None) -> io.BytesIO:
    """The zip with bytes changed in the list's entry of `name` (and, at `local`, in its own head)."""
    content = bytearray(file.getvalue())
    raw = name.encode()
    listed = content.rindex(raw) - 46
    assert content[listed : listed + 4] == b"PK\x01\x02", name
    content[listed + place : listed + place + len(value)] = value
    if local is not None:
        head = content.index(raw) - 30
        assert content[head : head + 4] == b"PK\x03\x04", name
        content[head + local : head + local + len(value)] = value
    return io.BytesIO(bytes(content))
