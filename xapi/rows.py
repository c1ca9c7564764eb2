"""Many rows in one query, past the machinery of model objects: a batch of statements is a few of these."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model, UUIDField

MOST_PARAMETERS = 30_000  # in a query; SQLite takes 32,766, PostgreSQL 65,535
Rows = Sequence[Sequence[Any]]


def insert(model: type[Model], names: Sequence[str], rows: Rows, *, known: str) -> int:
    """How many rows are new; one whose `known` column (or columns) is there already is left out."""
    quote = connection.ops.quote_name
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    columns = ", ".join(quote(field.column) for field in fields)
    line = f"({', '.join(['%s'] * len(names))})"
    change, step, added = adapters(fields), MOST_PARAMETERS // len(names), 0
    with connection.cursor() as cursor:
        for start in range(0, len(rows), step):
            part = rows[start : start + step]
            cursor.execute(
                f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES {', '.join([line] * len(part))} "  # noqa: S608
                f"ON CONFLICT ({known}) DO NOTHING",
                change(part),
            )
            added += cursor.rowcount
    return added


def adapters(fields: Sequence[Any]) -> Callable[[Rows], list[Any]]:
    """What makes rows of these fields into the parameters of a query, one after the other."""
    adapt = [_adapter(field) for field in fields]

    def change(rows: Rows) -> list[Any]:
        return [
            value if change is None or value is None else change(value)
            for row in rows
            for change, value in zip(adapt, row, strict=True)
        ]

    return change


def _adapter(field: Any) -> Callable[[Any], Any] | None:
    target = getattr(field, "target_field", field) if field.is_relation else field
    if isinstance(target, UUIDField) and not connection.features.has_native_uuid_field:
        return lambda value: value.hex
    if isinstance(target, DateTimeField):
        return connection.ops.adapt_datetimefield_value
    return None
