"""Writing in the audit trail: nothing else does."""

import re
import uuid
from typing import Any

from people.models import AuditEntry, Cohort, Organisation, User

_USER = re.compile(r"user ([0-9]{1,18})")


def record_audit(
    *,
    actor: User | None,
    action: str,
    about: Cohort | Organisation | None = None,
    subject: str = "",
    person: User | None = None,
    organisation: Organisation | int | None = None,
    why: str = "",
    looked: bool = False,
    **details: Any,
) -> AuditEntry:
    """One line in the audit trail; `details` are keys and counts, never answers or texts of a person.

    about: what it was done to, when that is a group or an organisation; else `subject` names it ('path 12').
    person: to whom. organisation: whose matter it is, for who may read the trail of that one only; what a learner
    does for themselves is of none. why: a word, never a text. looked: nothing changed, `person` was looked at.
    """
    if isinstance(about, Cohort):
        subject, organisation = f"cohort {about.pk}", about.organisation_id
    elif about is not None:
        subject, organisation = f"organisation {about.pk}", about.pk
    key = person.audit_key if person else None
    if key is None and (found := _USER.fullmatch(subject)):
        subject, key = "", _key_of(int(found[1]))
    return AuditEntry.objects.create(
        actor_key=actor.audit_key if actor else None,
        person_key=key,
        organisation_id=organisation.pk if isinstance(organisation, Organisation) else organisation,
        action=action,
        subject=subject,
        why=why,
        looked=looked,
        details=details,
    )


def _key_of(number: int) -> uuid.UUID | None:
    """A person's number says who it was for ever; their key only as long as they are here."""
    return User.objects.filter(pk=number).values_list("audit_key", flat=True).first()
