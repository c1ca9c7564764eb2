"""What a lead sees of a cohort. Per learner only in a class of a school, and then only how far they are."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Sum

from insight.figures import is_regional, quarter_of, rounded_share, share
from insight.models import GROUP_FROM, DailyUse, PlanFigure
from learning.completion import Status, status_of
from learning.queries import help_requests_of, statuses_of
from modules.models import ModulePage
from modules.queries import live_modules
from people.models import Cohort, User
from people.queries import learners_per_organisation


@dataclass(frozen=True)
class Seat:
    """One learner of a class, with what their teacher may see: nothing else is here to be shown."""

    user_id: int
    name: str
    statuses: dict[str, Status]
    asks_for_help: bool
    help_module: str

    def status(self, module: str) -> Status:
        return self.statuses.get(module, status_of(None))


@dataclass(frozen=True)
class ClassView:
    """A cohort as its lead sees it. `seats` is empty where nothing may be shown per person.

    learners: how many learn in it; None where that number itself is too small to show.
    plans: the last figure about plans ('Gelukt?'); None until 10 people answered.
    """

    cohort: Cohort
    modules: list[ModulePage]
    learners: int | None
    seats: list[Seat]
    plans: PlanFigure | None

    def counts(self, module: str) -> Counter[Status]:
        """How many learners are how far in this module."""
        return Counter(seat.status(module) for seat in self.seats)

    @property
    def asking(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.asks_for_help]


def class_view(cohort: Cohort) -> ClassView:
    """The caller made sure that who looks leads this cohort (people.queries.cohorts_led_by)."""
    learners = User.objects.filter(cohort_places__cohort=cohort, cohort_places__leads=False)
    modules = list(live_modules().defer("steps"))
    plans = cohort.plan_figures.first()
    if not cohort.shows_people:
        count = learners.count()
        return ClassView(cohort, modules, count if count >= GROUP_FROM else None, [], plans)
    people = list(learners)
    statuses = statuses_of([user.pk for user in people])
    asked = help_requests_of([user.pk for user in people])
    seats = [
        Seat(
            user_id=user.pk,
            name=str(user),
            statuses=statuses.get(user.pk, {}),
            asks_for_help=user.pk in asked,
            help_module=asked[user.pk].module if user.pk in asked else "",
        )
        for user in people
    ]
    seats.sort(key=lambda seat: (seat.name.casefold(), seat.user_id))
    return ClassView(cohort, modules, len(people), seats, plans)


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
    if not is_regional(learners_per_organisation()):
        return []
    rows = DailyUse.objects.filter(day__gte=begin, day__lt=end).values_list("what")
    phones = dict(rows.annotate(Sum("phones")).order_by())
    whole = phones.get(DailyUse.What.LESSON, 0)
    kinds = (DailyUse.What.MAKKELIJK, DailyUse.What.STANDAARD, DailyUse.What.LISTENED)
    return [
        UseFigure(kind.label, told, rounded_share(phones.get(kind, 0), whole))
        for kind in kinds
        if (told := share(min(phones.get(kind, 0), whole), whole))
    ]


def last_whole_quarter(today: date) -> date:
    """The first day of the last quarter that is over."""
    return quarter_of(quarter_of(today)[0] - timedelta(days=1))[0]


def phones_in(cohort: Cohort) -> int | None:
    """With how many learners a phone is in; at an employer None for fewer than 10. The caller leads this cohort."""
    count = cohort.members.filter(leads=False, came_in=True).count()
    return count if cohort.shows_people or count >= GROUP_FROM else None
