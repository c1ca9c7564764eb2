"""Up to which moment a reader has seen everything (X-Experience-API-Consistent-Through; IEEE 9274.1.1 section 4.1.6.1).

A statement is stored at a moment in a transaction, and seen when that ends. So the moment that is told never passes
the start of a transaction that writes now: who asks for what came after it misses nothing. How to see that somebody
writes is the one thing here that differs per database.
"""

import zlib
from datetime import UTC, datetime, timedelta
from threading import Lock

from django.db import OperationalError, connection
from django.utils import timezone

_LOCK = zlib.crc32(b"xapi.Statement")
_TICK = timedelta(microseconds=1)
_SET_BACK = timedelta(seconds=10)
_IN_FORCE = "(SELECT count(*) FROM xapi_credential WHERE id = %s AND ended_at IS NULL)"
_WRITERS = """
    SELECT coalesce(min(a.xact_start), statement_timestamp())
    FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.classid = 0 AND l.objid = %s AND l.objsubid = 1
      AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      AND l.pid <> pg_backend_pid()
"""


class Ended(Exception):
    """The key of who writes is not in force any more."""


def begin_writing(count: int, credential: int | None = None) -> datetime:
    """The moment at which what is written now is stored; to be called in the transaction that writes.

    The moment and the `count` microseconds after it are for this writer: no other of this process gets them, even if
    the clock stands still. Whether the key of the writer is in force is asked in the same breath; raises Ended.
    """
    in_force = credential is None
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT pg_advisory_xact_lock_shared(%s), clock_timestamp(), {_IN_FORCE}",
                [_LOCK, credential],
            )
            _, now, found = cursor.fetchone()
        else:  # SQLite: the transaction has the only pen (transaction_mode)
            now, found = timezone.now(), 0
            if not in_force:
                found = cursor.execute(f"SELECT {_IN_FORCE}", [credential]).fetchone()[0]
    if not (in_force or found):
        raise Ended
    return _taken.after(now, count)


class _Taken:
    """The last moment that this process gave to a statement."""

    def __init__(self) -> None:
        self._last = datetime(2020, 1, 1, tzinfo=UTC)
        self._lock = Lock()

    def after(self, now: datetime, count: int) -> datetime:
        with self._lock:
            began = self.last_near(now) + _TICK
            self._last = began + (count - 1) * _TICK
        return began

    def last_near(self, now: datetime) -> datetime:
        """The last moment, if the clock has not gone past it yet; a clock that was set back is believed."""
        return self._last if now <= self._last <= now + _SET_BACK else now - _TICK

    def forget(self) -> None:
        self._last = datetime(2020, 1, 1, tzinfo=UTC)


_taken = _Taken()


def forget() -> None:
    """For tests in which time is set: it was never later."""
    _taken.forget()


def consistent_through() -> datetime:
    """Every statement stored up to here can be seen. To be asked before looking."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_WRITERS, [_LOCK])
            moment: datetime = cursor.fetchone()[0]
        return moment - _TICK
    now = timezone.now()
    taken = _taken.last_near(now)  # before the pen is asked for: who took this moment had it then
    if connection.in_atomic_block or _pen_is_free():
        return taken
    from xapi.models import Statement

    last = Statement.objects.order_by("-seq").values_list("stored", flat=True).first()
    return min(last or datetime(2020, 1, 1, tzinfo=UTC), now - _TICK)


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
