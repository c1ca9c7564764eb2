"""Our own drawings: pictograms (48 by 48, one idea each) and scenes (a few pictures for one screen).

A pictogram is a file in media/pictograms, a scene one in media/scenes; the name of the file is its name.
How authors find a pictogram stands in media/pictograms/names.yaml.
"""

import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

import yaml

_HERE = Path(__file__).parent
_SVG = re.compile(r'<svg [^>]*viewBox="([^"]+)">(.*)</svg>', re.DOTALL)


@dataclass(frozen=True)
class Pictogram:
    """A pictogram that authors choose: how it is called, and by which other words it is found."""

    key: str
    name: str
    group: str
    words: tuple[str, ...]


@cache
def content_pictograms() -> tuple[Pictogram, ...]:
    """What an author may put beside a text, in the order of the sheet; the others are parts of the interface."""
    named = yaml.safe_load((_HERE / "pictograms" / "names.yaml").read_text(encoding="utf-8"))
    return tuple(Pictogram(key, said["name"], said["group"], tuple(said["words"])) for key, said in named.items())


def pictogram_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Key and Dutch name of each, per group: for a list to choose from."""
    return [
        (group, [(one.key, one.name) for one in ones])
        for group, ones in groupby(content_pictograms(), key=lambda one: one.group)
    ]


@cache
def pictogram_names() -> frozenset[str]:
    """The names of all pictograms."""
    return frozenset(path.stem for path in (_HERE / "pictograms").glob("*.svg"))


@cache
def scene_names() -> tuple[str, ...]:
    """The names of all scenes, in order."""
    return tuple(sorted(path.stem for path in (_HERE / "scenes").glob("*.svg")))


@cache
def drawing(kind: str, name: str) -> tuple[str, str]:
    """The view box and the shapes of a drawing; `kind` is 'pictograms' or 'scenes'.

    Raises KeyError for a name that is not there.
    """
    known = pictogram_names() if kind == "pictograms" else scene_names()
    if name not in known:
        raise KeyError(name)
    match = _SVG.match((_HERE / kind / f"{name}.svg").read_text(encoding="utf-8"))
    if match is None:
        raise KeyError(name)
    return match[1], match[2]
