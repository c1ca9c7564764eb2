"""The audit trail can be added to and that is all: the database itself refuses the rest.

Triggers do it, on PostgreSQL and SQLite alike, so that code which forgets, a console and a query by hand are refused
too. Who owns the database can take triggers away; no table protects itself against that. They are put back at each
`migrate`, since SQLite loses them when Django makes a table anew.
"""

from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.signals import post_migrate

TABLE, TERM = "people_auditentry", "people_auditterm"
SAID = "the audit trail is append-only"
_NAMES = ("audit_no_change", "audit_no_removal", "audit_no_other")
_MAY_GO = f"EXISTS (SELECT 1 FROM {TERM} WHERE before > OLD.at)"  # noqa: S608 (names of our own)

_SQLITE = (
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
    f"CREATE TRIGGER audit_no_removal BEFORE DELETE ON {TABLE} WHEN NOT {_MAY_GO} "
    f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
    # INSERT OR REPLACE removes a row without the trigger above (sqlite.org/lang_conflict.html)
    f"CREATE TRIGGER audit_no_other BEFORE INSERT ON {TABLE} "  # noqa: S608
    f"WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{SAID}'); END",
)
_POSTGRESQL = (
    f"""
    CREATE OR REPLACE FUNCTION people_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' THEN
            IF {_MAY_GO} THEN
                RETURN OLD;
            END IF;
        END IF;
        RAISE EXCEPTION '{SAID}';
    END $$
    """,
    f"CREATE TRIGGER audit_no_change BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION people_audit_refuse()",
    f"CREATE TRIGGER audit_no_removal BEFORE DELETE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION people_audit_refuse()",
    f"CREATE TRIGGER audit_no_other BEFORE TRUNCATE ON {TABLE} EXECUTE FUNCTION people_audit_refuse()",
)


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: for a migration of the table, and for tests that empty all tables."""
    for sql in lifting(connection):
        _run(connection, sql)


def lifting(connection: BaseDatabaseWrapper) -> list[str]:
    """The statements that do so."""
    on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    return [f"DROP TRIGGER IF EXISTS {name}{on}" for name in _NAMES]


def protect(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on the table, where it is; again changes nothing."""
    if not {TABLE, TERM} <= set(connection.introspection.table_names()):
        return
    with transaction.atomic(using=connection.alias):
        lift(connection)
        for sql in _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE:
            _run(connection, sql)


def _run(connection: BaseDatabaseWrapper, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _after_migrating(using: str, **_: Any) -> None:
    protect(connections[using])


def connect(sender: Any) -> None:
    """`sender`: the room, so that it happens once per `migrate`."""
    post_migrate.connect(_after_migrating, sender=sender, dispatch_uid="people.append_only")
