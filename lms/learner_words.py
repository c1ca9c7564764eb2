"""Texts of learners' screens that stand in no template or script in one piece: labels, counts, words handed to a part.

What is put together of them ('5 minuten · nog doen', 'Eerst: Wat is AI?') the player says piece by piece.
"""

import re
from collections.abc import Iterator, Mapping

from django.conf import settings

from courses.models import Group
from language.files import FilesError
from learning.completion import Status
from learning.models import LessonReport, PlanOutcome, ReviewChoice
from media.pictures.credits import fixed_credits
from modules.curriculum.coming import planned_lessons
from modules.front_door import FrontDoor, front_door
from people.join_codes import WHICH
from people.pictures import OFFER, PICTURES

MOST = 20
PIECES = (
    "Eerst:", "Vandaag:", "Vervang door:", "Hier ben je", "Herhalen staat aan", "Even bewaren…", "Volgende kaart",
    "Haal weg", "Bedoel je:", "Elk vak", "Iedereen",
    *(f"Het {which} woord zit niet in onze codes." for which in WHICH), "Wacht even.",
    "Goed gedaan.", "Gelukt.", "Alles staat nu bij elkaar.", "Vraag je docent om een nieuwe code.",
    "Vraag op je werk om een nieuwe code.", "Speel", "Weer", "Trager", "Het geluid komt zo.", "is basisveiligheid.",
)  # fmt: skip
CHOICES = (Status, ReviewChoice.Reminder, LessonReport.Kind, PlanOutcome.Outcome, Group)
_HANDED = re.compile(r'{% include [^%]*? with [^%]*?\b(?:text|label|finish)="([^"]+)"')


def words_in_code() -> list[str]:
    """Each as it stands on a screen, or as a piece of what stands there."""
    labels = [str(label) for choices in CHOICES for label in choices.labels]
    return [
        *PIECES,
        OFFER,
        *labels,
        *(one.label for one in PICTURES),
        *_handed(),
        *_coming(),
        *_desks(),
        *_credits(),
        *_counts(),
    ]


def _handed() -> Iterator[str]:
    """What a template gives to a part of it."""
    for room in settings.ROOMS:
        for file in sorted((settings.BASE_DIR / room).glob("templates/**/*.html")):
            yield from _HANDED.findall(file.read_text(encoding="utf-8"))


def _coming() -> Iterator[str]:
    """The titles of lessons that are announced."""
    for entry in planned_lessons().values():
        yield from entry["title"].values()


def _door() -> FrontDoor:
    """The front door; an empty one when its file is not right, of which the site itself tells."""
    try:
        return front_door()
    except FilesError:
        return FrontDoor(())


def _desks() -> Iterator[str]:
    """What the front door names."""
    door = _door()
    for region in door.regions:
        yield from (region.name, region.desk, *region.behind, f"Loket voor {region.name}")
    for help_ in door.also:
        yield from (help_.title, *help_.names)


def desk_twins() -> Iterator[Mapping[str, str]]:
    """What each desk does, and what is said beside whom to ask."""
    door = _door()
    yield from (region.does for region in door.regions)
    yield from (help_.note for help_ in door.also if help_.note)


def _credits() -> Iterator[str]:
    """What the page of makers names."""
    for group in fixed_credits():
        yield group.name
        for part in group.parts:
            yield from (part.name, part.maker, part.licence)


def _counts() -> Iterator[str]:
    for number in range(1, MOST + 1):
        yield from (f"{number}", f"{number} lessen.", f"{number} vragen", f"Nog {number} minuten")
    yield from ("1 les", "1 les.", "1 vraag", "1 minuut", "Nog 1 minuut")
