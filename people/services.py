"""Writes about people: one transaction each, with an audit row."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from people import registry
from people.models import AuditEntry, Notice, Pseudonym, User


def record_audit(*, actor: User | None, action: str, subject: str = "", **details: Any) -> AuditEntry:
    """One line in the audit trail; `details` are keys and counts, never answers or texts of a person."""
    return AuditEntry.objects.create(actor=actor, action=action, subject=subject, details=details)


def ensure_pseudonym(*, user: User, target: str = "") -> Pseudonym:
    """The random name under which `target` knows this person."""
    return Pseudonym.objects.get_or_create(user=user, target=target)[0]


def send_notice(*, user: User, text: str, link: str = "") -> Notice:
    """A message to one person; it is a row here, `integrations` delivers it."""
    return Notice.objects.create(user=user, text=text, link=link)


def mark_notice_read(*, user: User, notice_id: int) -> bool:
    """True when the person had this message unread."""
    unread = Notice.objects.filter(user=user, pk=notice_id, read_at=None)
    return unread.update(read_at=timezone.now()) > 0


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


@transaction.atomic
def merge_people(*, source: User, target: User) -> User:
    """Move everything of a nameless `source` to `target` and remove `source`.

    Raises ValueError for a source with a name: two named people are never made one.
    """
    if not source.is_nameless or source.pk == target.pk:
        raise ValueError("only a nameless learner can be merged into another")
    list(User.objects.select_for_update().filter(pk__in=[source.pk, target.pk]).order_by("pk"))
    for entry in registry.rooms():
        entry.merge(source, target)
    record_audit(actor=target, action="merge_people", subject=f"user {target.pk}")
    source.delete()
    return target
