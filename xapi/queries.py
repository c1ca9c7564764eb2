"""Reads from the record store."""

import uuid
from collections.abc import Iterable

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from xapi import attachments
from xapi.core.keys import verb_key
from xapi.core.rules import Json
from xapi.core.validation import VOIDED
from xapi.ids import seqs_of
from xapi.models import Attachment, Credential, Document, Reference, Statement
from xapi.search import MOST, Clients

_VOIDING = verb_key(VOIDED)


def _not_voided(prefix: str) -> Q:
    """Nothing refers to it to void it; a voiding statement itself cannot be voided (section 2.3.2)."""
    voiding = Reference.objects.filter(target_id=OuterRef(f"{prefix}id"), voids=True)
    return Q(**{f"{prefix}verb_key": _VOIDING}) | Q(~Exists(voiding))


def statement_by_id(statement_id: str, *, voided: bool = False, clients: Clients = None) -> Statement | None:
    """The statement with this id, if it is voided or not, as asked."""
    found = Statement.objects.filter(seq__in=seqs_of([statement_id]))
    if clients is not None:
        found = found.filter(credential__in=clients)
    fits = _not_voided("")
    return found.filter(~fits if voided else fits).first()


def documents_of(actors: list[str]) -> list[Json]:
    """Every statement about these, by our own names for them (`Statement.actor`), the oldest first."""
    return [row.document for row in Statement.objects.filter(actor__in=actors).order_by("seq").only("document")]


def known_sums(sums: Iterable[str]) -> set[str]:
    """Those of these hashes under which a file of a statement lies."""
    return set(Attachment.objects.filter(sha2__in=list(sums)).values_list("sha2", flat=True))


def kept_about(actors: list[str]) -> list[Document]:
    """What clients keep about these in the state, and in profiles."""
    return list(Document.objects.filter(actor__in=actors).order_by("pk"))


def files_of(statements: list[Json]) -> list[tuple[str, str, bytes]]:
    """What came along with these: hash, media type and content."""
    return attachments.read(statements)


def names_of(agent_key: int, clients: Clients = None) -> list[str]:
    """The names that an agent has in its latest statements."""
    rows = Statement.objects.filter(agent_key=agent_key).order_by("-seq")
    if clients is not None:
        rows = rows.filter(credential__in=clients)
    actors: list[Json] = [row.document["actor"] for row in rows.only("document")[:MOST]]
    return list(dict.fromkeys(actor["name"] for actor in actors if "name" in actor))


def clients_of(credential: Credential) -> Clients:
    """Whose statements a client may see: everybody's, or those of the clients of its organisation."""
    if credential.organisation is None:
        return None
    return list(Credential.objects.filter(organisation=credential.organisation).values_list("id", flat=True))


def credential_by_key(key: str) -> Credential | None:
    """The credential with this key, if it is in force, with what a request needs of it.

    In SQL, since every request asks it: to build the question cost more than to answer it.
    """
    try:
        given = uuid.UUID(key)
    except ValueError:
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(_NEEDED)} FROM xapi_credential WHERE key = %s AND ended_at IS NULL",  # noqa: S608
            [_KEY.get_db_prep_value(given, connection)],
        )
        row = cursor.fetchone()
    return None if row is None else Credential.from_db(connection.alias, _NEEDED, [row[0], given, *row[2:]])


_KEY = Credential._meta.get_field("key")
_NEEDED = ("id", "key", "secret_digest", "scopes", "organisation", "per_minute")  # in the order of the model


def reader_names() -> list[str]:
    """The systems that can read the record store now."""
    rows = Credential.objects.filter(ended_at=None, organisation=None).order_by("name")
    return [row.name for row in rows if row.may("statements/read")]
