"""Writes to the record store; nothing writes a statement around these."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from xapi.core.statements import Statement as Document
from xapi.models import Credential, Statement


def record_statements(documents: Sequence[Document]) -> int:
    """Store statements in the transaction of the caller; those whose id is known are left as they are.

    Gives how many were offered. `stored` is the time of the server, `timestamp` that of the phone.
    """
    stored = timezone.now()
    rows = [_row(document, stored) for document in documents]
    Statement.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _row(document: Document, stored: datetime) -> Statement:
    return Statement(
        id=uuid.UUID(document["id"]),
        stored=stored,
        timestamp=datetime.fromisoformat(document["timestamp"]),
        actor=uuid.UUID(document["actor"]["account"]["name"]),
        verb=document["verb"]["id"],
        activity=document["object"]["id"],
        registration=document["context"].get("registration"),
        document=document,
    )


def erase_actors(names: Iterable[uuid.UUID]) -> dict[str, int]:
    """Delete every statement of these pseudonyms; gives the count (AVG art. 17 goes before xAPI)."""
    deleted, _ = Statement.objects.filter(actor__in=list(names)).delete()
    return {"statements": deleted}


def rename_actor(old: uuid.UUID, new: uuid.UUID) -> int:
    """Give the statements of one pseudonym to another, when two learners turn out to be one."""
    moved = list(Statement.objects.filter(actor=old))
    for row in moved:
        row.actor = new
        row.document["actor"]["account"]["name"] = str(new)
    Statement.objects.bulk_update(moved, ["actor", "document"], batch_size=500)
    return len(moved)


def create_credential(name: str) -> tuple[Credential, str]:
    """A new key and its secret; the secret is shown once and not kept."""
    secret = secrets.token_urlsafe(32)
    return Credential.objects.create(name=name, secret_digest=digest(secret)), secret


def digest(secret: str) -> str:
    """HMAC-SHA256: fast and enough for a secret of 256 random bits (a password would need more)."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()
