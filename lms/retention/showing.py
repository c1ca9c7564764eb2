"""The terms as the page shows them: of the site, or of one organisation."""

from dataclasses import dataclass
from datetime import datetime

from people.models import Organisation, RetentionRun, RetentionTerm, User
from people.purposes import Fixed, Purpose, in_words
from people.registry import purposes, rooms
from people.terms import days_of, keepers_organisations

RUNS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One purpose with its term. coming: a shorter one that waits. own: the organisation set it, not the site."""

    purpose: Purpose
    days: int | None
    own: bool
    coming: RetentionTerm | None
    may_change: bool

    @property
    def term(self) -> str:
        return in_words(self.days)

    @property
    def least(self) -> str:
        return in_words(self.purpose.least)

    @property
    def most(self) -> str:
        return in_words(self.purpose.most)


def row_of(purpose: Purpose, organisation: Organisation | None, now: datetime) -> Row:
    """A purpose as it holds at this organisation, or at the site."""
    mine = RetentionTerm.objects.filter(purpose=purpose.key, organisation=organisation).first()
    days = days_of(purpose, organisation.pk if organisation else None, now)
    site = None if mine else RetentionTerm.objects.filter(purpose=purpose.key, organisation=None).first()
    coming = next((one for one in (mine, site) if one and one.starts_at > now), None)
    return Row(purpose, days, mine is not None, coming, organisation is None or purpose.per_organisation)


def rows_of(organisation: Organisation | None, now: datetime) -> list[Row]:
    """Every purpose: those that can be set here first."""
    rows = [row_of(purpose, organisation, now) for purpose in purposes()]
    return sorted(rows, key=lambda row: not row.may_change)


def fixed_terms() -> list[Fixed]:
    """What nobody sets."""
    return [one for room in rooms() for one in room.fixed]


def last_runs(organisation: Organisation | None) -> list[RetentionRun]:
    """What was cleared away last, and what is busy; of the site also each night's. What an organisation may read is
    what it asked for itself: others' counts are not its."""
    return list(RetentionRun.objects.filter(organisation=organisation).order_by("-made_at")[:RUNS_SHOWN])


@dataclass(frozen=True, slots=True)
class Counted:
    """How many of one purpose."""

    name: str
    number: str


def counted(run: RetentionRun) -> list[Counted]:
    """What a run counted, over all whose term it was; without what is nothing."""
    found = []
    for purpose in purposes():
        if number := sum(run.counts.get(purpose.key, {}).values()):
            found.append(Counted(purpose.name, number_of(purpose, number)))
    return found


def number_of(purpose: Purpose, number: int) -> str:
    """'3 mensen'."""
    return f"{number} {purpose.unit[0] if number == 1 else purpose.unit[1]}"


def organisations_for(user: User) -> list[Organisation]:
    """Which organisations somebody chooses between: all for an administrator of the site."""
    return list(Organisation.objects.order_by("name") if user.is_superuser else keepers_organisations(user))
