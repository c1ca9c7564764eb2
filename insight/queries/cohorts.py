"""What a lead sees of a cohort. Per learner only in a class of a school, and then only how far they are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from courses.models import Assignment
from courses.queries import main_assignment, other_assignments
from insight.figures import quarter_of
from insight.models import GROUP_FROM, DailyUse, PlanFigure, QuestionFigure
from insight.questions import labels_of, right_choices, title_of
from insight.suppression import is_dominated, nearest_five, told_share
from language.markup import plain
from language.queries import WordsAndFacts
from language.variant import Variant
from learning.completion import Status, status_of
from learning.queries import help_requests_of, statuses_of
from modules.models import ModulePage
from modules.queries import live_modules
from people.models import Agreement, Cohort, User
from people.queries import agreement_of, learners_per_organisation

NOT_DONE = "nog niet klaar"


@dataclass(frozen=True)
class Seat:
    """One learner of a class, with what who leads it may see: nothing else is here to be shown.

    codes: the lessons they do, which need not be those of the others. done_only: at an employer, where an agreement
    lets nothing be seen but whether a lesson is done.
    """

    user_id: int
    name: str
    statuses: dict[str, Status]
    codes: frozenset[str]
    asks_for_help: bool = False
    help_module: str = ""
    done_only: bool = False

    def status(self, module: str) -> Status:
        return self.statuses.get(module, status_of(None))

    def label(self, module: str) -> str:
        """In words; empty for a lesson that this learner does not do."""
        if module not in self.codes:
            return ""
        status = self.status(module)
        return NOT_DONE if self.done_only and status is not Status.DONE else str(status.label)

    def asks_in(self, module: str) -> bool:
        return self.asks_for_help and self.help_module == module


@dataclass(frozen=True)
class LessonRow:
    """One lesson, with how many are how far and how many ask for help in it. day: when it is on, if a path says."""

    module: ModulePage
    counts: Counter[Status]
    asking: int
    day: date | None = None

    @property
    def done(self) -> int:
        return self.counts[Status.DONE]

    @property
    def busy(self) -> int:
        return self.counts[Status.BUSY]

    @property
    def began(self) -> bool:
        """Whether anyone did something with it."""
        return bool(self.done or self.busy or self.asking)

    @property
    def todo(self) -> int:
        return self.counts[Status.NOT_STARTED]


@dataclass(frozen=True)
class ClassView:
    """A cohort as its lead sees it. `seats` is empty where nothing may be shown per person.

    modules: what the cohort does, in order; every lesson where no path was chosen. learners: how many learn in it;
    None where that number itself is too small to show. plans: the last figure about plans ('Gelukt?'); None until 10
    people answered. agreement: what opened `seats` at an employer.
    """

    cohort: Cohort
    assignment: Assignment | None
    modules: list[ModulePage]
    learners: int | None
    seats: list[Seat]
    plans: PlanFigure | None
    agreement: Agreement | None = None

    def seats_in(self, module: str) -> list[Seat]:
        """Who does this lesson."""
        return [seat for seat in self.seats if module in seat.codes]

    @property
    def rows(self) -> list[LessonRow]:
        """Every lesson with its counts."""
        days = self._days()
        return [
            LessonRow(
                module,
                Counter(seat.status(module.code) for seat in self.seats_in(module.code)),
                sum(seat.asks_in(module.code) for seat in self.seats),
                days.get(module.code),
            )
            for module in self.modules
        ]

    @property
    def asking(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.asks_for_help]

    def _days(self) -> dict[str, date | None]:
        if self.assignment is None:
            return {}
        return {lesson.module: self.assignment.day_of(lesson) for lesson in self.assignment.path.lessons.all()}


def class_view(cohort: Cohort) -> ClassView:
    """The caller made sure that who looks leads this cohort (people.queries.cohorts_led_by)."""
    main = main_assignment(cohort)
    plans = cohort.plan_figures.first()
    agreement = None if cohort.shows_people else agreement_of(cohort.organisation)
    others = other_assignments(cohort) if cohort.shows_people else {}
    modules = _modules_of(main, others.values())
    learners = User.objects.filter(cohort_places__cohort=cohort, cohort_places__leads=False)
    if cohort.shows_people or (agreement and main and cohort.takes_nicknames):
        seats = _seats(cohort, list(learners), modules, main, others)
        return ClassView(cohort, main, modules, len(seats), seats, plans, agreement)
    count = learners.count()
    return ClassView(cohort, main, modules, count if count >= GROUP_FROM else None, [], plans)


def _modules_of(main: Assignment | None, others: Iterable[Assignment]) -> list[ModulePage]:
    """The lessons of the path, then what only some do; what is not there yet is left out."""
    live = {module.code: module for module in live_modules().defer("steps")}
    if main is None:
        return list(live.values())
    codes = [code for one in (main, *others) for code in one.path.codes]
    return [live[code] for code in dict.fromkeys(codes) if code in live]


def _seats(
    cohort: Cohort,
    people: list[User],
    modules: list[ModulePage],
    main: Assignment | None,
    others: dict[int, Assignment],
) -> list[Seat]:
    """What may be seen of each: in a class how far and who asks for help, in a team whether a lesson is done."""
    ids = [user.pk for user in people]
    codes = [module.code for module in modules]
    of_all = frozenset(main.path.codes if main else codes)
    done_only = not cohort.shows_people
    statuses = statuses_of(ids, codes)
    asked = {} if done_only else help_requests_of(ids)
    seats = [
        Seat(
            user_id=user.pk,
            name=str(user),
            statuses={
                code: status
                for code, status in statuses.get(user.pk, {}).items()
                if status is Status.DONE or not done_only
            },
            codes=frozenset(others[user.pk].path.codes) if user.pk in others else of_all,
            asks_for_help=user.pk in asked,
            help_module=asked[user.pk].module if user.pk in asked else "",
            done_only=done_only,
        )
        for user in people
    ]
    return sorted(seats, key=lambda seat: (seat.name.casefold(), seat.user_id))


@dataclass(frozen=True)
class UseFigure:
    """Which share of the phones did something in a quarter. told: in steps of 5%. width: the same for a bar, 0-100."""

    what: str
    told: str
    width: int


def use_in_quarter(day: date) -> list[UseFigure]:
    """What phones did in the quarter of `day`, for the region; empty where the group rules show nothing.

    Only a quarter that is over and whose last phones told (they wait some days), so that no two looks can be
    subtracted from each other.
    """
    begin, end = quarter_of(day)
    if is_dominated(learners_per_organisation()):
        return []
    rows = DailyUse.objects.filter(day__gte=begin, day__lt=end).values_list("what")
    phones = dict(rows.annotate(Sum("phones")).order_by())
    whole = phones.get(DailyUse.What.LESSON, 0)
    kinds = (DailyUse.What.MAKKELIJK, DailyUse.What.STANDAARD, DailyUse.What.LISTENED)
    return [
        UseFigure(kind.label, told, nearest_five(phones.get(kind, 0), whole))
        for kind in kinds
        if (told := told_share(min(phones.get(kind, 0), whole), whole))
    ]


def phones_in(cohort: Cohort) -> int | None:
    """With how many learners a phone is in; at an employer None for fewer than 10. The caller leads this cohort."""
    count = cohort.members.filter(leads=False, came_in=True).count()
    return count if cohort.shows_people or count >= GROUP_FROM else None


def in_words(share: int) -> str:
    """A share as it is told: never exactly, and nothing of the few at an end."""
    if share <= 0:
        return "bijna niemand"
    return "bijna iedereen" if share >= 100 else f"ongeveer {share}%"


@dataclass(frozen=True)
class Choice:
    """One answer of a question, and about which part of the class chose it first."""

    text: str
    share: int
    right: bool | None = None

    @property
    def told(self) -> str:
        return in_words(self.share)


@dataclass(frozen=True)
class Question:
    """What may be told of one question over a class. right: about which part had it right at once."""

    module: ModulePage
    title: str
    right: int | None
    choices: list[Choice]
    counted_on: date

    @property
    def right_told(self) -> str:
        return "" if self.right is None else in_words(self.right)


def questions_of(cohort: Cohort) -> list[tuple[ModulePage, list[Question]]]:
    """Per lesson the questions of which something may be told, the hardest first; nothing is counted here.

    For who leads this class of a school (people.desk.whose_class).
    """
    figures: dict[str, list[QuestionFigure]] = {}
    for figure in cohort.question_figures.exclude(right=None, choices={}, parts={}):
        figures.setdefault(figure.module, []).append(figure)
    texts, found = WordsAndFacts(), []
    for module in live_modules().filter(code__in=figures):
        questions = [_question(module, figure, texts) for figure in figures[module.code]]
        known = [one for one in questions if one is not None]
        if known:
            found.append((module, sorted(known, key=lambda one: (101 if one.right is None else one.right, one.title))))
    return found


def _question(module: ModulePage, figure: QuestionFigure, texts: WordsAndFacts) -> Question | None:
    """None for a question that is not in the lesson any more."""
    step = module.outline.by_id.get(figure.exercise)
    if step is None or step.kind is None:
        return None
    told = figure.choices or figure.parts
    labels = labels_of(step)
    rights = right_choices(step) if figure.choices else {}
    choices = [
        Choice(plain(labels[key], Variant.STANDAARD, texts), told[key], rights.get(key))
        for key in labels
        if key in told
    ]
    title = plain(title_of(step), Variant.STANDAARD, texts)
    return Question(module, title, figure.right, choices, figure.counted_on)
