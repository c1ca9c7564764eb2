"""Reads of what one learner did: their own eyes only."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef

from assessments.models import QuestionnaireAnswers
from courses.models import CoursePath
from courses.queries import GroupPath, does_a_path, group_paths_of
from learning.completion import Status, status_of
from learning.models import Credential, HelpRequest, OwnRoute, Progress, ReviewChoice
from learning.pulse import asks_pulse
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
    only_check: bool = False  # on the own route with its questions only

    @property
    def status(self) -> Status:
        return status_of(self.progress)

    @property
    def coming(self) -> bool:
        """Announced, but not there yet."""
        return not self.module.live

    @property
    def check_step(self) -> int:
        """The number of the step where the check questions begin; 1 for a lesson without."""
        first = next(iter(self.module.check_ids), None)
        return self.module.step_ids.index(first) + 1 if first else 1

    @property
    def check_passed(self) -> bool:
        """Whether every check question was right at its last try."""
        results = self.progress.results if self.progress else {}
        ids = self.module.check_ids
        return bool(ids) and all(results.get(step) and False not in results[step].values() for step in ids)

    @property
    def passed(self) -> bool:
        """Nothing is left of it: done, or its questions are where those are all that is asked."""
        return self.status is Status.DONE or (self.only_check and self.check_passed)

    @property
    def begin_step(self) -> int | None:
        """The step to open first, where that is not simply the place one had."""
        if self.only_check and not self.passed:
            return self.check_step
        return self.new_steps[0] if self.new_steps else None

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
    """All modules in order, and which comes next.

    route: the codes of the own route, if there is one. began: whether the learner did anything at all.
    """

    stops: list[Stop]
    route: tuple[str, ...] = ()
    began: bool = False

    @property
    def next(self) -> Stop | None:
        """What one was busy with last; else the first that is not done. The own route goes before the rest."""
        open_stops = [stop for stop in self.open if not stop.passed]
        ahead = [stop for stop in open_stops if stop.module.code in self.route]
        return _next_of(ahead) or _next_of(open_stops)

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
    def ahead(self) -> list[Stop]:
        """What is left after the next one: of the own route, or of everything where there is none."""
        return [stop for stop in self.others if not self.route or stop.module.code in self.route]

    @property
    def aside(self) -> list[Stop]:
        """What is left and not on the own route."""
        return [stop for stop in self.others if self.route and stop.module.code not in self.route]

    @property
    def route_done(self) -> list[Stop]:
        """What is done of the own route."""
        return [stop for stop in self.stops if stop.module.code in self.route and stop.passed]

    def module(self, code: str) -> ModulePage | None:
        """A lesson that can be taken now, by its code."""
        return next((stop.module for stop in self.open if stop.module.code == code), None)

    @property
    def saved_at(self) -> object:
        """When the server last kept something of this learner."""
        return max((stop.progress.saved_at for stop in self.stops if stop.progress), default=None)


def _next_of(stops: list[Stop]) -> Stop | None:
    busy = [stop for stop in stops if stop.status is Status.BUSY]
    if busy:
        return max(busy, key=lambda stop: stop.progress.saved_at if stop.progress else 0)
    return stops[0] if stops else None


def by_track(stops: list[Stop]) -> list[tuple[Track, list[Stop]]]:
    """These stops per track, in the order of the catalogue; tracks without any are left out."""
    tracks = ((track, [stop for stop in stops if stop.module.track == track.value]) for track in Track)
    return [(track, found) for track, found in tracks if found]


def line_of(user: User | None, route: OwnRoute | None = None) -> Line:
    """Every module with this learner's own progress and what is to be done first; three queries.

    In the order of the catalogue; with an own route that goes first.
    """
    progress = {row.module: row for row in Progress.objects.filter(user=user)} if user else {}
    done = {code for code, row in progress.items() if row.status is Status.DONE}
    modules = {module.pk: module for module in catalogue()}
    needed = prerequisites()
    codes, checks = (tuple(route.lessons), set(route.checks)) if route else ((), set())

    def stop(module: ModulePage) -> Stop:
        # The own route has its order; what it leaves out to begin with, it leaves out on purpose.
        wanted = [] if module.code in codes else needed.get(module.pk, [])
        needs = tuple(modules[pk] for pk in wanted if pk in modules and modules[pk].code not in done)
        return Stop(module, progress.get(module.code), needs, module.code in checks)

    stops = [stop(module) for module in modules.values()]
    stops.sort(key=lambda stop: codes.index(stop.module.code) if stop.module.code in codes else len(codes))
    return Line(stops, codes, began=bool(progress))


MEASURE, MEASURE_AFTER = "startmeting", "startmeting-na"
AFTER_LESSONS = 8  # from so many lessons on the nameting is offered


@dataclass(frozen=True)
class Home:
    """What the home of a learner shows. `offer`: the measurement to offer now, '' for none.

    `assigned`: what is done with a class or team; those lessons go before the own route. `pulse`: whether the pulse may
    be asked.
    """

    line: Line
    route: OwnRoute | None
    offer: str
    measured_after: bool = False
    review_choice: ReviewChoice = field(default_factory=ReviewChoice)
    assigned: tuple[GroupPath, ...] = ()
    has_credential: bool = False
    pulse: bool = False

    @property
    def paths(self) -> list[tuple[CoursePath, date | None]]:
        """What is shown whole, with times, notes and own pages: what is done with a group, from the day on which that
        begins, and an organisation's own that is followed."""
        found = {one.path.pk: (one.path, one.starts_on) for one in self.assigned}
        own = self.route.path if self.route else None
        if own and own.organisation_id:
            found.setdefault(own.pk, (own, None))
        return list(found.values())

    @property
    def short_sessions(self) -> bool:
        return self.route is not None and "short_sessions" in self.route.marks

    @property
    def human_help(self) -> bool:
        return self.route is not None and "human_help" in self.route.marks


