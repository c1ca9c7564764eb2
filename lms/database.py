"""The one place that knows what SQLite and PostgreSQL each have to be told."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def use_whole_limit(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Insert many rows in one query, as PostgreSQL does.

    Django 5.2 takes 999 parameters for the most that SQLite can have in a query, and splits inserts at that; the
    library says itself how many it takes, 32,766 or more since 3.32 (sqlite.org/limits.html). Django 6 asks it too.
    """
    if connection.vendor == "sqlite" and isinstance(connection.connection, sqlite3.Connection):
        limit = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
        connection.features.max_query_params = limit


@contextmanager
def at_one_moment() -> Iterator[None]:
    """A transaction that sees everything as it was when it began, as those of SQLite do.

    PostgreSQL wants to be told before the first question; inside another transaction what that one sees holds.
    """
    is_first = not connection.in_atomic_block
    with transaction.atomic():
        if is_first and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def empty_write_ahead_log() -> bool:
    """What was deleted stands in SQLite's log until its pages are used again, which takes long on a quiet site: now the
    log becomes empty. False where someone is reading, and the next time has to do it; True too where there is no log.
    """
    if connection.vendor != "sqlite":
        return True
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_ = cursor.fetchone()
    return not busy


def connect() -> None:
    connection_created.connect(use_whole_limit, dispatch_uid="lms.use_whole_limit")
