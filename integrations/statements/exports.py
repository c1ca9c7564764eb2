"""Exports: a row that waits, then a worker that writes parts of a file until it has come to the end.

A part is JSON lines packed by itself; gzip files put one after the other are one gzip file (RFC 1952, section 2.2).
After each part the row says how far it is, so whoever takes over from a worker that died goes on from there. The task
is a hint; `sweep` finds what it forgot. Files stand in the storage of the record store, which nobody is served from.
"""

import gzip
import logging
import time
import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from integrations.models import StatementExport
from integrations.statements.forms import LookForm, for_audit
from integrations.statements.queries import person_called
from people.models import User
from people.services import record_audit
from xapi.consistency import consistent_through
from xapi.looking import Look, find, first_seq
from xapi.models import Statement, seq_at

log = logging.getLogger(__name__)
State = StatementExport.State
FOLDER = "uitvoer"
AT_ONCE = 200  # statements in one question
PART, PART_BYTES = 5000, 8_000_000  # statements in one file, and about how many bytes before they are packed
SECONDS = 20.0  # then others have their turn, and it goes on after them
MOST_OPEN = 3
MOST_ATTEMPTS = 3
DEAD_AFTER = timedelta(minutes=2)  # a part takes seconds


class TooMany(Exception):
    """One person has MOST_OPEN exports under way."""


@transaction.atomic
def begin_export(*, form: LookForm, by: User) -> StatementExport:
    """A row for what a valid form asks, of all that was stored up to now; a worker does the rest. Raises TooMany."""
    User.objects.select_for_update().get(pk=by.pk)
    if StatementExport.objects.filter(asked_by=by, state__in=State.open()).count() >= MOST_OPEN:
        raise TooMany
    look, through = form.look, consistent_through()
    last = min(through, look.wanted.until or through)
    row = StatementExport.objects.create(
        asked_by=by,
        filters=form.as_parameters,
        through=through,
        first=max(first_seq(), seq_at(look.wanted.since) if look.wanted.since else 0) - 1,
        last=max(seq_at(last + timedelta(microseconds=1)) - 1, 0),
    )
    record_audit(
        actor=by,
        action="export_statements",
        subject=f"export {row.pk}",
        person=person_called(form.person_name),
        looked=form.person_name is not None,
        **for_audit(look),
    )
    transaction.on_commit(partial(_hint, row.pk), robust=True)
    return row


def run_export(*, key: uuid.UUID, seconds: float = SECONDS) -> bool:
    """Write parts for so many seconds. Gives whether nothing is left to do; what goes wrong is kept in the row."""
    attempt = uuid.uuid4()
    waiting = StatementExport.objects.filter(pk=key, state=State.WAITING)
    if not waiting.update(state=State.RUNNING, attempt=attempt, changed_at=timezone.now()):
        return True
    row = StatementExport.objects.get(pk=key)
    mine = StatementExport.objects.filter(pk=key, state=State.RUNNING, attempt=attempt)
    try:
        return _write(row, mine, time.monotonic() + seconds)
    except Exception:
        log.exception("export %s broke off", key)
        _again(mine, row)
        return True


def _write(row: StatementExport, mine: Any, ends: float) -> bool:
    """Parts until the end, or until the time is over and the row waits again."""
    form = LookForm(row.filters)
    if not form.is_valid():  # a client that is gone, say
        return bool(mine.update(state=State.FAILED, changed_at=timezone.now()))
    while True:
        over = _write_part(row, mine, form.look)
        if over:
            return True
        if time.monotonic() >= ends:
            mine.update(state=State.WAITING, attempt=None)
            return False


def _write_part(row: StatementExport, mine: Any, look: Look) -> bool:
    """One part, told in the row when its file is there; gives whether that was the last, or another has taken over."""
    lines: list[str] = []
    cursor: int | None = row.cursor
    size = 0
    while len(lines) < PART and size < PART_BYTES:
        page = find(look, through=row.through, cursor=cursor, ascending=True, most=AT_ONCE)
        lines += page.texts
        size += sum(map(len, page.texts))
        cursor = page.cursor
        if cursor is None:
            break
    name, content = "", b""
    if lines:
        content = gzip.compress("".join(f"{line}\n" for line in lines).encode(), mtime=0)
        name = storages["xapi"].save(f"{folder(row.pk)}/{len(row.parts):05}-{uuid.uuid4()}", ContentFile(content))
    row.parts = [*row.parts, *([name] if name else [])]
    row.count, row.bytes, row.cursor = row.count + len(lines), row.bytes + len(content), cursor
    over = cursor is None
    kept = mine.update(
        parts=row.parts,
        count=row.count,
        bytes=row.bytes,
        cursor=row.cursor,
        attempts=0,
        state=State.DONE if over else State.RUNNING,
        changed_at=timezone.now(),
    )
    if not kept and name:
        storages["xapi"].delete(name)
    return over or not kept