def home_of(user: User | None) -> Home:
    """The line with the own route in front, and whether a measurement is worth offering; one query more."""
    found = None
    if user:
        taken = QuestionnaireAnswers.objects.filter(user=OuterRef("pk"))
        found = (
            User.objects.filter(pk=user.pk)
            .select_related("own_route__path", "review_choice")
            .annotate(
                measured=Exists(taken.filter(questionnaire=MEASURE)),
                measured_after=Exists(taken.filter(questionnaire=MEASURE_AFTER)),
                does_a_path=does_a_path(),
                has_credential=Exists(Credential.objects.filter(user=OuterRef("pk"))),
                pulse=ExpressionWrapper(asks_pulse(), output_field=BooleanField()),
            )
            .only("pk", "own_route", "review_choice")
            .first()
        )
    route: OwnRoute | None = getattr(found, "own_route", None)
    if route and route.path and route.path.organisation_id:
        route.lessons = route.path.required_codes  # what a teacher changes, the learner sees (decision 0038)
    assigned = tuple(group_paths_of(user)) if user and getattr(found, "does_a_path", False) else ()
    line = line_of(user, with_group(route, assigned))
    choice = getattr(found, "review_choice", None) or ReviewChoice()
    after = bool(getattr(found, "measured_after", False))
    has_credential = bool(getattr(found, "has_credential", False))
    pulse = bool(line.done) and bool(getattr(found, "pulse", False))
    if not getattr(found, "measured", False):
        offer = "" if line.began or assigned else MEASURE
        return Home(line, route, offer, after, choice, assigned, has_credential, pulse)
    is_time = len(line.done) >= AFTER_LESSONS and not after
    return Home(line, route, MEASURE_AFTER if is_time else "", after, choice, assigned, has_credential, pulse)


def with_group(route: OwnRoute | None, assigned: Collection[GroupPath]) -> OwnRoute | None:
    """The own route behind what is done with a class or team; nothing is kept of it.

    A lesson that the own route asks only the questions of is done whole with the group.
    """
    if not assigned:
        return route
    first = list(dict.fromkeys(code for one in assigned for code in one.codes))
    own, checks = (route.lessons, route.checks) if route else ([], [])
    return OwnRoute(
        lessons=[*first, *(code for code in own if code not in first)],
        checks=[code for code in checks if code not in first],
    )


def progress_in(user: User, module: str) -> Progress | None:
    """Where this learner is in a module; None too for a learner who is not saved yet."""
    return Progress.objects.filter(user_id=user.pk, module=module).first()


def statuses_of(user_ids: Collection[int], modules: Collection[str]) -> dict[int, dict[str, Status]]:
    """Per learner how far they are in these modules; what is not there is not started. The caller limits whose."""
    found: dict[int, dict[str, Status]] = {}
    rows = Progress.objects.filter(user__in=user_ids, module__in=modules).only("user_id", "module", "completed_at")
    for row in rows.iterator(chunk_size=2000):
        found.setdefault(row.user_id, {})[row.module] = status_of(row)
    return found


def help_requests_of(user_ids: Collection[int]) -> dict[int, HelpRequest]:
    """Who of these learners asks for help. The caller limits whose."""
    return {request.user_id: request for request in HelpRequest.objects.filter(user__in=user_ids)}


def count_busy(code: str) -> int:
    """How many people began this lesson and are not done; a number for authors, who see nobody."""
    return Progress.objects.filter(module=code, completed_at=None).count()
