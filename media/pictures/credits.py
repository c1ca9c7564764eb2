"""Who made what can be seen and heard here: from a data file, and from what authors said of their photos."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from wagtail.models import ReferenceIndex

from media.models import Picture

_FILE = Path(__file__).parent.parent / "credits.yaml"


@dataclass(frozen=True)
class Credit:
    """One part: what it is called, who made it, under which licence, and where it is found."""

    name: str
    maker: str
    licence: str
    source: str = ""


@dataclass(frozen=True)
class Group:
    """Parts of one kind, with the pictogram that stands beside it."""

    name: str
    picture: str
    parts: tuple[Credit, ...]


@cache
def fixed_credits() -> tuple[Group, ...]:
    """What comes with Kortwijs."""
    groups = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(
        Group(group["group"], group["picture"], tuple(Credit(**part) for part in group["parts"])) for group in groups
    )


def photo_credits() -> list[Credit]:
    """Of each photo that a published lesson shows: its maker, or that it was made by an author here."""
    photos = list(Picture.objects.order_by("title", "pk"))
    counts = ReferenceIndex.get_count_references_to_in_bulk(photos) if photos else {}
    return list(
        dict.fromkeys(
            Credit(photo.alt or photo.title, photo.maker or "Een schrijver van Kortwijs", licence, photo.source)
            for photo in photos
            if counts.get(photo) and (licence := photo.get_licence_display())
        )
    )
