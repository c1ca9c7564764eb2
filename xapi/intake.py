"""Taking statements in: all of a batch or none, each id once (1.0.3 part 3 section 2.1; IEEE 9274.1.1, 4.1.6.1)."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from xapi import attachments, definitions, ids
from xapi.consistency import begin_writing
from xapi.core.comparison import same_statement
from xapi.core.keys import Keys, activities_of, keys_of
from xapi.core.lifecycle import completed
from xapi.core.packing import pack
from xapi.core.parsing import canonical
from xapi.core.rules import Json
from xapi.core.validation import VOIDED
from xapi.core.versions import Version
from xapi.forwarding import outbox
from xapi.models import TIE_BITS, Reference, Related, Statement, seq_at
from xapi.rows import insert

_COLUMNS = ("seq", "id", "stored", "actor", "agent_key", "verb_key", "activity_key", "context_key", "registration",
            "credential", "document")  # fmt: skip


class Conflict(Exception):
    """An id that is there already, with another statement."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sends: the authority that the statements get, and what the client may do."""

    authority: Json | None = None
    credential: int | None = None
    defines: bool = True
    forwards: bool = True
    compares: bool = True  # from inside an id always means the same event: what is there is left as it is


@dataclass(frozen=True, slots=True)
class _Incoming:
    id: uuid.UUID
    seq: int
    stored: datetime
    whole: Json
    packed: bytes
    keys: Keys


def take_in(
    statements: Sequence[Json],
    *,
    version: Version,
    sender: Sender,
    contents: Mapping[str, bytes] | None = None,
) -> list[str]:
    """Store statements that were checked; gives their ids. Raises Conflict or Ended, and then none is stored."""
    for last in (False, True):
        try:
            with transaction.atomic(savepoint=sender.compares):
                incoming = _prepared(statements, version, sender)
                new = _write(incoming, sender)
                if sender.forwards:
                    outbox.fill([(one.seq, one.id, one.whole) for one in new], sender.credential)
                attachments.keep(contents or {}, [(one.seq, one.whole) for one in new])
        except IntegrityError:  # the same microsecond and tie as another writer: once in a blue moon
            if last or not sender.compares:
                raise
        else:
            break
    if sender.defines:
        told = [activity for one in incoming for activity in activities_of(one.whole)]
        if told and (unheard := definitions.unheard(told)):
            transaction.on_commit(lambda: definitions.learn(unheard), robust=True)
    return [str(one.id) for one in incoming]


def _prepared(statements: Sequence[Json], version: Version, sender: Sender) -> list[_Incoming]:
    began, tie = begin_writing(len(statements), sender.credential), secrets.randbelow(1 << TIE_BITS)
    incoming = []
    for number, statement in enumerate(statements):
        stored = began + timedelta(microseconds=number)
        whole = completed(statement, stored=stored, authority=sender.authority, version=version)
        packed = pack(canonical(whole))
        incoming.append(_Incoming(uuid.UUID(whole["id"]), seq_at(stored, tie), stored, whole, packed, keys_of(whole)))
    return incoming


def _write(incoming: list[_Incoming], sender: Sender) -> list[_Incoming]:
    """Those that are new. Sorted by id, so that two batches with the same ids wait for each other in the same order."""
    rows = [_row(one, sender) for one in sorted(incoming, key=lambda one: one.id)]
    new = incoming
    if ids.insert_new(_COLUMNS, rows) < len(rows):
        new = _those_not_known(incoming, sender.compares)
    related = [(key, role.value, one.seq) for one in new for key, role in one.keys.related]
    if related:
        insert(Related, ("key", "role", "statement"), related, known='"key", role, seq')
    if references := [one for one in new if one.whole["object"].get("objectType") == "StatementRef"]:
        _refer(references)
    return new


def _row(one: _Incoming, sender: Sender) -> tuple[object, ...]:
    keys, registration = one.keys, one.whole.get("context", {}).get("registration")
    return (
        one.seq,
        one.id,
        one.stored,
        random_name(one.whole["actor"]),
        keys.agent,
        keys.verb,
        keys.activity,
        keys.context,
        uuid.UUID(registration) if registration else None,
        sender.credential,
        one.packed,
    )


def random_name(agent: Json) -> uuid.UUID | None:
    """The name of an account, when it is a random one as ours are."""
    name = agent.get("account", {}).get("name", "")
    try:
        return uuid.UUID(name) if len(name) == 36 else None
    except ValueError:
        return None


def _those_not_known(incoming: list[_Incoming], compares: bool) -> list[_Incoming]:
    """Those that were stored just now; raises Conflict for an id that is there with another statement."""
    there = Statement.objects.filter(seq__in=ids.seqs_of(one.id for one in incoming))
    known = {row.id: row for row in there.only("id", "seq", "document")}
    new = []
    for one in incoming:
        row = known[one.id]
        if row.seq == one.seq:
            new.append(one)
        elif compares and not same_statement(row.document, one.whole):
            raise Conflict(f"id: {one.id} is there already, with another statement")
    return new


def _refer(incoming: list[_Incoming]) -> None:
    """A statement about a statement is found by what that one says too, and so on (section 2.1.3)."""
    for one in incoming:
        target = uuid.UUID(one.whole["object"]["id"])
        voids = one.whole["verb"]["id"] == VOIDED
        further = Reference.objects.filter(statement__in=ids.seqs_of([target])).values_list("target_id", flat=True)
        reached = [target, *(each for each in further if each not in (target, one.id))]
        rows = [(each, one.seq, voids and each == target) for each in reached]
        earlier = Reference.objects.filter(target__id=one.id).values_list("statement_id", flat=True)
        rows += [(each, seq, False) for seq in earlier for each in reached]
        insert(Reference, ("target", "statement", "voids"), rows, known="target, seq")
