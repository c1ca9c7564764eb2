"""A million statements in minutes: made as the store makes them, and loaded by COPY; for benches only.

Nothing is checked and nothing is forwarded. As many per month as in the months before: a store that grows has more
months, more people and more registrations, and the same lessons.
"""

import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

from tests.bench.lrs_statement import LESSONS, statement

EACH = 200  # statements of one person
PER_MONTH = 80_000
STEP = timedelta(days=30.44) / PER_MONTH
KINDS = LESSONS * 7  # of statements: every lesson, step and verb
COLUMNS = ("seq", "id", "stored", "actor", "agent_key", "verb_key", "activity_key", "context_key", "registration",
           "credential", "document")  # fmt: skip
TYPES = ("int8", "uuid", "timestamptz", "uuid", "int8", "int8", "int8", "int8", "uuid", "int8", "bytea")
ROUTED = 10  # one in so many also names its route, which stands in the table of what is related
_HOLES = {"id": uuid.UUID(int=11), "name": uuid.UUID(int=12), "registration": uuid.UUID(int=13)}
_THEN = datetime(2001, 1, 1, tzinfo=UTC)


def route(number: int) -> str:
    """The route in which a lesson was taken."""
    return f"https://leren.voorbeeld.nl/xapi/activities/R{number // ROUTED % 5}"


def person(number: int, count: int) -> uuid.UUID:
    """Who did it; everybody is there from the first month to the last."""
    return _name(number % max(count // EACH, 1))


@cache
def _name(number: int) -> uuid.UUID:
    return uuid.uuid5(uuid.NAMESPACE_OID, str(number))


@cache
def _kind(number: int) -> tuple[str, Any]:
    """The text of a statement with holes in it, and its keys; the one of the actor is of nobody."""
    from django.conf import settings

    from xapi.core.keys import keys_of
    from xapi.core.lifecycle import completed
    from xapi.core.parsing import canonical
    from xapi.core.versions import Version

    made = statement(number)
    made["id"] = str(_HOLES["id"])
    made["actor"]["account"] = {"homePage": settings.BASE_URL, "name": str(_HOLES["name"])}
    made["context"]["registration"] = str(_HOLES["registration"])
    if number % ROUTED == 0:
        made["context"]["contextActivities"]["grouping"] = [{"objectType": "Activity", "id": route(number)}]
    authority = {"objectType": "Agent", "account": {"homePage": settings.BASE_URL, "name": "kortwijs"}}
    whole = completed(made, stored=_THEN, authority=authority, version=Version.V1)
    text = canonical(whole).replace("%", "%%").replace(whole["stored"], "%(stored)s")
    for name, hole in _HOLES.items():
        text = text.replace(str(hole), f"%({name})s")
    return text, keys_of(whole)


def rows(count: int, last: datetime) -> Iterator[tuple[Any, ...]]:
    """Rows of the table of statements, the oldest first, as xapi.intake makes them."""
    from django.conf import settings

    from xapi.core.formats import written
    from xapi.core.keys import agent_key
    from xapi.core.packing import pack
    from xapi.models import seq_at

    for number in range(count):
        stored, who = last - (count - number) * STEP, person(number, count)
        text, keys = _kind(number % KINDS)
        key, registration = uuid.uuid4(), uuid.UUID(int=number // 20)
        agent = agent_key({"account": {"homePage": settings.BASE_URL, "name": str(who)}})
        told = {"id": key, "name": who, "registration": registration, "stored": written(stored)}
        yield (
            seq_at(stored, number % 4096), key, stored, who, agent, keys.verb, keys.activity, keys.context,
            registration, None, pack(text % told),
        )  # fmt: skip


def copy_in(count: int) -> None:
    """Load so many, up to now, into the empty tables of PostgreSQL, with a part for each month; indexes come last."""
    from django.db import connection, transaction

    from xapi.partitions import Month, indexes_of, make_month, make_parts, parts

    last = datetime.now(UTC)
    make_parts(last)
    month, there = Month.of(last - count * STEP), {part.month for part in parts()}
    while month <= Month.of(last):
        if month not in there:
            make_month(month)
        month = month.next
    with transaction.atomic(), connection.cursor() as cursor:
        indexes = indexes_of(cursor, "xapi_statement")
        for name in indexes:
            cursor.execute(f"DROP INDEX {name}")
        related: list[tuple[int, int, int]] = []
        with cursor.copy(f"COPY xapi_statement ({', '.join(COLUMNS)}) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(TYPES)
            for number, row in enumerate(rows(count, last)):
                copy.write_row(row)
                related += [(key, role.value, row[0]) for key, role in _kind(number % KINDS)[1].related]
        with cursor.copy("COPY xapi_related (key, role, seq) FROM STDIN (FORMAT BINARY)") as copy:
            copy.set_types(("int8", "int2", "int8"))
            for row in related:
                copy.write_row(row)
        cursor.execute("INSERT INTO xapi_statement_id (id, seq) SELECT id, seq FROM xapi_statement ORDER BY id")
        for definition in indexes.values():
            cursor.execute(definition)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE xapi_statement, xapi_statement_id, xapi_related, xapi_reference")
