"""In which widths and forms a photo goes to a phone, and what each may weigh.

A photo stands over the width of the screen: 360 points of a simple phone, 720 or 1080 of a sharp one.
"""

import re
from collections.abc import Iterator
from typing import Protocol

WIDTHS = (360, 720, 1080)
BUDGETS = {360: 20_000, 720: 45_000, 1080: 80_000}
"""Most bytes of one picture in AVIF or WebP, per width (make bench-pictures)."""
QUALITIES = {"avif": (55, 40, 25), "webp": (72, 50, 28), "jpeg": (75,)}
"""How sharp a form is made; the later ones where the first weighs too much."""
TALLEST = 0.75  # height over width on a screen: more is cut off, around the focal point
FALLBACK_WIDTH = 720
_WIDTH = re.compile(r"^(?:width-|fill-)(\d+)")
_QUALITY = re.compile(r"(avif|webp)quality-(\d+)")


class Sized(Protocol):
    width: int
    height: int


def widths_for(image: Sized) -> list[int]:
    """The widths to make: none wider than the photo itself."""
    return [width for width in WIDTHS if width < image.width] + (
        [] if image.width > max(WIDTHS) else [min(image.width, max(WIDTHS))]
    )


def spec_for(image: Sized, width: int, form: str) -> str:
    """Wagtail's filter for one width and form ('avif', 'webp', 'jpeg')."""
    tall = image.height > TALLEST * image.width
    shape = f"fill-{width}x{round(width * TALLEST)}" if tall else f"width-{width}"
    return f"{shape}|format-{form}|{form}quality-{QUALITIES[form][0]}"


def budget_of(spec: str) -> int | None:
    """What a picture of this filter may weigh; None where no budget was set."""
    width, quality = _WIDTH.match(spec), _QUALITY.search(spec)
    if not width or not quality:
        return None
    return next((BUDGETS[known] for known in WIDTHS if int(width[1]) <= known), None)


def lighter_specs(spec: str) -> Iterator[str]:
    """The same filter, each time a little less sharp."""
    found = _QUALITY.search(spec)
    for quality in QUALITIES[found[1]][1:] if found else ():
        yield _QUALITY.sub(rf"\1quality-{quality}", spec)
