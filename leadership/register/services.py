"""Writes of the register: each in one transaction, with a line in the history of the system and in the audit trail."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leadership.models import AiSystem, State, SystemChange
from leadership.register.forms import SystemForm
from leadership.register.queries import (
    facts_now,
    keepers_of,
    looks,
    organisations_kept,
    organisations_read,
    rows_to_take_over,
    systems_of,
)
from leadership.register.risk import ALL_FACTS
from people.models import Organisation, User
from people.services import record_audit, send_notice

MOST_SYSTEMS = 500
FIELDS = tuple(SystemForm.base_fields)


class RegisterRefused(ValueError):
    """Why the register cannot take this; the message is for who keeps it."""


class ChangedMeanwhile(Exception):
    """Somebody else changed this system since the form was opened; nothing was written."""


@transaction.atomic
def save_system(
    *, organisation: Organisation, system_id: uuid.UUID, version: int, values: Mapping[str, Any], actor: User
) -> AiSystem:
    """Add a system, or change the one with this id. `version` is the one the form began from; 0 for a new one.

    Sent twice, it is written once. `values` are of SystemForm, after it was checked. Raises ValueError for who does not
    keep this register, RegisterRefused for a name that is taken or a register that is full, ChangedMeanwhile.
    """
    _lock(organisation, actor)
    system = AiSystem.objects.select_for_update().filter(pk=system_id).first()
    if system is None:
        return _add(organisation, {"pk": system_id, **values}, actor)
    if system.organisation_id != organisation.pk:
        raise ValueError("the system of another organisation")
    return _change(system, values, actor, version=version)


def _lock(organisation: Organisation, actor: User) -> None:
    """One write at a time in a register, and only by who keeps it."""
    if not organisations_kept(actor).filter(pk=organisation.pk).exists():
        raise ValueError("only for who keeps this register")
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _add(organisation: Organisation, values: Mapping[str, Any], actor: User) -> AiSystem:
    _check_name(organisation, values["name"])
    if systems_of(organisation).count() >= MOST_SYSTEMS:
        raise RegisterRefused(f"Het register is vol. Er passen {MOST_SYSTEMS} systemen in.")
    system = AiSystem.objects.create(organisation=organisation, facts_seen=facts_now(ALL_FACTS), **values)
    said = {name: ["", _plain(getattr(system, name))] for name in FIELDS if getattr(system, name)}
    _remember(system, SystemChange.Kind.ADDED, said, actor)
    return system


def _check_name(organisation: Organisation, name: str, but: AiSystem | None = None) -> None:
    others = systems_of(organisation).exclude(pk=but.pk) if but else systems_of(organisation)
    if name.casefold() in {other.casefold() for other in others.values_list("name", flat=True)}:
        raise RegisterRefused(f"‘{name}’ staat al in het register. Pas dat aan, of kies een andere naam.")


def _change(system: AiSystem, values: Mapping[str, Any], actor: User, *, version: int | None = None) -> AiSystem:
    changed = {name: value for name, value in values.items() if getattr(system, name) != value}
    if not changed:
        return system
    if version is not None and version != system.version:
        raise ChangedMeanwhile
    if "name" in changed:
        _check_name(system.organisation, changed["name"], system)
    said = {name: [_plain(getattr(system, name)), _plain(value)] for name, value in changed.items()}
    for name, value in changed.items():
        setattr(system, name, value)
    system.version += 1
    system.save()
    _remember(system, SystemChange.Kind.CHANGED, said, actor)
    return system


def _remember(system: AiSystem, kind: SystemChange.Kind, said: Mapping[str, list[str]], actor: User) -> None:
    system.changes.create(kind=kind, fields=dict(said))
    record_audit(
        actor=actor,
        action=f"ai_system_{kind.value}",
        about=system.organisation,
        system=str(system.pk),
        fields=sorted(said),
    )


def _plain(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


@transaction.atomic
def review_system(*, system: AiSystem, review_by: date, actor: User) -> AiSystem:
    """Somebody looked again: the facts behind it are seen as they are now, and this is when to look next.

    Raises ValueError for who does not keep this register, RegisterRefused for a day that is not to come.
    """
    _lock(system.organisation, actor)
    today = timezone.localdate()
    if review_by <= today:
        raise RegisterRefused("Kies een dag na vandaag.")
    system = AiSystem.objects.select_for_update().get(pk=system.pk)
    before, now = system.review_by, facts_now(ALL_FACTS)
    if (system.reviewed_on, before, system.facts_seen) == (today, review_by, now):
        return system
    system.reviewed_on, system.review_by, system.facts_seen = today, review_by, now
    system.version += 1
    system.save()
    _remember(system, SystemChange.Kind.REVIEWED, {"review_by": [_plain(before), _plain(review_by)]}, actor)
    return system


@transaction.atomic
def set_risk(*, system: AiSystem, risk: str, actor: User) -> AiSystem:
    """Take over the class to which the questions led. Raises ValueError for who does not keep this register."""
    _lock(system.organisation, actor)
    return _change(AiSystem.objects.select_for_update().get(pk=system.pk), {"risk": risk}, actor)


@dataclass(frozen=True)
class Imported:
    """What a sheet brought."""

    added: int
    changed: int
    same: int


@transaction.atomic
def import_systems(*, organisation: Organisation, rows: Sequence[Mapping[str, Any]], actor: User) -> Imported:
    """All rows of a sheet, or none. A row with a name that is there changes that system, in the columns the sheet has.

    `rows` were checked (leadership.register.sheet). Raises ValueError and RegisterRefused as `save_system`.
    """
    _lock(organisation, actor)
    there = {system.name.casefold(): system for system in systems_of(organisation)}
    added = changed = 0
    for values in rows:
        system = there.get(values["name"].casefold())
        if system is None:
            _add(organisation, values, actor)
            added += 1
        else:
            before = system.version
            changed += _change(system, {**values, "name": system.name}, actor).version != before
    return Imported(added, changed, len(rows) - added - changed)


@transaction.atomic
def take_over(*, organisation: Organisation, actor: User) -> int:
    """The systems in this person's own data cards into the register; what is there stays. Gives how many were added.

    Also for who only reads the register: what they add must be looked at by who keeps it, for it has no day yet.
    Raises ValueError for who may not read it, RegisterRefused for a register that is full.
    """
    if not organisations_read(actor).filter(pk=organisation.pk).exists():
        raise ValueError("only for who leads there")
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    rows = rows_to_take_over(actor, systems_of(organisation))
    for values in rows:
        _add(organisation, values, actor)
    return len(rows)


def tell_all_keepers(*, today: date) -> int:
    """In every register: which systems came due, or have a fact that changed; gives how many are new."""
    registers = Organisation.objects.filter(ai_systems__isnull=False).distinct()
    return sum(tell_keepers(organisation=one, today=today) for one in registers.order_by("pk"))


@transaction.atomic
def tell_keepers(*, organisation: Organisation, today: date) -> int:
    """One message to who keeps a register, about all that is new; gives how many systems that is.

    Each day and each change of a fact is told once; without anybody to tell, later. An unread message goes.
    """
    keepers = list(keepers_of(organisation))
    systems = systems_of(organisation).exclude(state=State.STOPPED).select_for_update()
    found = [look for look in looks(systems, today) if look.reasons] if keepers else []
    news = [look for look in found if set(look.reasons) - set(look.system.told_about)]
    if not news:
        return 0
    count = len(found)
    what = "1 systeem om opnieuw te bekijken" if count == 1 else f"{count} systemen om opnieuw te bekijken"
    text = f"AI-register van {organisation.name[:80]}: {what}. De dag is er, of een feit veranderde."
    link = reverse("register:register", args=[organisation.pk])
    for keeper in keepers:
        send_notice(user=keeper, text=text, link=link, replaces=True)
    for look in news:
        AiSystem.objects.filter(pk=look.system.pk).update(told_about=look.reasons)
    return len(news)
