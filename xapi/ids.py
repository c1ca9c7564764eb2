"""Which id has which place in the order: what keeps ids unique over all months.

On PostgreSQL statements stand in a table per month (xapi.partitions), and no index there goes over months. So a small
table has every id once, and what is stored goes into both in one question. On SQLite there is one table of
statements with an index on `id`, and the small one stays empty. What asks for ids goes through here.
"""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

from xapi.models import Statement, StatementId
from xapi.partitions import has_parts
from xapi.rows import MOST_PARAMETERS, adapters, insert

_INSERT_BOTH = """
    WITH given ({columns}) AS (VALUES {lines}),
    fresh AS (
        INSERT INTO xapi_statement_id (id, seq) SELECT id, seq FROM given ORDER BY id
        ON CONFLICT (id) DO NOTHING RETURNING seq
    )
    INSERT INTO xapi_statement ({columns}) SELECT given.* FROM given WHERE seq IN (SELECT seq FROM fresh)
"""


def insert_new(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> int:
    """Store the statements of which the id is not known; gives how many. `rows` are sorted by id."""
    if not has_parts():
        return insert(Statement, names, rows, known="id")
    fields: list[Any] = [Statement._meta.get_field(name) for name in names]
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    first = f"({', '.join(f'%s::{field.db_type(connection)}' for field in fields)})"  # says of what type each is
    line = f"({', '.join(['%s'] * len(names))})"
    change, step, added = adapters(fields), MOST_PARAMETERS // len(names), 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            lines = ", ".join([first, *[line] * (len(part) - 1)])
            cursor.execute(_INSERT_BOTH.format(columns=columns, lines=lines), change(part))
            added += cursor.rowcount
    return added


def table_of_ids() -> str:
    """For a search in SQL: where `id` and `seq` of every statement stand."""
    return (StatementId if has_parts() else Statement)._meta.db_table


def seqs_of(ids: Iterable[uuid.UUID | str]) -> "QuerySet[Any, int]":
    """The places of these, to look for statements by."""
    table: type[Model] = StatementId if has_parts() else Statement
    return table._default_manager.filter(id__in=list(ids)).values_list("seq", flat=True)


def forget(seqs: Sequence[int]) -> None:
    """Delete statements, and that their ids were here."""
    gone = Statement.objects.filter(seq__in=seqs)
    if has_parts():
        StatementId.objects.filter(id__in=list(gone.values_list("id", flat=True))).delete()
    gone.delete()
