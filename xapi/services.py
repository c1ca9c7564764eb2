"""Writes to the record store; nothing writes a statement around these."""

import hashlib
import hmac
import secrets
import uuid
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Greatest
from django.utils import timezone

from xapi import attachments, ids
from xapi.core.keys import Role, agent_key, keys_of
from xapi.core.parsing import canonical, parse
from xapi.core.rules import Json
from xapi.core.validation import check_statement
from xapi.core.versions import Version
from xapi.forwarding.recalls import ask_back
from xapi.forwarding.services import forget_actors, rename_in_outbox
from xapi.intake import Sender, random_name, take_in
from xapi.models import Credential, Document, Reference, Related, Scope, Statement
from xapi.queries import credential_by_key
from xapi.rows import insert


def record_statements(documents: Sequence[Json]) -> int:
    """Store statements of our own in the transaction of the caller; one whose id is known is left as it is.

    Gives how many were offered. `stored` is the time of the server, `timestamp` that of the phone.
    """
    checked = [check_statement(document, Version.V1) for document in documents]
    if checked:
        take_in(checked, version=Version.V1, sender=Sender(authority=own_authority(), compares=False))
    return len(checked)


def own_authority() -> Json:
    """Whose word a statement of our own is."""
    return {"objectType": "Agent", "account": {"homePage": settings.BASE_URL, "name": "kortwijs"}}


def receive_statements(
    statements: Sequence[Json], *, credential: Credential, version: Version, contents: Mapping[str, bytes]
) -> list[str]:
    """Store what a client sends, under the authority of that client, whatever it says itself (section 2.4.9)."""
    sender = Sender(
        authority={"objectType": "Agent", "account": {"homePage": settings.BASE_URL, "name": str(credential.key)}},
        credential=credential.pk,
        defines=credential.may(Scope.DEFINE),
    )
    return take_in(statements, version=version, sender=sender, contents=contents)


def bring_in(documents: Sequence[Json], *, contents: Mapping[str, bytes], renamed: Mapping[str, str]) -> int:
    """Statements that were another store's, with their ids, times and authority; what is here already stays.

    They are stored now, and go to no other store: who had them from the store before, has them. renamed: the address
    that the store before had to the one of this, for the learners whose random names are ours. Gives how many.
    """
    by_authority: dict[str, tuple[Json, list[Json]]] = {}
    for one in documents:
        authority = _moved(one.get("authority") or own_authority(), renamed)
        checked = check_statement(_moved(one, renamed), Version.V1)
        by_authority.setdefault(canonical(authority), (authority, []))[1].append(checked)
    for authority, statements in by_authority.values():
        sender = Sender(authority=authority, compares=False, forwards=False)
        take_in(statements, version=Version.V1, contents=contents, sender=sender)
    return len(documents)


def bring_in_document(row: Mapping[str, Any]) -> None:
    """A document that was another store's, as `Document` serializes to JSON; raises IntegrityError for one that is here
    already, ValidationError for what is none."""
    fields = [one for one in Document._meta.concrete_fields if not one.primary_key]
    found = {one.attname: None if row[one.attname] is None else one.to_python(row[one.attname]) for one in fields}
    Document.objects.create(**found)


def _moved(value: Any, renamed: Mapping[str, str]) -> Any:
    if isinstance(value, dict):
        found = {name: _moved(inner, renamed) for name, inner in value.items() if name != "version"}
        account = found.get("account")
        if isinstance(account, dict) and account.get("homePage") in renamed and random_name(found):
            found["account"] = {**account, "homePage": renamed[account["homePage"]]}
        return found
    return [_moved(one, renamed) for one in value] if isinstance(value, list) else value


def erase_actors(names: Iterable[uuid.UUID]) -> dict[str, int]:
    """Delete all of these pseudonyms: statements, documents and files (AVG art. 17 goes before xAPI)."""
    names = list(names)
    with transaction.atomic():
        seqs = sorted(_seqs_about(names))
        asked = ask_back(names, seqs)
        for start in range(0, len(seqs), 1000):
            some = seqs[start : start + 1000]
            attachments.forget(some)
            Related.objects.filter(statement_id__in=some).delete()
            Reference.objects.filter(statement_id__in=some).delete()
            ids.forget(some)
        documents, _ = Document.objects.filter(actor__in=names).delete()
        forwarded = forget_actors(names, seqs)
    told = {"statements": len(seqs)}
    told.update({name: count for name, count in (("documents", documents), ("asked back", asked)) if count})
    told.update(forwarded)
    return told


