"""An .h5p file: opened and checked as a whole before anything of it is written.

Format: h5p.org/specification and h5p.org/documentation/developers/json-file-definitions.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import IO, Any

from media.h5p.core.archive import Archive
from media.h5p.core.code import runs_text_as_code, sites_of_style
from media.h5p.core.content import Hint, clean_texts, hints_in, libraries_in, sites_in
from media.h5p.core.content_types import NOT_KEPT, check_extension, clean_file
from media.h5p.core.errors import Code, PackageError
from media.h5p.core.libraries import Library, LibraryName, dependencies, in_order
from media.h5p.core.limits import DEFAULT, PLAYER_CORE_API, Limits
from media.h5p.core.names import extension_of, plain, shown
from media.h5p.core.parsing import parse_json
from media.h5p.core.shapes import check_shape

H5P_JSON, CONTENT_JSON, LIBRARY_JSON = "h5p.json", "content/content.json", "library.json"
_CONTENT = "content"


@dataclass(frozen=True, slots=True)
class Description:
    """What can be said of a package before it is played."""

    title: str
    language: str
    """A language tag; 'und' when the package does not say."""
    main: LibraryName
    licence: str
    makers: tuple[str, ...]
    files: int
    bytes: int
    """Of the content alone."""
    sites: tuple[str, ...]
    hints: tuple[Hint, ...]
    cleaned: int
    """Texts from which something that would run was taken out."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A library that is here already and may be used."""

    name: LibraryName
    patch: int
    needs: tuple[LibraryName, ...]
    may_need: tuple[LibraryName, ...]
    runnable: bool = True


@dataclass(frozen=True, slots=True)
class Resolution:
    """The libraries that a package needs, each after those that it needs itself."""

    order: tuple[LibraryName, ...]
    installed: dict[LibraryName, Installed]
    lacking: dict[LibraryName, Library]
    """In the package, checked, and not here."""
    newer: dict[LibraryName, Library]
    """Here, but the package brings a later patch."""


class Package:
    """A package of which the archive, its own description and all its content are in order.

    Its libraries are read when they are asked for: those that nobody needs, or that are here already, never are.
    """

    def __init__(
        self, file: IO[bytes], *, limits: Limits = DEFAULT, core_api: tuple[int, int] = PLAYER_CORE_API
    ) -> None:
        self.limits, self.core_api = limits, core_api
        self.archive = Archive(file, limits)
        self._folders: dict[str, list[str]] = {}
        for path in self.archive:
            folder, slash, rest = path.partition("/")
            if slash:
                check_extension(path, of_library=folder != _CONTENT)
                self._folders.setdefault(folder, []).append(rest)
        self.header = self._read_header()
        self.main = self._main_library()
        self.needs = dependencies(self.header, "preloaded")
        self.may_need = dependencies(self.header, "dynamic")
        self.parameters, self._cleaned = self._read_parameters()
        self.files = {path: len(content) for path, content in self.content_files()}
        self._libraries: dict[LibraryName, Library] = {}

    def content_files(self) -> Iterator[tuple[str, bytes]]:
        """Path in the folder content, and what is kept of the file; content.json comes cleaned."""
        for rest in self._folders[_CONTENT]:
            path = f"{_CONTENT}/{rest}"
            if path == CONTENT_JSON:
                yield rest, as_json(self.parameters)
            else:
                yield rest, clean_file(self.archive.read(path), path, self.limits)

    def library_names(self) -> tuple[LibraryName, ...]:
        """The libraries that lie in the package, whether needed or not."""
        names = (LibraryName.of_folder(folder) for folder in self._folders if folder != _CONTENT)
        return tuple(name for name in names if name and f"{name.folder}/{LIBRARY_JSON}" in self.archive)

    def library(self, name: LibraryName) -> Library:
        """A library of the package, every file of it checked. Raises PackageError for what is wrong with it."""
        if name not in self._libraries:
            self._libraries[name] = self._read_library(name)
        return self._libraries[name]

    def library_files(self, name: LibraryName) -> Iterator[tuple[str, bytes]]:
        """Path in the folder of the library, and what is kept of the file."""
        for rest in sorted(self._folders.get(name.folder, ())):
            path = f"{name.folder}/{rest}"
            if extension_of(path) in NOT_KEPT:
                continue
            yield rest, clean_file(self.archive.read(path), path, self.limits)

    @cached_property
    def description(self) -> Description:
        makers = (plain(one.get("name", ""), 200) for one in self.header.get("authors", ()))
        language = plain(self.header.get("defaultLanguage") or self.header.get("language") or "und", 20)
        return Description(
            title=plain(self.header["title"], 255) or str(self.main),
            language="und" if language == "zxx" else language,
            main=self.main,
            licence=plain(self.header.get("license") or "", 100),
            makers=tuple(maker for maker in makers if maker),
            files=len(self.files),
            bytes=sum(self.files.values()),
            sites=sites_in(self.parameters),
            hints=hints_in(self.parameters),
            cleaned=self._cleaned,
        )

    def _read_header(self) -> Any:
        if H5P_JSON not in self.archive:
            raise PackageError(Code.NO_H5P_JSON, H5P_JSON)
        header = parse_json(self.archive.read(H5P_JSON), H5P_JSON, self.limits)
        check_shape("h5p", header, H5P_JSON, Code.H5P_JSON)
        return header

    def _main_library(self) -> LibraryName:
        wanted = self.header["mainLibrary"]
        found = [name for name in dependencies(self.header, "preloaded") if name.machine_name == wanted]
        if not found:
            raise PackageError(Code.H5P_JSON, H5P_JSON, field="mainLibrary", rule="dependency")
        return max(found)

    def _read_parameters(self) -> tuple[Any, int]:
        if CONTENT_JSON not in self.archive:
            raise PackageError(Code.NO_CONTENT, CONTENT_JSON)
        parameters = parse_json(self.archive.read(CONTENT_JSON), CONTENT_JSON, self.limits)
        if not isinstance(parameters, dict):
            raise PackageError(Code.NOT_JSON, CONTENT_JSON)
        return clean_texts(parameters)

    def _read_library(self, name: LibraryName) -> Library:
        path = f"{name.folder}/{LIBRARY_JSON}"
        said = parse_json(self.archive.read(path), path, self.limits)
        check_shape("library", said, path, Code.LIBRARY_JSON)
        if LibraryName.of_json(said) != name:
            raise PackageError(Code.LIBRARY_FOLDER, name.folder, says=LibraryName.of_json(said).folder)
        self._check_core(said, name, path)
        files, digest, runs_text, sites = {}, hashlib.sha256(), False, set[str]()
        for rest, content in self.library_files(name):
            files[rest] = len(content)
            digest.update(f"{rest}\0{hashlib.sha256(content).hexdigest()}\n".encode())
            runs_text = runs_text or (extension_of(rest) == "js" and runs_text_as_code(content))
            sites |= sites_of_style(content) if extension_of(rest) == "css" else set()
        for kind in ("preloadedJs", "preloadedCss"):
            for item in said.get(kind, ()):
                _check_code(item["path"], files, name)
        return Library(
            name=name,
            patch=int(said["patchVersion"]),
            title=plain(said["title"], 255) or str(name),
            runnable=str(int(said["runnable"])) == "1",
            needs=dependencies(said, "preloaded"),
            may_need=dependencies(said, "dynamic"),
            files=files,
            digest=digest.hexdigest(),
            sites=tuple(sorted(sites))[:50],
            runs_text_as_code=runs_text,
        )

    def _check_core(self, said: Any, name: LibraryName, path: str) -> None:
        if api := said.get("coreApi"):
            asked = int(api["majorVersion"]), int(api["minorVersion"])
            if asked > self.core_api:
                raise PackageError(
                    Code.CORE_TOO_OLD,
                    path,
                    library=str(name),
                    asked=".".join(map(str, asked)),
                    has=".".join(map(str, self.core_api)),
                )


