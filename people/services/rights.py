"""A person's rights over what every room holds about them (AVG art. 15, 17 and 20)."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from people import erasures, registry
from people.models import User
from people.services.audit import record_audit


def export_person(*, user: User) -> dict[str, Any]:
    """Everything every room holds about a person (AVG art. 15 and 20)."""
    return {entry.room: entry.export(user) for entry in registry.rooms()}


@transaction.atomic
def erase_person(*, user: User, actor: User | None, again: bool = False) -> dict[str, dict[str, int]]:
    """Delete a person from every room (AVG art. 17); gives counts per room.

    It is written down outside the database too, before it counts: a copy that is put back then brings nobody back.
    `again`: it stands there already.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    entry = erasures.entry_of(locked, timezone.now())
    counts = {room.room: room.erase(locked) for room in registry.rooms()}
    record_audit(actor=actor, action="erase_person", person=locked)
    if not again:
        erasures.keep(entry)
    return counts


def replay_erasures(*, only_count: bool = False) -> tuple[int, int]:
    """Erase again who is in the journal and is here, after a copy of the database was put back.

    Gives how many entries there are, and how many people were erased, or would be. Each in a transaction of its own:
    again is harmless. Raises ValueError for a file in the journal that is none of ours.
    """
    written = people = 0
    for entry in list(erasures.entries()):
        written += 1
        for person in erasures.people_of(entry):
            people += 1
            if not only_count:
                erase_person(user=person, actor=None, again=True)
    return written, people
