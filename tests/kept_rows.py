"""Rows that something writes, kept to be put back: making them again is most of the work of many tests."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db import connection, transaction

Rows = dict[Any, tuple[Any, ...]]


@dataclass
class KeptRows:
    """What one piece of work adds to the tables and changes in them, as the database holds it."""

    columns: dict[str, list[str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    new: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    changed: dict[str, Rows] = field(default_factory=dict)

    @classmethod
    def of(cls, work: Callable[[], object]) -> "KeptRows":
        """Do the work, keep what it wrote, and undo it."""
        kept = cls()
        with transaction.atomic():
            before = kept._read()
            work()
            after = kept._read()
            transaction.set_rollback(True)
        for table, rows in after.items():
            old = before[table]
            kept.new[table] = [row for key, row in rows.items() if key not in old]
            kept.changed[table] = {key: row for key, row in rows.items() if key in old and old[key] != row}
        return kept

    def fits(self) -> bool:
        """Whether nobody took the places of these rows meanwhile."""
        with connection.cursor() as cursor:
            for table, rows in self.new.items():
                place = self.columns[table].index(self.keys[table])
                if rows:
                    places = ", ".join(["%s"] * len(rows))
                    sql = f"SELECT 1 FROM {_quoted(table)} WHERE {_quoted(self.keys[table])} IN ({places})"
                    cursor.execute(sql, [row[place] for row in rows])
                    if cursor.fetchone():
                        return False
        return True

    def put_back(self) -> None:
        """Write the same again; for a database that is as it was before the work."""
        with connection.cursor() as cursor:
            for table, rows in self.changed.items():
                columns, key_column = self.columns[table], self.keys[table]
                assigned = ", ".join(f"{_quoted(column)} = %s" for column in columns)
                for key, row in rows.items():
                    sql = f"UPDATE {_quoted(table)} SET {assigned} WHERE {_quoted(key_column)} = %s"
                    cursor.execute(sql, [*row, key])
            for table, added in self.new.items():
                if added:
                    names = ", ".join(_quoted(column) for column in self.columns[table])
                    places = ", ".join(["%s"] * len(self.columns[table]))
                    sql = f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})"
                    cursor.executemany(sql, added)

    def _read(self) -> dict[str, Rows]:
        found: dict[str, Rows] = {}
        with connection.cursor() as cursor:
            for model in apps.get_models(include_auto_created=True):
                if not model._meta.managed or model._meta.proxy:
                    continue
                if len(model._meta.pk_fields) > 1:  # the record store's; nothing that is kept here writes there
                    continue
                table, key = model._meta.db_table, model._meta.pk.column
                cursor.execute(f"SELECT * FROM {_quoted(table)}")
                self.columns[table] = [column[0] for column in cursor.description]
                self.keys[table] = key
                place = self.columns[table].index(key)
                found[table] = {row[place]: tuple(row) for row in cursor.fetchall()}
        return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