def _seqs_about(names: list[uuid.UUID]) -> set[int]:
    """The statements of which these are the actor, and those in which they stand in another way."""
    accounts = [{"account": {"homePage": settings.BASE_URL, "name": str(name)}} for name in names]
    keys = {key for account in accounts if (key := agent_key(account)) is not None}
    # An address that this site had before: what they did themselves tells it.
    own_keys = Statement.objects.filter(actor__in=names).values_list("agent_key", flat=True).distinct()
    keys |= {key for key in own_keys if key is not None}
    related = Related.objects.filter(key__in=keys, role__in=(Role.DIRECT_AGENT, Role.RELATED_AGENT))
    own = Statement.objects.filter(actor__in=names).values_list("seq", flat=True)
    return {*own, *related.values_list("statement_id", flat=True)}


def rename_actor(old: uuid.UUID, new: uuid.UUID) -> int:
    """Give the statements of one pseudonym to another, when two learners turn out to be one.

    Also those in which it stands in another way; and what a client kept about it is erased with the other one.
    """
    with transaction.atomic():
        moved = list(Statement.objects.filter(seq__in=_seqs_about([old])))
        for row in moved:
            row.actor = new if row.actor == old else row.actor
            row.document = parse(_renamed(row, old, new))
            keys = keys_of(row.document)
            row.agent_key, row.context_key = keys.agent, keys.context
        Statement.objects.bulk_update(moved, ["actor", "document", "agent_key", "context_key"], batch_size=500)
        seqs = [row.seq for row in moved]
        Related.objects.filter(statement_id__in=seqs).delete()
        related = [(key, role.value, row.seq) for row in moved for key, role in keys_of(row.document).related]
        insert(Related, ("key", "role", "statement"), related, known='"key", role, seq')
        Document.objects.filter(actor=old).update(actor=new)
        rename_in_outbox(old, new)
    return len(moved)


def _renamed(row: Statement, old: uuid.UUID, new: uuid.UUID) -> str:
    return canonical(row.document).replace(f'"name":"{old}"', f'"name":"{new}"')


def create_credential(
    name: str, *, scopes: Sequence[str] = (Scope.READ,), organisation: int | None = None, per_minute: int = 6000
) -> tuple[Credential, str]:
    """A new key and its secret; the secret is shown once and not kept."""
    secret = secrets.token_hex(32)  # no dash in front: it is typed after -p
    credential = Credential.objects.create(
        name=name,
        secret_digest=digest(secret),
        scopes=" ".join(str(scope) for scope in scopes),
        organisation=organisation,
        per_minute=per_minute,
    )
    return credential, secret


def end_credential(credential: Credential) -> bool:
    """From now on the key opens nothing; what the client wrote stays. False when it had ended before."""
    return bool(Credential.objects.filter(pk=credential.pk, ended_at=None).update(ended_at=timezone.now()))


def credential_for(key: str, secret: str) -> Credential | None:
    """The credential with this key and secret, if it is in force."""
    credential = credential_by_key(key)
    return credential if credential is not None and is_secret_of(credential, secret) else None


def is_secret_of(credential: Credential, secret: str) -> bool:
    return hmac.compare_digest(credential.secret_digest, digest(secret))


def take_calls(credential: Credential, minute: int, count: int) -> bool:
    """Take so many of the calls that a key has in a minute; False, and none taken, when there are not so many left.

    Who has a clock that is behind takes them from the minute that others are in.
    """
    left = Q(minute__lt=minute) | Q(taken__lte=F("per_minute") - count)
    before = Case(When(minute__gte=minute, then=F("taken")), default=0)
    row = Credential.objects.filter(left, pk=credential.pk)
    return bool(row.update(taken=before + count, minute=Greatest("minute", minute)))


def digest(secret: str) -> str:
    """HMAC-SHA256: fast and enough for a secret of 256 random bits (a password would need more)."""
    return hmac.new(settings.SECRET_KEY.encode(), secret.encode(), hashlib.sha256).hexdigest()
