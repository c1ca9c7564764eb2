"""What is past its term: statements up to a moment, with all that hangs on them; documents not changed since.

On PostgreSQL a month that is wholly past goes as one part; of the month in which the moment lies, and on SQLite,
statements go some at a time, so that who writes never waits long.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from xapi import attachments, ids
from xapi.models import Attachment, Document, Forward, Reference, Related, Statement, seq_at
from xapi.partitions import Month, drop_part, parts

AT_ONCE = 2000


def count_before(before: datetime) -> dict[str, int]:
    """What `forget_before` would delete, and how much of each; nothing is changed."""
    return _filled({name: rows.count() for name, rows in _rows(before).items()})


def forget_before(before: datetime, tell: Callable[[int], object] = lambda _: None) -> dict[str, int]:
    """Delete it; gives how much of each went. `tell` hears of statements, in the transaction in which they go."""
    gone = dict.fromkeys(_rows(before), 0)
    for part in parts():
        if part.month is not None and part.month.next.begin <= before:
            with transaction.atomic():
                month = _forget_month(part.month)
                tell(month["statements"])
            _add(gone, month)
    while seqs := list(statements_before(before).order_by("seq").values_list("seq", flat=True)[:AT_ONCE]):
        with transaction.atomic():
            hanging = _forget_hanging(seqs[0], seqs[-1] + 1)
            ids.forget(seqs)
            tell(len(seqs))
        _add(gone, {**hanging, "statements": len(seqs)})
    gone["documents"] += _documents(before).delete()[0]
    gone["forwards"] += Forward.objects.filter(seq__lt=seq_at(before)).delete()[0]  # completions have no statement
    return _filled(gone)


def _rows(before: datetime) -> "dict[str, QuerySet[Any]]":
    end = seq_at(before)
    return {
        "statements": statements_before(before),
        "attachments": Attachment.objects.filter(statement_id__lt=end),
        "forwards": Forward.objects.filter(seq__lt=end),
        "documents": _documents(before),
    }


def statements_before(before: datetime) -> "QuerySet[Statement]":
    """Those that were stored before this moment."""
    return Statement.objects.filter(seq__lt=seq_at(before))


def _documents(before: datetime) -> "QuerySet[Document]":
    return Document.objects.filter(updated__lt=before)


def _forget_month(month: Month) -> dict[str, int]:
    low, high = month.span
    gone = _forget_hanging(low, high)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM xapi_statement_id i USING {month.table} s WHERE i.id = s.id",  # noqa: S608
        )
        gone["statements"] = cursor.rowcount
    drop_part(month)
    return gone


def _forget_hanging(low: int, high: int) -> dict[str, int]:
    """All that hangs on the statements from `low` up to but not with `high`."""
    with_file = Attachment.objects.filter(statement_id__gte=low, statement_id__lt=high)
    seqs = list(with_file.values_list("statement_id", flat=True))
    attachments.forget(seqs)
    Related.objects.filter(statement_id__gte=low, statement_id__lt=high).delete()
    Reference.objects.filter(statement_id__gte=low, statement_id__lt=high).delete()
    return {
        "attachments": len(seqs),
        "forwards": Forward.objects.filter(seq__gte=low, seq__lt=high).delete()[0],
    }


def _add(gone: dict[str, int], more: dict[str, int]) -> None:
    for name, count in more.items():
        gone[name] += count


def _filled(counts: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in counts.items() if count}
