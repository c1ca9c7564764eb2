"""The way through a programme for one who takes part: what each week asks, and how far they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from leadership.models import ProgrammeGroup, Shared, WorkProduct
from leadership.programme import Template, Week
from leadership.queries import products_of
from leadership.values import missing
from people.models import User

READY, WITH_DUO, OPEN, CLOSED = "ready", "duo", "open", "closed"


@dataclass(frozen=True)
class Work:
    """One form of a week, and what someone made with it so far."""

    template: Template
    product: WorkProduct | None

    @property
    def is_begun(self) -> bool:
        """Whether anything stands in it."""
        return bool(self.product and self.product.values)

    @property
    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return self.is_begun and not list(missing(self.template, self.product.values if self.product else {}))

    @property
    def is_with_duo(self) -> bool:
        """Whether others may read it and nobody said anything of it yet."""
        product = self.product
        return bool(product and product.shared_with != Shared.NOBODY and not product.reviews.all())


@dataclass(frozen=True)
class Stop:
    """One week on the line. `state`: ready, duo, open or closed. is_now: the first that is open and not done."""

    week: Week
    opens_on: date
    state: str
    works: tuple[Work, ...]
    is_now: bool = False

    @property
    def is_done(self) -> bool:
        """Nothing to do for who made it: it is ready, or somebody else reads it."""
        return self.state in (READY, WITH_DUO)

    @property
    def is_begun(self) -> bool:
        """Whether something was typed."""
        return any(work.is_begun for work in self.works)


def line_of(user: User, group: ProgrammeGroup, today: date) -> list[Stop]:
    """Every week of a programme as this person has it; only for that person."""
    stops = list(_stops(user, group, today))
    now = next((stop for stop in stops if stop.state == OPEN), None)
    return [Stop(stop.week, stop.opens_on, stop.state, stop.works, stop is now) for stop in stops]


def _stops(user: User, group: ProgrammeGroup, today: date) -> Iterator[Stop]:
    own = products_of(user).filter(group=group).prefetch_related("reviews")
    made, text = {product.template: product for product in own}, group.programme.text
    for week in text.weeks:
        works = tuple(Work(text.templates[name], made.get(name)) for name in week.products)
        is_open = week.number <= group.open_until(today)
        yield Stop(week, group.week_starts_on(week.number), _state(works) if is_open else CLOSED, works)


def _state(works: tuple[Work, ...]) -> str:
    if any(work.is_with_duo for work in works):
        return WITH_DUO
    return READY if all(work.is_ready for work in works) else OPEN