def resolve(package: Package, find: Callable[[LibraryName], Installed | None]) -> Resolution:
    """Which libraries play the package: those that are here, and those that it must bring.

    `find` gives the library of a name that may be used; it goes before what the package brings. Raises PackageError
    when one is nowhere, when they need each other in a circle, or when the main one cannot be played by itself.
    """
    installed: dict[LibraryName, Installed] = {}
    lacking: dict[LibraryName, Library] = {}
    newer: dict[LibraryName, Library] = {}
    inside = set(package.library_names())

    def known(name: LibraryName, asked_by: str) -> Installed | Library:
        if name in installed or name in lacking:
            return installed.get(name) or lacking[name]
        if here := find(name):
            installed[name] = here
            if name in inside and (brought := package.library(name)).patch > here.patch:
                newer[name] = brought
            return here
        if name not in inside:
            raise PackageError(Code.DEPENDENCY_MISSING, asked_by, library=str(name))
        lacking[name] = package.library(name)
        return lacking[name]

    roots = list(dict.fromkeys([*package.needs, *package.may_need, *libraries_in(package.parameters)]))
    waiting, seen = [(name, H5P_JSON) for name in roots], set(roots)
    while waiting:
        name, asked_by = waiting.pop()
        library = known(name, asked_by)
        for following in (*library.needs, *library.may_need):
            if following not in seen:
                seen.add(following)
                waiting.append((following, f"{name.folder}/{LIBRARY_JSON}"))
    if not known(package.main, H5P_JSON).runnable:
        raise PackageError(Code.NOT_RUNNABLE, H5P_JSON, library=str(package.main))
    order = in_order(sorted(seen), lambda name: known(name, H5P_JSON).needs)
    return Resolution(tuple(order), installed, lacking, newer)


def header_for_player(package: Package, order: Iterable[LibraryName]) -> bytes:
    """h5p.json with the libraries that are really there: the main one first, nothing for an editor."""
    kept = {key: value for key, value in package.header.items() if not key.endswith("Dependencies")}
    needed = [name.as_json() for name in dict.fromkeys((package.main, *order))]
    return as_json({**kept, "preloadedDependencies": needed})


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _check_code(path: str, files: dict[str, int], name: LibraryName) -> None:
    where = f"{name.folder}/{LIBRARY_JSON}"
    if "//" in path or ":" in path:
        raise PackageError(Code.REMOTE_CODE, where, file=shown(path))
    if path.split("?")[0] not in files:
        raise PackageError(Code.CODE_MISSING, where, file=shown(path))
