"""Which terms hold, for whom, and how much is past them; nothing is changed here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from people.models import Membership, Organisation, RetentionTerm, Role, User
from people.purposes import Purpose, Scope, in_words
from people.queries import organisations_of
from people.registry import purposes

MOST_NAMED = 10_000  # people in one query by number
KEEPERS = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)


@dataclass(frozen=True, slots=True)
class Step:
    """One purpose under one term."""

    purpose: Purpose
    scope: Scope

    @property
    def whose(self) -> str:
        """Under which name its count stands in a run."""
        return "" if self.scope.organisation is None else str(self.scope.organisation)

    def limit(self, now: datetime) -> datetime:
        """What is from before this moment is past the term."""
        return now - timedelta(days=self.scope.days)

    def due(self, now: datetime) -> "QuerySet[Any]":
        """The rows past the term, those of people who go themselves included."""
        return self.purpose.due(self.limit(now), self.scope)


def keepers_organisations(user: User) -> QuerySet[Organisation]:
    """The organisations of which this person may set terms: as administrator or privacy officer."""
    if user.only_learns:
        return Organisation.objects.none()
    mine = Membership.objects.filter(user=user, role__in=KEEPERS).values("organisation")
    return Organisation.objects.filter(pk__in=mine)


def may_set(user: User, organisation: Organisation | None) -> bool:
    """Whether this person may set terms of this organisation; None is the site."""
    if user.only_learns or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return organisation is not None and keepers_organisations(user).filter(pk=organisation.pk).exists()


def days_of(purpose: Purpose, organisation: int | None, now: datetime) -> int | None:
    """The term that holds now: the organisation's own, else the site's; None is as long as the person is here."""
    found = RetentionTerm.objects.filter(Q(organisation=None) | Q(organisation=organisation), purpose=purpose.key)
    rows = {row.organisation_id: row for row in found}
    row = (rows.get(organisation) if purpose.per_organisation else None) or rows.get(None)
    return _in_force(purpose, row, now)


def _in_force(purpose: Purpose, row: RetentionTerm | None, now: datetime) -> int | None:
    if row is None:
        return purpose.within(purpose.default())
    return purpose.within(row.days if row.starts_at <= now else row.before)


def scopes_of(purpose: Purpose, now: datetime, instead: tuple[int | None, int] | None = None) -> list[Scope]:
    """The terms of a purpose, each with whom it is for. `instead`: as if this organisation had this many days."""
    rows = RetentionTerm.objects.filter(purpose=purpose.key)
    if not purpose.per_organisation:
        rows = rows.filter(organisation=None)
    held = {None: _in_force(purpose, None, now)} | {row.organisation_id: _in_force(purpose, row, now) for row in rows}
    if instead:
        held[instead[0]] = purpose.within(instead[1])
    site, own = held.pop(None), {key: days for key, days in held.items() if key is not None and days is not None}
    found = [] if site is None else [(site, 0)]
    found += [(days, key) for key, days in own.items()]
    return [
        Scope(
            organisation=key or None,
            days=days,
            own=frozenset(own),
            longer=frozenset(other for other in own if (own[other], other) > (days, key)),
            site_is_longer=bool(key) and (site is None or (site, 0) > (days, key)),
        )
        for days, key in sorted(found)
    ]


def steps(now: datetime, organisation: Organisation | None = None) -> list[Step]:
    """What is to be done, people first; of one organisation only what falls under its own matter."""
    if organisation is None:
        return [Step(purpose, scope) for purpose in purposes() for scope in scopes_of(purpose, now)]
    return [step for purpose in purposes() if (step := step_of(purpose, organisation, now))]


def step_of(purpose: Purpose, organisation: Organisation, now: datetime) -> Step | None:
    """A purpose of one organisation, with the term that holds there; None where it sets none."""
    days = days_of(purpose, organisation.pk, now)
    if not purpose.per_organisation or days is None:
        return None
    scopes = scopes_of(purpose, now, (organisation.pk, days))
    return next(Step(purpose, scope) for scope in scopes if scope.organisation == organisation.pk)


def again(step: Step, organisation: Organisation | None, now: datetime) -> Step | None:
    """The same step under the term as it is now; None where there is none any more."""
    if organisation is not None:
        return step_of(step.purpose, organisation, now)
    found = [Step(step.purpose, scope) for scope in scopes_of(step.purpose, now)]
    return next((one for one in found if one.whose == step.whose), None)


def step_with(purpose: Purpose, organisation: Organisation | None, days: int, now: datetime) -> Step:
    """The same with another term, to look what would go. Raises ValueError for what cannot be a term here."""
    if organisation is not None and not purpose.per_organisation:
        raise ValueError("this purpose has one term, of the site")
    if not purpose.least <= days <= purpose.most:
        raise ValueError(f"between {purpose.least} and {purpose.most} days")
    key = organisation.pk if organisation else None
    return next(Step(purpose, scope) for scope in scopes_of(purpose, now, (key, days)) if scope.organisation == key)


def people_going(found: Iterable[Step], now: datetime) -> "list[int] | QuerySet[Any]":
    """Who would go, of these steps: their numbers, or, when they are many, a query for them."""
    due = [step.due(now).values("pk") for step in found if step.purpose.people]
    if not due:
        return []
    any_of = Q()
    for people in due:
        any_of |= Q(pk__in=people)
    numbers = User.objects.filter(any_of).values_list("pk", flat=True)
    few = list(numbers[: MOST_NAMED + 1])
    return few if len(few) <= MOST_NAMED else numbers


def count(step: Step, now: datetime, going: "list[int] | QuerySet[Any] | None" = None) -> int:
    """How many rows would go, without those that go along with a person who goes."""
    rows, owner = step.due(now), step.purpose.owner
    if owner and going is not None:
        rows = rows.exclude(**{f"{owner}__in": going})
    return int(rows.aggregate(count=Count("pk"))["count"])


def count_with(step: Step, organisation: Organisation | None, now: datetime) -> int:
    """The same, beside all else that goes by the terms of this organisation, or everywhere."""
    return count(step, now, people_going(steps(now, organisation), now) if step.purpose.owner else None)


def count_all(found: list[Step], now: datetime) -> Iterator[tuple[Step, int]]:
    """How many would go of each."""
    going = people_going(found, now)
    for step in found:
        yield step, count(step, now, going)


@dataclass(frozen=True, slots=True)
class Told:
    """A term that holds for one person: what goes and when, and whose term that is ('' is the site's)."""

    text: str
    organisation: str = ""


def terms_told(user: User, now: datetime) -> list[Told]:
    """How long is kept what is of this person, from the rows that carry it out: for themselves. Without what has no
    term of its own and goes with them."""
    mine = list(organisations_of(user)) if user.pk else []
    found = []
    for purpose in purposes():
        if not purpose.told or not purpose.applies(user):
            continue
        for organisation in mine if purpose.per_organisation else [None]:
            days = days_of(purpose, organisation.pk if organisation else None, now)
            if days is not None:
                chose = organisation is not None and days != days_of(purpose, None, now)
                told = Told(purpose.told.format(term=in_words(days)), str(organisation) if chose else "")
                found += [told] if told not in found else []
    return found
