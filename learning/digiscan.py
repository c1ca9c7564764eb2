"""What a filled-in digiscan says to its owner, for the page, the document, the picture and a desk alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.template.defaultfilters import date as in_dutch
from django.utils import timezone

from assessments.models import QuestionnaireAnswers
from assessments.questionnaires import Questionnaire, questionnaire
from learning.models import DeskMessage
from learning.proposal import ProposedLesson, proposed
from learning.queries import Line
from modules.front_door import FrontDoor, Region
from people.models import User

CODE = "digiscan"
Text = Mapping[str, str]


@dataclass(frozen=True)
class Point:
    """One statement with its points. `short` is what it is called in a result, `basic` that safety asks for it."""

    id: str
    short: str
    text: Text
    points: int
    most: int
    basic: bool


@dataclass(frozen=True)
class Advice:
    """What to do, with lessons that open at once or come later."""

    text: Text
    lessons: list[ProposedLesson]


@dataclass(frozen=True)
class Scan:
    """One filled-in digiscan, as it was stored; statements in the words of today's file."""

    row: QuestionnaireAnswers
    form: Questionnaire

    @property
    def level(self) -> Mapping[str, Any]:
        """Its id, name and meaning."""
        found: Mapping[str, Any] = self.row.result["level"]
        return found

    @property
    def total(self) -> int:
        return int(self.row.result["points"])

    @property
    def most(self) -> int:
        return int(self.row.result["most"])

    @property
    def made_on(self) -> date:
        return timezone.localdate(self.row.received_at)

    @cached_property
    def points(self) -> list[Point]:
        """Every statement that counts, in the order of the file."""
        basic = {rule.item for rule in self.form.floor}
        given: Mapping[str, int] = self.row.result["items"]
        return [
            Point(item.id, item.short or item.text["standaard"], item.text, given[item.id], item.most, item.id in basic)
            for item in self.form.items
            if item.id in given
        ]

    @property
    def strongest(self) -> Point | None:
        """The first of the highest; None where everything is still to begin."""
        return max((point for point in self.points if point.points), key=lambda point: point.points, default=None)

    @property
    def weakest(self) -> Point | None:
        """The first of the lowest, basic safety before the rest; None where nothing is left to win."""
        left = [point for point in self.points if point.points < point.most]
        return min(left, key=lambda point: (point.points, not point.basic), default=None)

    def advice(self, line: Line) -> list[Advice]:
        """All that there is to do, basic safety first; each lesson once."""
        parts = sorted(self.row.result["advice"], key=lambda part: part["because"] != "floor")
        named: set[str] = set()
        found = []
        for part in parts:
            fresh = [lesson for lesson in part["lessons"] if lesson["code"] not in named]
            named |= {lesson["code"] for lesson in fresh}
            found.append(Advice(part["text"], proposed(fresh, line)))
        return found

    @property
    def has_floor(self) -> bool:
        """Something of the basic safety is not there yet."""
        return any(part["because"] == "floor" for part in self.row.result["advice"])

    @property
    def alt(self) -> str:
        """The picture in words; the numbers themselves stand in the table."""
        said = [f"Staven per stelling, van 0 tot 3. Samen {self.total} van {self.most}."]
        if strong := self.strongest:
            said.append(f"Sterkste: {strong.short}, {strong.points} van {strong.most}.")
        if weak := self.weakest:
            said.append(f"Zwakste: {weak.short}, {weak.points} van {weak.most}.")
        return " ".join(said)

    def chart(self, *, dark: bool = False) -> dict[str, object]:
        """The data of the picture."""
        bars = [{"label": point.short, "points": point.points, "basic": point.basic} for point in self.points]
        return {"bars": bars, "dark": dark}


@dataclass(frozen=True)
class Earlier:
    """An earlier result, and how many points came or went until the next; None where the questions changed."""

    scan: Scan
    difference: int | None

    @property
    def in_words(self) -> str:
        if self.difference is None:
            return "andere vragen"
        if not self.difference:
            return "evenveel"
        points = "punt" if abs(self.difference) == 1 else "punten"
        return f"{abs(self.difference)} {points} {'meer' if self.difference > 0 else 'minder'} dan de keer ervoor"


