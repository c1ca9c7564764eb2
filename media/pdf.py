"""Documents as PDF that a screen reader can read (PDF/UA-1), and drawings as SVG, from templates and data.

A template is a Typst file in the folder `typst/` of a room, named as `<room>/<name>.typ`. It begins with
`#import "document.typ": data, paper`; data arrive as values, never as Typst, so that whatever someone typed stands
there literally. The same data give the same bytes: nothing is asked of the clock, the machine's fonts or the network.
Why Typst: docs/decisions/0020-typst.md.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, Literal

import typst
from django.conf import settings
from django.template.utils import get_app_template_dirs

FONTS = settings.BASE_DIR / "var" / "document_fonts"  # bin/make_fonts.py; without them Typst's own serve
DOCUMENT = Path(__file__).parent / "typst" / "document.typ"
STAND_IN = "□"

# Scripts of which the fonts, ours and those inside Typst, have the common letters.
_SHOWN = re.compile(r"[\n\t\x20-\x7e\xa0-\u024f\u0370-\u03ff\u0400-\u045f\u05d0-\u05ea\u0621-\u064a‐-…‹›€←-→□]")
_SURELY_SHOWN = re.compile(r"[\n\x20-\x7e\xa1-\xac\xae-\xff‘’“”–—…€□]")


def render_pdf(template: str, data: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) from `template` ('learning/digiscan.typ') and plain data.

    `data` must hold 'title', for the window and the first heading, and 'date' (a date), which is all that dates the
    document. Raises KeyError without them or for a template that is not there, ValueError for what is no date.
    """
    day = data["date"]
    if isinstance(day, datetime) or not isinstance(day, date):
        raise ValueError("a document is dated by a date of its data")
    if not str(data["title"]).strip():
        raise ValueError("a document has a title")
    made_at = datetime.combine(day, time(12), UTC)
    return _compile(template, data, "pdf", {"pdf_standards": ["ua-1"], "timestamp": made_at})


def draw_svg(template: str, data: Mapping[str, Any]) -> bytes:
    """A drawing as SVG, letters drawn as shapes, without scripts. Raises KeyError for a template that is not there."""
    return _compile(template, data, "svg", {})


def draw_png(template: str, data: Mapping[str, Any]) -> bytes:
    """The same as PNG, twice as many pixels as points. Raises KeyError for a template that is not there."""
    return _compile(template, data, "png", {"ppi": 144.0})


def _compile(
    template: str, data: Mapping[str, Any], form: Literal["pdf", "svg", "png"], options: dict[str, Any]
) -> bytes:
    files = {"main.typ": _found(template).read_bytes(), "document.typ": DOCUMENT.read_bytes()}

    def run(fitted: Callable[[str], str]) -> bytes:
        inputs = {"data": json.dumps(_fit(data, fitted), ensure_ascii=False)}
        made = typst.compile(
            files, format=form, sys_inputs=inputs, font_paths=[str(FONTS)], ignore_system_fonts=True, **options
        )
        assert isinstance(made, bytes)
        return made

    try:
        return run(_literal)
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
    try:
        return run(_in(_SHOWN))
    except typst.TypstError:
        return run(_in(_SURELY_SHOWN))


def _found(template: str) -> Path:
    for folder in get_app_template_dirs("typst"):
        file = Path(folder) / template
        if file.is_file() and file.resolve().is_relative_to(Path(folder).resolve()):
            return file
    raise KeyError(template)


def _literal(text: str) -> str:
    """As it is, without control characters, which no letter shows."""
    return "".join(letter for letter in text if letter in "\n\t" or unicodedata.category(letter) not in ("Cc", "Cs"))


def _in(letters: re.Pattern[str]) -> Callable[[str], str]:
    """What no font can show becomes a box, so that one emoji does not keep someone from their document."""
    return lambda text: "".join(letter if letters.match(letter) else STAND_IN for letter in _literal(text))


def _fit(value: Any, fitted: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return fitted(value)
    if isinstance(value, Mapping):
        return {str(name): _fit(inner, fitted) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_fit(inner, fitted) for inner in value]
    return value.isoformat() if isinstance(value, date) else value
