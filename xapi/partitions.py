"""The table of statements in parts, one per month of storing: only PostgreSQL has these.

A search goes through few of them, one that is erased is in one, and a month past its term is dropped whole. Parts are
made ahead (`manage.py lrs_partitions`, and beat). What falls in none comes in the part 'rest', and moves to its month
once there is one. On SQLite statements stay in one table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from xapi.models import EPOCH, TIE_BITS, seq_at

TABLE, REST = "xapi_statement", "xapi_statement_rest"
AHEAD = 3  # months that are made before they come
PATIENCE = "3s"  # for who reads and writes; then the next round of beat tries again


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of the calendar, in UTC."""

    year: int
    number: int

    @classmethod
    def of(cls, moment: datetime) -> "Month":
        moment = moment.astimezone(UTC)
        return cls(moment.year, moment.month)

    @property
    def next(self) -> "Month":
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def previous(self) -> "Month":
        return Month(self.year - (self.number == 1), (self.number - 2) % 12 + 1)

    @property
    def begin(self) -> datetime:
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def span(self) -> tuple[int, int]:
        """Its first `seq`, and the first of the next month."""
        return seq_at(self.begin), seq_at(self.next.begin)

    @property
    def table(self) -> str:
        return f"{TABLE}_y{self.year}m{self.number:02}"

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part as it stands in the database; `rows` is what the database thinks, without counting."""

    month: Month | None  # None: the rest
    rows: int
    size: int


def has_parts() -> bool:
    """Whether this database keeps statements in parts."""
    return connection.vendor == "postgresql"


def parts() -> list[Part]:
    """Every part there is, the oldest first and the rest last; none on SQLite."""
    if not has_parts():
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, greatest(c.reltuples, 0)::bigint, pg_total_relation_size(c.oid) FROM pg_inherits i "
            "JOIN pg_class c ON c.oid = i.inhrelid WHERE i.inhparent = %s::regclass",
            [TABLE],
        )
        found = [Part(_month_of(name), rows, size) for name, rows, size in cursor.fetchall()]
    return sorted(found, key=lambda part: (part.month is None, part.month or Month(0, 0)))


def _month_of(table: str) -> Month | None:
    if table == REST:
        return None
    year, _, number = table.removeprefix(f"{TABLE}_y").partition("m")
    return Month(int(year), int(number))


def make_parts(now: datetime | None = None) -> list[Month]:
    """A part for this month, for the next ones, and for every month of which there is something in the rest.

    Gives those that were made. Nothing on SQLite.
    """
    if not has_parts():
        return []
    there = {part.month for part in parts()}
    with connection.cursor() as cursor:
        wanted = {*_months_in(cursor, REST), *_coming(now or timezone.now())}
    made = [month for month in sorted(wanted) if month not in there]
    for month in made:
        make_month(month)
    return made


def make_month(month: Month) -> None:
    """Filled with what is in the rest, and only then put in its place: who reads misses nothing."""
    low, high = month.span
    with transaction.atomic(), connection.cursor() as cursor:
        _run(
            cursor,
            f"SET LOCAL lock_timeout = '{PATIENCE}'",
            f"LOCK TABLE {REST} IN ACCESS EXCLUSIVE MODE",  # who writes puts no more of this month in the rest
            f"CREATE TABLE {month.table} (LIKE {TABLE} INCLUDING ALL)",
            f"WITH moved AS (DELETE FROM {REST} WHERE seq >= {low} AND seq < {high} RETURNING *) "  # noqa: S608
            f"INSERT INTO {month.table} SELECT * FROM moved",
            f"ALTER TABLE {TABLE} ATTACH PARTITION {month.table} FOR VALUES FROM ({low}) TO ({high})",
        )


def drop_part(month: Month) -> None:
    """Let go of a whole month; what hangs on its statements, ids too, is to be deleted before (xapi.retention)."""
    with connection.cursor() as cursor:
        _run(cursor, f"SET LOCAL lock_timeout = '{PATIENCE}'", f"DROP TABLE {month.table}")


def divide(editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table of statements into parts, and move what is in it; nothing on SQLite.

    For the migration, and for tests, which make their tables without migrations. In one transaction: all or nothing.
    """
    if editor.connection.vendor != "postgresql":
        return
    before = f"{TABLE}_before"
    with editor.connection.cursor() as cursor:
        indexes = indexes_of(cursor, TABLE)
        _run(
            cursor,
            f"ALTER TABLE {TABLE} RENAME TO {before}",
            f"CREATE TABLE {TABLE} (LIKE {before} INCLUDING DEFAULTS) PARTITION BY RANGE (seq)",
            f"CREATE TABLE {REST} PARTITION OF {TABLE} DEFAULT",
        )
        for month in sorted({*_months_in(cursor, before), *_coming(timezone.now())}):
            low, high = month.span
            _run(cursor, f"CREATE TABLE {month.table} PARTITION OF {TABLE} FOR VALUES FROM ({low}) TO ({high})")
        _run(
            cursor,
            f"INSERT INTO {TABLE} SELECT * FROM {before} ORDER BY seq",  # noqa: S608
            f"INSERT INTO xapi_statement_id (id, seq) SELECT id, seq FROM {before} ORDER BY id",  # noqa: S608
            f"DROP TABLE {before}",
            f"ALTER TABLE {TABLE} ADD PRIMARY KEY (seq)",
            *indexes.values(),  # after the rows: that is faster
        )


def indexes_of(cursor: CursorWrapper, table: str) -> dict[str, str]:
    """The indexes of a table by name, each with what makes it; without those that keep something unique."""
    cursor.execute(
        "SELECT indexrelid::regclass::text, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index "
        "WHERE indrelid = %s::regclass AND NOT indisunique",
        [table],
    )
    return dict(cursor.fetchall())


def _months_in(cursor: CursorWrapper, table: str) -> list[Month]:
    cursor.execute(
        f"SELECT DISTINCT date_trunc('month', %s + (seq >> {TIE_BITS}) * interval '1 microsecond', 'UTC') "  # noqa: S608
        f"FROM {table}",
        [EPOCH],
    )
    return [Month.of(moment) for (moment,) in cursor.fetchall()]


def _coming(now: datetime) -> Iterator[Month]:
    """The month that it is, and those to make ahead of their time."""
    month = Month.of(now)
    for _ in range(AHEAD + 1):
        yield month
        month = month.next


def _run(cursor: CursorWrapper, *statements: str) -> None:
    """Nothing in these comes from outside: they are made of numbers and names of months."""
    for statement in statements:
        cursor.execute(statement)
