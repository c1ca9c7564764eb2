"""Reading the audit trail: whose lines someone may see, and who is named in them.

An administrator of the site sees all. An administrator or privacy officer of an organisation sees what is its matter,
and there only who has a role is named: that somebody learns is not theirs to find out.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from insight.sheets import Row
from lms.audit.words import actions_in, words_of
from people.audit import keys_of, people_of
from people.models import AuditEntry, BreakGlass, Cohort, Membership, Organisation, Role, User

READERS = (Role.ADMINISTRATOR, Role.PRIVACY_OFFICER)
_ROLES = ("give_role", "take_role")
SHOWN, MOST_IN_FILE = 50, 10_000
SYSTEM, GONE, SOMEONE = "Het systeem", "Iemand die gewist is", "Iemand die leert"
HEAD: Row = ["wanneer", "wie", "wat", "wie of wat het was", "organisatie", "waarom"]


@dataclass(frozen=True)
class Reader:
    """Who reads, and of which organisations: all for an administrator of the site."""

    user: User
    sees_all: bool
    organisations: tuple[Organisation, ...] = ()


@dataclass(frozen=True)
class Asked:
    """What is looked for; nothing is everything."""

    organisation: int | None = None
    group: str = ""
    who: str = ""
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Told:
    """One line in words."""

    at: datetime
    who: str
    what: str
    whom: str
    organisation: str
    why: str

    @property
    def row(self) -> Row:
        at = timezone.localtime(self.at)
        return [f"{at:%Y-%m-%d %H:%M:%S}", self.who, self.what, self.whom, self.organisation, self.why]


@dataclass
class Page:
    """Lines, newest first, and where the next page begins."""

    lines: list[Told] = field(default_factory=list)
    older: int | None = None


def reader_of(user: User | None) -> Reader | None:
    """None for who may read nothing, and in a session that only learns."""
    if user is None or not user.is_active or user.only_learns:
        return None
    if user.is_superuser:
        return Reader(user, sees_all=True)
    mine = Membership.objects.filter(user=user, role__in=READERS).values("organisation")
    found = tuple(Organisation.objects.filter(pk__in=mine))
    return Reader(user, sees_all=False, organisations=found) if found else None


def page_of(reader: Reader, asked: Asked, *, before: int | None = None, most: int = SHOWN) -> Page:
    """What was asked, of what they may see; six queries."""
    found = _entries(reader, asked)
    if before is not None:
        found = found.filter(pk__lt=before)
    entries = list(found.order_by("-pk").select_related("organisation")[: most + 1])
    more, entries = len(entries) > most, entries[:most]
    return Page(_told(reader, entries), entries[-1].pk if more else None)


def _entries(reader: Reader, asked: Asked) -> QuerySet[AuditEntry]:
    found = AuditEntry.objects.all()
    if not reader.sees_all:
        found = found.filter(organisation__in=[one.pk for one in reader.organisations])
    if asked.organisation is not None:
        found = found.filter(organisation=asked.organisation)
    if asked.group:
        found = found.filter(action__in=actions_in(asked.group))
    if asked.since:
        found = found.filter(at__date__gte=asked.since)
    if asked.until:
        found = found.filter(at__date__lte=asked.until)
    if asked.who:
        keys = [key for user in _named(reader, asked.who) for key in keys_of(user)]
        found = found.filter(Q(actor_key__in=keys) | Q(person_key__in=keys))
    return found


def _named(reader: Reader, who: str) -> QuerySet[User]:
    """Whom a name may mean. For who reads of one organisation only: people with a role there."""
    words = Q()
    for word in who.split()[:4]:
        words &= Q(first_name__iexact=word) | Q(last_name__icontains=word) | Q(username__iexact=word)
    found = User.objects.filter(words)
    if not reader.sees_all:
        found = found.filter(pk__in=_with_role([one.pk for one in reader.organisations]).values("user"))
    return found[:20]


def _with_role(organisations: Iterable[int]) -> QuerySet[Membership]:
    return Membership.objects.filter(organisation__in=organisations).exclude(role__in=(Role.LEARNER, Role.OWNER))


def _told(reader: Reader, entries: list[AuditEntry]) -> list[Told]:
    people = people_of(key for entry in entries for key in (entry.actor_key, entry.person_key))
    may_name, had = None, None
    if not reader.sees_all:
        organisations = [one.pk for one in reader.organisations]
        may_name = set(_with_role(organisations).filter(user__in=people.values()).values_list("user", flat=True))
        may_name |= {user.pk for user in people.values() if user.is_superuser}
        had = may_name | _had_role(organisations, people)
    cohorts = _cohorts(entries)
    whys = dict(BreakGlass.Why.choices)
    return [
        Told(
            at=entry.at,
            who=_name(entry.actor_key, people, had) or SYSTEM,
            what=words_of(entry.action),
            whom=_whom(entry, _name(entry.person_key, people, had if entry.action in _ROLES else may_name), cohorts),
            organisation=str(entry.organisation or ""),
            why=str(whys.get(entry.why, entry.why)),
        )
        for entry in entries
    ]


def _had_role(organisations: list[int], people: Mapping[uuid.UUID, User]) -> set[int]:
    """Who had a role there before: what they did by it, and that they got and lost it, stays under their name."""
    found = AuditEntry.objects.filter(action__in=_ROLES, organisation__in=organisations, person_key__in=people)
    return {people[key].pk for key in found.values_list("person_key", flat=True).distinct() if key}


def _name(key: uuid.UUID | None, people: Mapping[uuid.UUID, User], may_name: set[int] | None) -> str:
    if key is None:
        return ""
    user = people.get(key)
    if user is None:
        return GONE
    if may_name is not None and user.pk not in may_name:
        return SOMEONE
    return str(user) if str(user) == user.username or user.is_nameless else f"{user} ({user.username})"


def _cohorts(entries: list[AuditEntry]) -> dict[str, str]:
    numbers = [int(entry.subject[7:]) for entry in entries if entry.subject.startswith("cohort ")]
    return {f"cohort {pk}": name for pk, name in Cohort.objects.filter(pk__in=numbers).values_list("pk", "name")}


def _whom(entry: AuditEntry, person: str, cohorts: Mapping[str, str]) -> str:
    """To whom or what: a name, a group, or the kind and number of a thing; a role where one was given."""
    thing = cohorts.get(entry.subject, "" if entry.subject.startswith("organisation ") else entry.subject)
    role = dict(Role.choices).get(entry.details.get("role", ""), "")
    return ", ".join(part for part in (person, str(role), thing) if part)
