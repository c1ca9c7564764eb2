"""Who has texts to say. A room that shows texts registers what its lines are; nothing here knows lessons."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One line as it stands on screen, and its sentences: pieces of the text in order, with one space between."""

    text: str
    sentences: tuple[str, ...]
    language: str = "nl"


@dataclass(frozen=True)
class Source:
    """The texts of one kind.

    names: of everything there is now to say, each with the prefix of this source.
    lines: what one of them says now; None when it is no more.
    """

    prefix: str
    names: Callable[[], Iterable[str]]
    lines: Callable[[str], Sequence[Line] | None]


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Take in a source. Raises ValueError when its prefix is there already."""
    if source.prefix in _sources:
        raise ValueError(f"{source.prefix} is registered already")
    _sources[source.prefix] = source


def source_of(name: str) -> Source | None:
    """The source of this name."""
    return next((source for prefix, source in _sources.items() if name.startswith(prefix)), None)


def all_names() -> list[str]:
    """Everything there is now to say."""
    return [name for source in _sources.values() for name in source.names()]
