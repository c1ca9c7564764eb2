"""A person's rights over what every room holds about them (AVG art. 15, 17 and 20)."""

from typing import Any

from django.db import transaction

from people import registry
from people.models import User
from people.services.audit import record_audit


def export_person(*, user: User) -> dict[str, Any]:
    """Everything every room holds about a person (AVG art. 15 and 20)."""
    return {entry.room: entry.export(user) for entry in registry.rooms()}


@transaction.atomic
def erase_person(*, user: User, actor: User | None) -> dict[str, dict[str, int]]:
    """Delete a person from every room (AVG art. 17); gives counts per room."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    subject = f"user {locked.pk}"
    counts = {entry.room: entry.erase(locked) for entry in registry.rooms()}
    record_audit(actor=actor if actor and actor.pk != user.pk else None, action="erase_person", subject=subject)
    return counts
