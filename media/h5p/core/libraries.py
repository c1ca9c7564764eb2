"""Libraries: the code that plays a package. Their names, what they need, and what one holds."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Self

from media.h5p.core.errors import Code, PackageError

_FOLDER = re.compile(r"([A-Za-z0-9_.-]{1,100}?)-([0-9]{1,5})\.([0-9]{1,5})")
_REFERENCE = re.compile(r"([A-Za-z0-9_.-]{1,100}) ([0-9]{1,5})\.([0-9]{1,5})")


@dataclass(frozen=True, slots=True, order=True)
class LibraryName:
    """A library as others ask for it: by its name and first two numbers; any third number will do."""

    machine_name: str
    major: int
    minor: int

    @property
    def folder(self) -> str:
        return f"{self.machine_name}-{self.major}.{self.minor}"

    def __str__(self) -> str:
        return f"{self.machine_name} {self.major}.{self.minor}"

    @classmethod
    def of_folder(cls, folder: str) -> Self | None:
        match = _FOLDER.fullmatch(folder)
        return cls(match[1], int(match[2]), int(match[3])) if match else None

    @classmethod
    def of_reference(cls, text: str) -> Self | None:
        """As content.json names a library: 'H5P.Image 1.1'."""
        match = _REFERENCE.fullmatch(text)
        return cls(match[1], int(match[2]), int(match[3])) if match else None

    @classmethod
    def of_json(cls, value: Any) -> Self:
        """From an object that fits the schema."""
        return cls(value["machineName"], int(value["majorVersion"]), int(value["minorVersion"]))

    def as_json(self) -> dict[str, str | int]:
        return {"machineName": self.machine_name, "majorVersion": self.major, "minorVersion": self.minor}


@dataclass(frozen=True, slots=True)
class Library:
    """A library in a package, when all of it was read and found to be in order."""

    name: LibraryName
    patch: int
    title: str
    runnable: bool
    needs: tuple[LibraryName, ...]
    """Loaded before it."""
    may_need: tuple[LibraryName, ...]
    """Loaded when it asks."""
    files: dict[str, int]
    """Path in its folder, and bytes, of what is kept."""
    digest: str
    """SHA-256 over all that is kept: the same code has the same digest."""
    sites: tuple[str, ...]
    """Other sites that its style sheets would take something from."""
    runs_text_as_code: bool
    """It makes functions of text, as EJS does: a page with a strict policy refuses that."""

    @property
    def version(self) -> tuple[int, int, int]:
        return self.name.major, self.name.minor, self.patch

    def __str__(self) -> str:
        return f"{self.name}.{self.patch}"


def dependencies(value: Any, kind: str) -> tuple[LibraryName, ...]:
    """The libraries of 'preloaded', 'dynamic' or 'editor' dependencies."""
    return tuple(dict.fromkeys(LibraryName.of_json(item) for item in value.get(f"{kind}Dependencies", ())))


def in_order(names: Iterable[LibraryName], needs: Callable[[LibraryName], Iterable[LibraryName]]) -> list[LibraryName]:
    """Each library after those that it needs. Raises PackageError when some need each other in a circle."""
    done: dict[LibraryName, None] = {}
    for first in names:
        path: dict[LibraryName, list[LibraryName]] = {}
        waiting = [first]
        while waiting:
            name = waiting[-1]
            if name in done:
                waiting.pop()
                continue
            if name not in path:
                path[name] = [one for one in needs(name) if one not in done]
            if not path[name]:
                done[name] = None
                del path[name]
                waiting.pop()
                continue
            following = path[name].pop()
            if following in path:
                circle = [*path][[*path].index(following) :]
                raise PackageError(
                    Code.DEPENDENCY_CYCLE, name.folder, circle=" → ".join(map(str, [*circle, following]))
                )
            waiting.append(following)
    return list(done)