def retry_export(*, row: StatementExport, by: User) -> None:
    """An export that broke off goes on where it was."""
    again = StatementExport.objects.filter(pk=row.pk, state=State.FAILED)
    with transaction.atomic():
        if again.update(state=State.WAITING, attempt=None, attempts=0, changed_at=timezone.now()):
            record_audit(actor=by, action="retry_export", subject=f"export {row.pk}")
            transaction.on_commit(partial(_hint, row.pk), robust=True)


def remove_export(*, row: StatementExport, by: User) -> None:
    """The file and the row go; a worker that is busy with it stops at its next part."""
    key = row.key
    with transaction.atomic():
        if row.delete()[0]:
            record_audit(actor=by, action="remove_export", subject=f"export {key}")
        transaction.on_commit(lambda: delete_files(key), robust=True)


def forget_exports_of(*, user: User) -> int:
    """Everything that one person asked for goes; gives how many."""
    keys = list(StatementExport.objects.filter(asked_by=user).values_list("pk", flat=True))
    StatementExport.objects.filter(pk__in=keys).delete()
    transaction.on_commit(lambda: _delete_all(keys), robust=True)
    return len(keys)


def contents(row: StatementExport) -> Iterator[bytes]:
    """The file, part by part."""
    for name in row.parts:
        with storages["xapi"].open(name) as file:
            yield from file.chunks()


def sweep(*, now: datetime) -> list[uuid.UUID]:
    """Put what was forgotten back in line, and remove what is old; gives the exports that wait for a worker."""
    for row in StatementExport.objects.filter(state=State.RUNNING, changed_at__lt=now - DEAD_AFTER):
        _again(StatementExport.objects.filter(pk=row.pk, attempt=row.attempt, state=State.RUNNING), row)
    for row in StatementExport.objects.filter(created_at__lt=now - timedelta(days=settings.STATEMENT_EXPORT_DAYS)):
        delete_files(row.key)
        row.delete()
    return list(StatementExport.objects.filter(state=State.WAITING).order_by("created_at").values_list("pk", flat=True))


def end_exports_with(names: list[uuid.UUID]) -> int:
    """Files that can hold statements of these actors go, for the actors are about to be erased; gives how many."""
    ended = []
    for row in StatementExport.objects.exclude(state=State.ENDED):
        if Statement.objects.filter(actor__in=names, seq__range=(row.first, row.last)).exists():
            ended.append(row.pk)
    StatementExport.objects.filter(pk__in=ended).update(
        state=State.ENDED, parts=[], count=0, bytes=0, filters={}, attempt=None, changed_at=timezone.now()
    )
    transaction.on_commit(lambda: _delete_all(ended), robust=True)
    return len(ended)


def _delete_all(keys: list[uuid.UUID]) -> None:
    for key in keys:
        delete_files(key)


def delete_files(key: uuid.UUID) -> None:
    """All parts, those of workers that died too."""
    storage, place = storages["xapi"], folder(key)
    try:
        names = storage.listdir(place)[1]
    except FileNotFoundError:
        return
    for name in names:
        storage.delete(f"{place}/{name}")
    storage.delete(place)


def folder(key: uuid.UUID) -> str:
    return f"{FOLDER}/{key}"


def _again(rows: Any, row: StatementExport) -> None:
    """Once more, until it went wrong too often without a step forward."""
    attempts = row.attempts + 1
    state = State.WAITING if attempts < MOST_ATTEMPTS else State.FAILED
    rows.update(state=state, attempts=attempts, attempt=None, changed_at=timezone.now())


def _hint(key: uuid.UUID) -> None:
    from integrations.tasks import export_statements

    export_statements.delay(str(key))
