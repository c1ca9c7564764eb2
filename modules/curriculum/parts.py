"""Files of other rooms that stand beside the lessons: checked, loaded and exported with them, without knowing them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from language.readability import Lexicon
from modules.curriculum.problems import Problem
from modules.curriculum.reader import Curriculum


@dataclass(frozen=True)
class Export:
    """One file to write. `name`: how it is asked for, alone or with more files. `is_there`: it says this already."""

    name: str
    file: Path
    content: bytes
    is_there: bool


@dataclass(frozen=True)
class Part:
    """What a room does with its own files in a folder of curriculum files.

    problems: all that is wrong in them. too_hard: makkelijk texts that may not go online.
    load: writes them, in the transaction of the caller, when nothing is wrong; says what changed.
    export: what the site has of them, as files in this folder.
    quality: what is not good enough to teach from, though it loads (`manage.py check_curriculum`).
    texts: what the site shows of them that may name facts and words: what it is called, and the text.
    """

    problems: Callable[[Curriculum], list[Problem]]
    too_hard: Callable[[Curriculum, Lexicon], Iterator[Problem]]
    load: Callable[[Curriculum, Callable[[str], None]], None]
    export: Callable[[Path], Iterator[Export]]
    quality: Callable[[Curriculum], Iterator[Problem]] = lambda _: iter(())
    texts: Callable[[], Iterator[tuple[str, str]]] = lambda: iter(())


_parts: list[Part] = []


def register(part: Part) -> None:
    """Called by the room that has such files, in `AppConfig.ready`."""
    if part not in _parts:
        _parts.append(part)


def parts() -> tuple[Part, ...]:
    """All that were registered."""
    return tuple(_parts)


def wrong_beside(curriculum: Curriculum) -> list[Problem]:
    """Everything wrong in the files of other rooms: with one of these, nothing is loaded."""
    return [problem for part in parts() for problem in part.problems(curriculum)]
