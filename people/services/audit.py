"""The audit trail."""

from typing import Any

from people.models import AuditEntry, User


def record_audit(*, actor: User | None, action: str, subject: str = "", **details: Any) -> AuditEntry:
    """One line in the audit trail; `details` are keys and counts, never answers or texts of a person."""
    return AuditEntry.objects.create(actor=actor, action=action, subject=subject, details=details)
