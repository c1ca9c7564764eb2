"""A course path as one learner can look at it: its lessons in order, how far they are, and what comes next."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from courses.models import CoursePath, PathLesson, PathPage
from learning.completion import Status
from learning.models import OwnRoute
from learning.proposal import pictogram_of, title_of
from learning.queries import Line, Stop
from modules.curriculum.coming import MINUTES


@dataclass(frozen=True)
class PathStop:
    """One lesson of a path. `stop` is None for one that the site does not have yet."""

    number: int
    lesson: PathLesson
    stop: Stop | None
    when: str = ""

    @property
    def title(self) -> Mapping[str, str]:
        return title_of(self.lesson.module, self.stop)

    @property
    def pictogram(self) -> str:
        return pictogram_of(self.lesson.module, self.stop)

    @property
    def coming(self) -> bool:
        return self.stop is None or self.stop.coming

    @property
    def done(self) -> bool:
        return self.stop is not None and self.stop.passed

    @property
    def busy(self) -> bool:
        return self.stop is not None and self.stop.status is Status.BUSY and not self.coming

    @property
    def minutes(self) -> int:
        """As long as it is not written, what a lesson takes."""
        return self.stop.module.minutes if self.stop else MINUTES


@dataclass(frozen=True)
class PagePlace:
    """An own page of a teacher between the lessons; how far anyone is in it is kept nowhere."""

    page: PathPage
    when: str = ""


@dataclass(frozen=True)
class Walk:
    """One path with this learner's own progress. `route`: what they follow now, if anything.

    stops: its lessons. entries: these with the own pages between them.
    """

    path: CoursePath
    stops: list[PathStop]
    route: OwnRoute | None
    entries: list[PathStop | PagePlace] = field(default_factory=list)

    @property
    def required(self) -> list[PathStop]:
        """What belongs to it, without the extra lessons."""
        return [stop for stop in self.stops if stop.lesson.required]

    @property
    def done(self) -> list[PathStop]:
        return [stop for stop in self.required if stop.done]

    @property
    def is_done(self) -> bool:
        """All that belongs to it is done: there is a credential for it."""
        return bool(self.required) and len(self.done) == len(self.required)

    @property
    def minutes(self) -> int:
        """All that belongs to it, together."""
        pages = (entry.page for entry in self.entries if isinstance(entry, PagePlace))
        return sum(stop.minutes for stop in self.required) + sum(page.minutes for page in pages if page.required)

    @property
    def began(self) -> bool:
        return any(stop.done or stop.busy for stop in self.stops)

    @property
    def next(self) -> PathStop | None:
        """What one was busy with last, else the first to do; what belongs to it goes before what is extra."""
        return _next_of(self.required) or _next_of(self.stops)

    @property
    def is_followed(self) -> bool:
        """The own route is this path as it is now; that of an organisation always is (decision 0038)."""
        if not self._is_own or self.route is None:
            return False
        return self.path.organisation_id is not None or self.route.lessons == self.path.required_codes

    @property
    def has_changed(self) -> bool:
        """The own route is this path as it was."""
        return self._is_own and not self.is_followed

    @property
    def leaves_another(self) -> bool:
        """Following it would end another route."""
        return self.route is not None and not self._is_own

    @property
    def _is_own(self) -> bool:
        return self.route is not None and self.route.path_id == self.path.pk


def _next_of(stops: list[PathStop]) -> PathStop | None:
    todo = [stop for stop in stops if not stop.coming and not stop.done]
    busy = [stop for stop in todo if stop.busy]
    if busy:
        return max(busy, key=lambda one: one.stop.progress.saved_at if one.stop and one.stop.progress else 0)
    return todo[0] if todo else None


def walk_of(path: CoursePath, line: Line, route: OwnRoute | None, starts_on: date | None = None) -> Walk:
    """This path on this learner's line, of which week 1 begins on a day, if that is known.

    What comes first its order says, so no lesson says so again.
    """
    there = {stop.module.code: replace(stop, needs=()) for stop in line.stops}
    stops, entries = list[PathStop](), list[PathStop | PagePlace]()
    for item in path.items:
        when = item.when(path.pace, starts_on)
        if isinstance(item, PathLesson):
            stops.append(PathStop(len(stops) + 1, item, there.get(item.module), when))
            entries.append(stops[-1])
        else:
            entries.append(PagePlace(item, when))
    return Walk(path, stops, route, entries)


@dataclass(frozen=True)
class HomeLine:
    """What home shows below what is done. `first`: what comes next, where no path that is shown whole holds it.

    entries: those paths, without what is done. ahead, aside: lessons that are left and on none of them.
    """

    first: Stop | None
    entries: list[PathStop | PagePlace]
    ahead: list[tuple[int, Stop]]
    aside: list[Stop]


def home_line(paths: Sequence[tuple[CoursePath, date | None]], line: Line) -> HomeLine:
    """These paths, each with the day on which it begins, on this learner's line.

    Each lesson stands there once, numbered on from what is done.
    """
    held = {code for path, _ in paths for code in path.codes}
    first = line.next if line.next and line.next.module.code not in held else None
    number = len(line.done) + bool(first)
    entries, codes = list[PathStop | PagePlace](), set[str]()
    for path, starts_on in paths:
        for entry in walk_of(path, line, None, starts_on).entries:
            if isinstance(entry, PagePlace):
                entries.append(entry)
            elif not entry.done and entry.lesson.module not in codes:
                codes.add(entry.lesson.module)
                entries.append(replace(entry, number=number + len(codes)))
    ahead = [stop for stop in line.ahead if stop.module.code not in held]
    aside = [stop for stop in line.aside if stop.module.code not in held]
    return HomeLine(first, entries, list(enumerate(ahead, number + len(codes) + 1)), aside)
