"""Reads of what one learner did: their own eyes only."""

from collections.abc import Collection
from dataclasses import dataclass

from learning.completion import Status, status_of
from learning.models import HelpRequest, Progress
from modules.choices import Track
from modules.models import ModulePage
from modules.queries import catalogue, prerequisites
from people.models import User


@dataclass(frozen=True)
class Stop:
    """One module on the learner's line: what it is and how far they are."""

    module: ModulePage
    progress: Progress | None
    needs: tuple[ModulePage, ...] = ()  # to do first, and not done yet

    @property
    def status(self) -> Status:
        return status_of(self.progress)

    @property
    def coming(self) -> bool:
        """Announced, but not there yet."""
        return not self.module.live

    @property
    def new_steps(self) -> list[int]:
        """The numbers of the steps that came after the learner was done; done stays done."""
        if self.progress is None or self.status is not Status.DONE:
            return []
        return [number for number, step in enumerate(self.module.step_ids, 1) if step not in self.progress.seen]

    @property
    def first_twin(self) -> dict[str, str] | None:
        """The titles of what is better done first, in both variants."""
        if not self.needs or self.status is Status.DONE:
            return None
        titles = [module.title_twin for module in self.needs]
        return {variant: " · ".join(title[variant] or title["standaard"] for title in titles) for variant in titles[0]}

    @property
    def minutes_left(self) -> int:
        """What is left of the lesson's minutes, at least 1, in proportion to the steps."""
        if self.progress is None:
            return self.module.minutes
        left = 1 - (self.progress.step_number - 1) / self.progress.step_count
        return max(1, round(self.module.minutes * left))


@dataclass(frozen=True)
class Line:
    """All modules in order, and which comes next."""

    stops: list[Stop]

    @property
    def next(self) -> Stop | None:
        """What one was busy with last; else the first that is not done."""
        busy = [stop for stop in self.stops if stop.status is Status.BUSY and not stop.coming and stop.progress]
        if busy:
            return max(busy, key=lambda stop: stop.progress.saved_at if stop.progress else 0)
        return next((stop for stop in self.stops if stop.status is Status.NOT_STARTED and not stop.coming), None)

    @property
    def done(self) -> list[Stop]:
        return [stop for stop in self.stops if stop.status is Status.DONE]

    @property
    def open(self) -> list[Stop]:
        """What can be taken now."""
        return [stop for stop in self.stops if not stop.coming]

    @property
    def others(self) -> list[Stop]:
        """What is left after the next one."""
        return [stop for stop in self.stops if stop.status is not Status.DONE and stop != self.next]

    @property
    def saved_at(self) -> object:
        """When the server last kept something of this learner."""
        return max((stop.progress.saved_at for stop in self.stops if stop.progress), default=None)


def by_track(stops: list[Stop]) -> list[tuple[Track, list[Stop]]]:
    """These stops per track, in the order of the catalogue; tracks without any are left out."""
    tracks = ((track, [stop for stop in stops if stop.module.track == track.value]) for track in Track)
    return [(track, found) for track, found in tracks if found]


def line_of(user: User | None) -> Line:
    """Every module with this learner's own progress and what is to be done first; three queries."""
    progress = {row.module: row for row in Progress.objects.filter(user=user)} if user else {}
    done = {code for code, row in progress.items() if row.status is Status.DONE}
    modules = {module.pk: module for module in catalogue()}
    needed = prerequisites()

    def stop(module: ModulePage) -> Stop:
        first = (modules[pk] for pk in needed.get(module.pk, []) if pk in modules)
        return Stop(module, progress.get(module.code), tuple(other for other in first if other.code not in done))

    return Line([stop(module) for module in modules.values()])


def progress_in(user: User, module: str) -> Progress | None:
    """Where this learner is in a module; None too for a learner who is not saved yet."""
    return Progress.objects.filter(user_id=user.pk, module=module).first()


def statuses_of(user_ids: Collection[int]) -> dict[int, dict[str, Status]]:
    """Per learner and module how far they are; what is not there is not started. The caller limits whose."""
    found: dict[int, dict[str, Status]] = {}
    for row in Progress.objects.filter(user__in=user_ids).only("user_id", "module", "completed_at"):
        found.setdefault(row.user_id, {})[row.module] = status_of(row)
    return found


def help_requests_of(user_ids: Collection[int]) -> dict[int, HelpRequest]:
    """Who of these learners asks for help. The caller limits whose."""
    return {request.user_id: request for request in HelpRequest.objects.filter(user__in=user_ids)}
