"""How an administrator looks at the record store: the search of clients, and what only who stands inside may ask.

Voided statements are left out unless asked for, as for clients; here one can ask for those, or for all.
"""

import uuid
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from xapi.core.parameters import Wanted
from xapi.ids import seqs_of, table_of_ids
from xapi.models import Credential, Reference, Statement
from xapi.search import MOST, NOT_VOIDED, Page, Part, find_statements

_ID = Statement._meta.get_field("id")
_ALL: Part = ("1 = 1", ())
_INSIDE: Part = ("s.credential IS NULL", ())


class Voided(StrEnum):
    """What is done with statements that were voided."""

    LEFT_OUT = "geen"
    ONLY = "alleen"
    TOO = "ook"


@dataclass(frozen=True, slots=True)
class Look:
    """What an administrator asks: as a client (`wanted`), and by which client a statement came (`inside`: by none),
    voided or not, and what refers to the statement `refers`, at once or through others."""

    wanted: Wanted
    client: int | None = None
    inside: bool = False
    voided: Voided = Voided.LEFT_OUT
    refers: uuid.UUID | None = None


def find(
    look: Look, *, through: datetime, cursor: int | None = None, ascending: bool = False, most: int = MOST
) -> Page:
    """A page of what is asked, in one question to the database; `cursor` is the `seq` after which it goes on."""
    wanted = replace(look.wanted, cursor=cursor, ascending=ascending)
    clients = None if look.client is None else [look.client]
    return find_statements(wanted, clients=clients, through=through, only=_only(look), most=most)


def _voided() -> Part:
    there = f"xapi_reference v JOIN {table_of_ids()} i ON i.id = v.target"
    return f"s.seq IN (SELECT i.seq FROM {there} WHERE v.voids)", ()  # noqa: S608


def _only(look: Look) -> Part:
    parts = [{Voided.LEFT_OUT: NOT_VOIDED, Voided.ONLY: _voided(), Voided.TOO: _ALL}[look.voided]]
    parts += [_INSIDE] if look.inside else []
    if look.refers is not None:
        target = _ID.get_db_prep_value(look.refers, connection)
        parts.append(("s.seq IN (SELECT w.seq FROM xapi_reference w WHERE w.target = %s)", (target,)))
    return " AND ".join(text for text, _ in parts), tuple(value for _, values in parts for value in values)


def statement_of(statement_id: uuid.UUID) -> Statement | None:
    """The statement with this id, voided or not."""
    return Statement.objects.filter(seq__in=seqs_of([statement_id])).first()


def voided_by(statement_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids of the statements that void this one."""
    return list(_references(statement_id).filter(voids=True).values_list("statement__id", flat=True))


def is_referred_to(statement_id: uuid.UUID) -> bool:
    """Whether any statement is about this one."""
    return _references(statement_id).exists()


def _references(statement_id: uuid.UUID) -> QuerySet[Reference]:
    about: Any = statement_id  # a foreign key by id, where the types expect the row
    return Reference.objects.filter(target_id=about)


def first_seq() -> int:
    """Where the store begins; 0 when it is empty."""
    return Statement.objects.order_by("seq").values_list("seq", flat=True).first() or 0


def client_names() -> dict[int, str]:
    """Every client that could write, ended ones too."""
    return dict(Credential.objects.order_by("name", "pk").values_list("pk", "name"))
