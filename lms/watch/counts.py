"""How much was ever written, without counting rows: the database keeps that itself."""

from django.db import connection

EVENTS, STATEMENTS = "learning_event", "xapi_statement"


def written() -> dict[str, int]:
    """Events and statements that were taken in. Both numbers may begin anew, as counters may."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            found = {}
            for table in (EVENTS, STATEMENTS):
                cursor.execute(f"SELECT COALESCE(MAX(rowid), 0) FROM {table}")  # noqa: S608 (names of our own)
                found[table] = int(cursor.fetchone()[0])
            return found
        cursor.execute(  # statements stand in a table per month (xapi/partitions.py)
            "SELECT CASE WHEN relname = 'learning_event' THEN relname ELSE 'xapi_statement' END, SUM(n_tup_ins) "
            "FROM pg_stat_user_tables WHERE relname IN ('learning_event', 'xapi_statement', 'xapi_statement_rest') "
            "OR relname ~ '^xapi_statement_y[0-9]+m[0-9]+$' GROUP BY 1"
        )
        return {name: int(count) for name, count in cursor.fetchall()}


def connections() -> dict[str, int]:
    """How many connections PostgreSQL has open for this database, by what they do; none for SQLite."""
    if connection.vendor != "postgresql":
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COALESCE(state, 'other'), COUNT(*) FROM pg_stat_activity "
            "WHERE datname = current_database() GROUP BY 1"
        )
        return {state: int(count) for state, count in cursor.fetchall()}
