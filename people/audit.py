"""Reading the audit trail, and its term."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from people.models import AuditEntry, AuditTerm, BreakGlass, Cohort, FormerAuditKey, User
from people.purposes import Batch, Scope

SHORTEST = timedelta(days=365)


def keys_of(user: User) -> list[uuid.UUID]:
    """Under which keys the trail knows this person."""
    return [user.audit_key, *user.former_audit_keys.values_list("key", flat=True)]


def people_of(keys: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, User]:
    """Who these keys are; who was erased is not among them."""
    wanted = {key for key in keys if key}
    former = FormerAuditKey.objects.filter(key__in=wanted).select_related("user")
    return {one.audit_key: one for one in User.objects.filter(audit_key__in=wanted)} | {
        one.key: one.user for one in former
    }


def done_by(user: User) -> QuerySet[AuditEntry]:
    """What this person did."""
    return AuditEntry.objects.filter(actor_key__in=keys_of(user))


def lines_of(user: User) -> QuerySet[AuditEntry]:
    """What this person did and what was done to them, the oldest first; looks at them are `looks_at`."""
    keys = keys_of(user)
    return AuditEntry.objects.filter(Q(actor_key__in=keys) | Q(person_key__in=keys, looked=False)).order_by("pk")


def looks_at(user: User) -> QuerySet[AuditEntry]:
    """Who looked at what is kept of this person, newest first: for themselves."""
    return AuditEntry.objects.filter(person_key__in=keys_of(user), looked=True)


@dataclass(frozen=True, slots=True)
class LookTold:
    """One look, for who was looked at: people/who_looked.html says it in words. `text` is of the administrator."""

    at: datetime
    who: User | None
    action: str
    why: str
    text: str


def looks_told(user: User, most: int = 100) -> list[LookTold]:
    """The last looks at what is kept of this person, newest first: for themselves."""
    entries = list(looks_at(user)[:most])
    people = people_of(entry.actor_key for entry in entries)
    texts = dict(BreakGlass.objects.filter(person=user).values_list("pk", "text"))
    return [
        LookTold(
            at=entry.at,
            who=people.get(entry.actor_key) if entry.actor_key else None,
            action=entry.action,
            why=entry.why,
            text=texts.get(entry.details.get("glass", 0), ""),
        )
        for entry in entries
    ]


@dataclass(frozen=True, slots=True)
class GroupLook:
    """On which days someone looked at a list of a group that one was in, the last first. `action`: on a page, or as a
    file. A day and no hour: that someone looked is told, not how they work."""

    who: User | None
    group: str
    action: str
    days: tuple[date, ...]


def group_looks_told(user: User) -> list[GroupLook]:
    """Who looked at lists of the groups of this learner while they were in it, the last look first: for themselves."""
    found: dict[tuple[uuid.UUID | None, str, str], list[date]] = {}
    own = set(keys_of(user))
    spans = _times_in_groups(user)
    names = {f"cohort {pk}": name for pk, name in _groups_of(spans).values_list("pk", "name")}
    for subject, since, until in spans:
        looks = AuditEntry.objects.filter(looked=True, person_key=None, subject=subject, at__gte=since, at__lte=until)
        for look in looks.exclude(actor_key__in=own).order_by("-at"):
            days = found.setdefault((look.actor_key, subject, look.action), [])
            if (day := timezone.localtime(look.at).date()) not in days:
                days.append(day)
    people = people_of(key for key, _, _ in found)
    told = [
        GroupLook(people.get(key) if key else None, names.get(subject, ""), action, tuple(sorted(days, reverse=True)))
        for (key, subject, action), days in found.items()
    ]
    return sorted(told, key=lambda look: look.days[0], reverse=True)


def _times_in_groups(user: User) -> list[tuple[str, datetime, datetime]]:
    """From when to when this person learned in which group."""
    now = timezone.now()
    here = [
        (f"cohort {pk}", since, now)
        for pk, since in user.cohort_places.filter(leads=False).values_list("cohort", "joined_at")
    ]
    ended = AuditEntry.objects.filter(action="place_ended", person_key__in=keys_of(user))
    return here + [(line.subject, datetime.fromisoformat(line.details["since"]), line.at) for line in ended]


def _groups_of(spans: list[tuple[str, datetime, datetime]]) -> QuerySet[Cohort]:
    return Cohort.objects.filter(pk__in={int(subject.removeprefix("cohort ")) for subject, _, _ in spans})


@transaction.atomic
def forget_before(before: datetime) -> int:
    """All lines from before a moment, at least a year ago, go. Gives how many. Raises ValueError for a later one."""
    return _forget(AuditEntry.objects.filter(at__lt=before), before)


def lines_before(limit: datetime, scope: Scope) -> QuerySet[AuditEntry]:
    """Lines of whose matter this term is."""
    return AuditEntry.objects.filter(scope.rows("organisation"), at__lt=limit)


@transaction.atomic
def forget_lines(batch: Batch) -> int:
    """Some of them go. Raises ValueError for what may be younger than a year."""
    return _forget(AuditEntry.objects.filter(pk__in=batch.keys, at__lt=batch.limit), batch.limit)


def _forget(lines: QuerySet[AuditEntry], before: datetime) -> int:
    """The one way in which lines go: the database lets those go that a row of AuditTerm is for."""
    if before > timezone.now() - SHORTEST:
        raise ValueError("the audit trail is kept for at least a year")
    term = AuditTerm.objects.create(before=before)
    gone, _ = lines.delete()
    term.delete()
    return gone
