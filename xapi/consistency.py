"""Up to which moment a reader has seen everything (X-Experience-API-Consistent-Through; IEEE 9274.1.1 section 4.1.6.1).

A statement is stored at a moment in a transaction, and seen when that ends. So the moment that is told never passes
the start of a transaction that writes now: who asks for what came after it misses nothing. How to see that somebody
writes is the one thing here that differs per database.
"""

import zlib
from datetime import datetime, timedelta

from django.db import OperationalError, connection
from django.utils import timezone

_LOCK = zlib.crc32(b"xapi.Statement")
_TICK = timedelta(microseconds=1)
_WRITERS = """
    SELECT coalesce(min(a.xact_start), statement_timestamp())
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = %s AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.pid <> pg_backend_pid()
"""


def begin_writing() -> datetime:
    """The moment at which what is written now is stored; to be called in the transaction that writes."""
    if connection.vendor != "postgresql":
        return timezone.now()  # SQLite: the transaction has the only pen (lms.settings, transaction_mode)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s), clock_timestamp()", [_LOCK])
        moment: datetime = cursor.fetchone()[1]
    return moment


def consistent_through() -> datetime:
    """Every statement stored up to here can be seen. To be asked before looking."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_WRITERS, [_LOCK])
            moment: datetime = cursor.fetchone()[0]
        return moment - _TICK
    now = timezone.now()
    if connection.in_atomic_block or _pen_is_free():
        return now - _TICK
    from xapi.models import Statement

    last = Statement.objects.order_by("-seq").values_list("stored", flat=True).first()
    return min(last or datetime(2020, 1, 1, tzinfo=now.tzinfo), now - _TICK)


def _pen_is_free() -> bool:
    """Whether nobody writes, by taking SQLite's lock for a moment without waiting for it."""
    with connection.cursor() as cursor:
        waits = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute("PRAGMA busy_timeout = 0")
        try:
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        except OperationalError:
            return False
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {int(waits)}")
    return True
