"""What a startmeting proposes, as a learner can look at it: lessons that are there, and those that come."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from learning.completion import Status
from learning.queries import Line, Stop
from modules.curriculum.coming import planned_lessons

CHECK_MINUTES = 2  # what the questions of a lesson take (curriculum brief, section 2)


@dataclass(frozen=True)
class ProposedLesson:
    """One lesson of the proposal. `stop` is None for one that the site does not have yet."""

    code: str
    title: Mapping[str, str]
    pictogram: str
    stop: Stop | None
    only_check: bool
    why: Mapping[str, str] | None

    @property
    def coming(self) -> bool:
        return self.stop is None or self.stop.coming

    @property
    def done(self) -> bool:
        return self.stop is not None and (
            self.stop.status is Status.DONE or (self.only_check and self.stop.check_passed)
        )

    @property
    def minutes(self) -> int:
        """0 for what is not there yet."""
        if self.stop is None or self.coming:
            return 0
        return CHECK_MINUTES if self.only_check else self.stop.module.minutes

    @property
    def step(self) -> int | None:
        """Where to begin in it, when that is not the first step."""
        return self.stop.check_step if self.stop and self.only_check else None


@dataclass(frozen=True)
class Proposal:
    """The lessons in order, and those someone at this level needs no more."""

    lessons: list[ProposedLesson]
    met: list[Mapping[str, str]]

    @property
    def minutes(self) -> int:
        """All that can be taken now, together."""
        return sum(lesson.minutes for lesson in self.lessons if not lesson.done)


def proposal_of(result: Mapping[str, Any], line: Line) -> Proposal:
    """The proposal in a stored result, with how far the learner is."""
    stops = {stop.module.code: stop for stop in line.stops}
    return Proposal(proposed(result["lessons"], line), [title_of(code, stops.get(code)) for code in result["met"]])


def proposed(entries: Sequence[Mapping[str, Any]], line: Line) -> list[ProposedLesson]:
    """Lessons as a stored result names them, with how far the learner is."""
    stops = {stop.module.code: stop for stop in line.stops}
    return [_lesson(entry["code"], stops.get(entry["code"]), entry["only_check"], entry["why"]) for entry in entries]


def _lesson(code: str, stop: Stop | None, only_check: bool, why: Mapping[str, str] | None) -> ProposedLesson:
    return ProposedLesson(code, title_of(code, stop), pictogram_of(code, stop), stop, only_check, why)


def pictogram_of(code: str, stop: Stop | None) -> str:
    """That of the lesson, or of the plan for it."""
    return stop.module.pictogram if stop else planned_lessons().get(code, {}).get("pictogram", "book")


def title_of(code: str, stop: Stop | None) -> Mapping[str, str]:
    """That of the lesson, or of the plan for it."""
    if stop:
        return stop.module.title_twin
    unknown = {"standaard": f"Les {code}", "makkelijk": f"Les {code}"}
    title: Mapping[str, str] = planned_lessons().get(code, {}).get("title", unknown)
    return title