def rows_of(user: User) -> QuerySet[QuestionnaireAnswers]:
    """The digiscans of this person, the last first; nobody else is asked for them."""
    own = QuestionnaireAnswers.objects.filter(user=user, questionnaire=CODE)
    return own.order_by("-received_at", "-made_at")


def scan_of(row: QuestionnaireAnswers) -> Scan:
    """What is stored, readable."""
    return Scan(row, questionnaire(CODE))


def history(user: User) -> list[Earlier]:
    """All results, the last first, each with the difference to the one before it."""
    rows = list(rows_of(user))
    pairs = zip(rows, [*rows[1:], None], strict=True)
    return [Earlier(scan_of(row), _difference(row, before)) for row, before in pairs]


def _difference(row: QuestionnaireAnswers, before: QuestionnaireAnswers | None) -> int | None:
    if before is None or before.version != row.version:
        return None
    return int(row.result["points"]) - int(before.result["points"])


def sent_of(user: User, scan: Scan) -> list[DeskMessage]:
    """What its owner sent of this result, and when."""
    return list(DeskMessage.objects.filter(user=user, scan=scan.row.pk))


@dataclass(frozen=True)
class Letter:
    """What goes to a desk, word for word."""

    subject: str
    text: str


def letter_of(scan: Scan, region: Region, *, firm: str = "", contact: str = "") -> Letter:
    """The message to a desk; with nothing in it than what its owner reads on the page that sends it."""
    day = in_dutch(scan.made_on, "j F Y")
    lines = [f"Digiscan van {firm or 'een bedrijf'}, {day}.", f"Regio: {region.name}.", ""]
    lines += [f"Niveau: {scan.level['name']['standaard']}, {scan.total} van {scan.most} punten."]
    if strong := scan.strongest:
        lines.append(f"Sterkste punt: {strong.short}, {strong.points} van {strong.most}.")
    if weak := scan.weakest:
        lines.append(f"Zwakste punt: {weak.short}, {weak.points} van {weak.most}.")
    lines += ["", "Punten per stelling, van 0 tot 3:"]
    lines += [f"{point.points}  {point.text['standaard']}" for point in scan.points]
    lines += ["", f"Contact: {contact}" if contact else "De ondernemer liet geen contactgegevens achter."]
    lines += ["", "De ondernemer stuurde dit zelf, met Kortwijs."]
    return Letter(f"Digiscan van {firm or 'een bedrijf'}", "\n".join(lines) + "\n")


def document_of(
    scan: Scan, line: Line, *, firm: str, region: Region | None, door: FrontDoor, picture: bytes
) -> dict[str, Any]:
    """The data of the document."""
    return {
        "title": f"De digiscan van {firm}" if firm else "De digiscan van je bedrijf",
        "date": scan.made_on,
        "day": in_dutch(scan.made_on, "j F Y"),
        "level": scan.level["name"]["standaard"],
        "meaning": scan.level["meaning"]["standaard"],
        "total": scan.total,
        "most": scan.most,
        "strongest": _point(scan.strongest),
        "weakest": _point(scan.weakest),
        "has_floor": scan.has_floor,
        "advice": [
            {
                "text": advice.text["standaard"],
                "lessons": [
                    lesson.title["standaard"] + (" (komt nog)" if lesson.coming else "") for lesson in advice.lessons
                ],
            }
            for advice in scan.advice(line)
        ],
        "door": _door(region) if region else None,
        "also": [{"title": help.title, "names": list(help.names)} for help in door.also] if region else [],
        "picture": picture.decode(),
        "alt": scan.alt,
        "points": [_point(point) for point in scan.points],
    }


def _point(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"text": point.text["standaard"], "points": point.points, "most": point.most, "basic": point.basic}


def _door(region: Region) -> dict[str, Any]:
    return {
        "region": region.name,
        "desk": region.desk,
        "does": region.does["standaard"],
        "behind": list(region.behind),
        "checked": in_dutch(region.checked_on, "j F Y"),
        "verified": region.verified,
        "old": region.is_old,
    }
