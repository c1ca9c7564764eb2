"""Our own drawings: pictograms (48 by 48, one idea each) and scenes (a few pictures for one screen).

A pictogram is a file in media/pictograms, a scene one in media/scenes; the name of the file is its name.
"""

import re
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent
_SVG = re.compile(r'<svg [^>]*viewBox="([^"]+)">(.*)</svg>', re.DOTALL)

# What an author may put beside a text: the other pictograms are parts of the interface.
CONTENT_PICTOGRAMS = (
    "ai",
    "bars",
    "bel",
    "book",
    "build",
    "city",
    "clock",
    "doc",
    "ear",
    "erase",
    "euro",
    "eye",
    "eyeoff",
    "group",
    "hand",
    "heart",
    "huis",
    "key",
    "letter",
    "lock",
    "next",
    "office",
    "person",
    "phone",
    "plant",
    "plate",
    "q",
    "scale",
    "scan",
    "school",
    "search",
    "shop",
    "speaker",
    "talk",
    "truck",
    "work",
    "x",
    "check",
)


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
