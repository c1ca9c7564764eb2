"""The database in a copy: how it is written to a file, read back, and what is in it.

How differs per database, and here only: pg_dump and pg_restore for PostgreSQL (their own format, so a copy can be put
back without us too), SQLite's own way of copying a file that is in use.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import connection

from lms.backups.errors import BackupError

Figures = dict[str, tuple[int, str]]
"""Per table how many rows it has, and a sum over what they hold that does not mind their order."""
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Dumped:
    """What was written, and what was in the database at that same moment."""

    engine: str
    figures: Figures


def dump(to: Path) -> Dumped:
    """Write the whole database to this file, as it is at one moment, while others go on. Raises BackupError."""
    if connection.vendor == "postgresql":
        return Dumped("postgresql", _dump_postgresql(to))
    with closing(sqlite3.connect(to)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
        return Dumped("sqlite", _figures_of_sqlite(copy))


def is_empty() -> bool:
    """True where no table is: only there a copy is put back."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def restore(source: Path, engine: str) -> Figures:
    """Put what `dump` wrote into the empty database; gives what is in it then. Raises BackupError, and then nothing is.

    A copy goes back into the kind of database that it came from.
    """
    if engine != connection.vendor:
        raise BackupError(f"Deze kopie is van {engine}, en hier staat {connection.vendor}. Kies dezelfde database.")
    if not is_empty():
        raise BackupError("De database is niet leeg. Zet een kopie alleen terug in een lege database.")
    if engine == "postgresql":
        _run("pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", str(source))
        with _one_moment():
            return _figures_of_postgresql()
    connection.ensure_connection()
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as copy:
        try:
            copy.backup(connection.connection)
        except sqlite3.DatabaseError as error:
            raise BackupError(f"De database in deze kopie is stuk ({error}).") from error
    with closing(sqlite3.connect(connection.settings_dict["NAME"])) as restored:  # what is there now, as it lies there
        return _figures_of_sqlite(restored)


def _dump_postgresql(to: Path) -> Figures:
    with _one_moment() as snapshot:
        _run("pg_dump", "--format=custom", f"--snapshot={snapshot}", "--no-owner", "--no-privileges", f"--file={to}")
        return _figures_of_postgresql()


@contextmanager
def _one_moment() -> Iterator[str]:
    """A transaction that sees one moment, and the name under which pg_dump sees the same."""
    connection.close()  # one of its own: no transaction may have begun
    with connection.cursor() as cursor:
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            # How moments and numbers are written as text differs per setting, and the sums are over text.
            cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL extra_float_digits = 1")
            cursor.execute("SELECT pg_export_snapshot()")
            yield cursor.fetchone()[0]
        finally:
            cursor.execute("ROLLBACK")


def _figures_of_postgresql() -> Figures:
    found: Figures = {}
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for (table,) in cursor.fetchall():
            name = connection.ops.quote_name(table)
            cursor.execute(f"SELECT count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM {name} t")  # noqa: S608
            count, digest = cursor.fetchone()
            found[table] = count, str(digest)
    return found


def _figures_of_sqlite(copy: sqlite3.Connection) -> Figures:
    found: Figures = {}
    tables = copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1")
    for (table,) in tables.fetchall():
        count = total = 0
        for row in copy.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 (a name that is there)
            count += 1
            total += int.from_bytes(sha256(repr(row).encode()).digest()[:8], "big")
        found[table] = count, str(total)
    return found


def _run(program: str, *arguments: str) -> None:
    given: dict[str, Any] = connection.settings_dict
    line = [program, *arguments, *(f"--{name}={given[key]}" for name, key in _WHERE if given.get(key))]
    try:
        done = subprocess.run(  # noqa: S603 (our own arguments)
            line, capture_output=True, text=True, check=False, env={**os.environ, "PGPASSWORD": given["PASSWORD"] or ""}
        )
    except FileNotFoundError as error:
        missing = f"{program} is er niet. Installeer postgresql-client van dezelfde versie als de database, of nieuwer."
        raise BackupError(missing) from error
    if done.returncode:
        raise BackupError(f"{program} stopte: {done.stderr.strip()[-400:]}")


_WHERE = (("host", "HOST"), ("port", "PORT"), ("username", "USER"), ("dbname", "NAME"))
