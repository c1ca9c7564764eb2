"""Reads from the record store."""

import hmac
import uuid
from dataclasses import dataclass
from datetime import datetime

from xapi.models import Credential, Statement
from xapi.services import digest

MOST = 100


@dataclass(frozen=True)
class Page:
    """A page of statements, newest first unless asked otherwise; `cursor` leads to the next."""

    statements: list[Statement]
    cursor: int | None


@dataclass(frozen=True)
class Wanted:
    """What a client asks for (xAPI 1.0.3 part 3 section 2.1.3)."""

    verb: str = ""
    activity: str = ""
    registration: uuid.UUID | None = None
    actor: uuid.UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
    ascending: bool = False
    limit: int = MOST
    cursor: int | None = None


def find_statements(wanted: Wanted) -> Page:
    """One page by keyset on `seq`, so that later pages cost what the first costs."""
    found = Statement.objects.all()
    if wanted.verb:
        found = found.filter(verb=wanted.verb)
    if wanted.activity:
        found = found.filter(activity=wanted.activity)
    if wanted.registration:
        found = found.filter(registration=wanted.registration)
    if wanted.actor:
        found = found.filter(actor=wanted.actor)
    if wanted.since:
        found = found.filter(stored__gt=wanted.since)
    if wanted.until:
        found = found.filter(stored__lte=wanted.until)
    if wanted.cursor is not None:
        found = found.filter(seq__gt=wanted.cursor) if wanted.ascending else found.filter(seq__lt=wanted.cursor)
    size = min(wanted.limit or MOST, MOST)
    rows = list(found.order_by("seq" if wanted.ascending else "-seq")[: size + 1])
    return Page(rows[:size], rows[size - 1].seq if len(rows) > size else None)


def statement_by_id(statement_id: uuid.UUID) -> Statement | None:
    return Statement.objects.filter(id=statement_id).first()


def credential_for(key: str, secret: str) -> Credential | None:
    """The credential with this key and secret, if it is in force."""
    try:
        credential = Credential.objects.filter(key=uuid.UUID(key), ended_at=None).first()
    except ValueError:
        return None
    if credential is None or not hmac.compare_digest(credential.secret_digest, digest(secret)):
        return None
    return credential


def reader_names() -> list[str]:
    """The systems that can read the record store now."""
    return list(Credential.objects.filter(ended_at=None).order_by("name").values_list("name", flat=True))
