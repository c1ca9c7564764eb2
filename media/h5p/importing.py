"""Imports: a row and a file that waits, then a worker that makes a version of it, or says why that cannot be.

The task is a hint; `sweep` finds what it forgot. A worker claims a row with a key of its own, and its files stand
under that key: of a worker that died they are removed before the next one begins.
"""

import logging
import uuid
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from media.h5p.core.errors import PackageError
from media.h5p.core.names import plain
from media.h5p.files import delete_files
from media.h5p.models import H5PImport, H5PLibrary, H5PPackage, H5PVersion, content_prefix
from media.h5p.registry import refuse_library
from media.h5p.services import LibrariesLacking, import_package

log = logging.getLogger(__name__)
State = H5PImport.State
DEAD_AFTER = timedelta(minutes=10)
MOST_ATTEMPTS = 3
WAITS_AT_MOST = timedelta(days=60)
KEPT = timedelta(days=30)
"""How long what became of an import can be looked up."""
BROKE_OFF, REFUSED, WAITED_TOO_LONG, GONE = "broke-off", "library-refused", "waited-too-long", "gone"


class Superseded(Exception):
    """Another worker has taken over."""


def begin_import(
    *,
    file: "File[bytes]",
    name: str,
    by: Any,
    replaces: H5PPackage | None = None,
    reset_state: bool = False,
) -> H5PImport:
    """Keep the file and a row; a worker does the rest."""
    row = H5PImport(
        file_name=plain(name, 255),
        bytes=file.size,
        uploaded_by=by,
        replaces=replaces,
        reset_state=reset_state,
    )
    default_storage.save(row.upload, file)
    try:
        with transaction.atomic():
            row.save()
            transaction.on_commit(partial(_hint, row.key), robust=True)
    except BaseException:
        default_storage.delete(row.upload)
        raise
    return row


def run_import(*, key: uuid.UUID, now: datetime) -> None:
    """Do an import that waits. What goes wrong is kept in its row; nothing else of it stays."""
    attempt = uuid.uuid4()
    if not H5PImport.objects.filter(key=key, state=State.WAITING).update(
        state=State.RUNNING, attempt=attempt, progress=5, changed_at=now
    ):
        return
    row = H5PImport.objects.select_related("replaces", "uploaded_by").get(key=key)
    mine = H5PImport.objects.filter(key=key, state=State.RUNNING, attempt=attempt)

    def finish(version: H5PVersion) -> None:
        if not mine.update(state=State.DONE, progress=100, result=version, changed_at=now):
            raise Superseded

    try:
        with default_storage.open(row.upload, "rb") as file:
            import_package(
                file=file,
                by=row.uploaded_by,
                replaces=row.replaces,
                reset_state=row.reset_state,
                key=attempt,
                tell=lambda percent: _tell(mine, percent),
                along=finish,
            )
    except PackageError as error:
        _fail(mine, error.code, error.path, error.parameters, now)
    except LibrariesLacking as lacking:
        with transaction.atomic():
            if not mine.update(state=State.LACKING, progress=50, changed_at=now):
                return
            row.lacking.set(lacking.libraries)
        return  # the file waits too
    except Superseded:
        return
    except FileNotFoundError:
        _fail(mine, GONE, "", {}, now)
    except Exception:
        log.exception("import %s broke off", key)
        _again(mine, row, now)
        return
    default_storage.delete(row.upload)


def sweep(*, now: datetime) -> list[uuid.UUID]:
    """Put what was forgotten back in line, and remove what is old; gives the imports that wait for a worker."""
    for row in H5PImport.objects.filter(state=State.RUNNING, changed_at__lt=now - DEAD_AFTER):
        if row.attempt:
            delete_files(content_prefix(row.attempt))
        _again(H5PImport.objects.filter(key=row.key, attempt=row.attempt, state=State.RUNNING), row, now)
    _go_on(now)
    for row in H5PImport.objects.filter(state=State.LACKING, created_at__lt=now - WAITS_AT_MOST):
        _end(row, WAITED_TOO_LONG, now)
    H5PImport.objects.filter(state__in=(State.DONE, State.FAILED), changed_at__lt=now - KEPT).delete()
    return list(H5PImport.objects.filter(state=State.WAITING).order_by("created_at").values_list("key", flat=True))


def go_on_after_approval(*, now: datetime) -> int:
    """Imports that have all their libraries now go on; gives how many."""
    keys = _go_on(now)
    for key in keys:
        transaction.on_commit(partial(_hint, key), robust=True)
    return len(keys)


def refuse(*, library: H5PLibrary, now: datetime) -> None:
    """A library is not approved: it goes, and the imports that wait for it end."""
    waiting = list(H5PImport.objects.filter(state=State.LACKING, lacking=library))
    for row in waiting:
        _end(row, REFUSED, now, library=str(library))
    refuse_library(library=library)


def _go_on(now: datetime) -> list[uuid.UUID]:
    unapproved = H5PLibrary.objects.requested().filter(imports=OuterRef("pk"))
    ready = H5PImport.objects.filter(state=State.LACKING).exclude(Exists(unapproved))
    keys = list(ready.values_list("key", flat=True))
    H5PImport.objects.filter(key__in=keys, state=State.LACKING).update(state=State.WAITING, changed_at=now)
    return keys


def _end(row: H5PImport, code: str, now: datetime, **parameters: Any) -> None:
    _fail(H5PImport.objects.filter(key=row.key, state=State.LACKING), code, "", parameters, now)
    default_storage.delete(row.upload)


def _fail(rows: Any, code: str, path: str, parameters: dict[str, Any], now: datetime) -> None:
    rows.update(
        state=State.FAILED,
        error_code=code,
        error_path=path[:400],
        error_parameters=parameters,
        changed_at=now,
        attempt=None,
    )


def _again(rows: Any, row: H5PImport, now: datetime) -> None:
    """Once more, until it went wrong too often."""
    if row.attempts + 1 < MOST_ATTEMPTS:
        rows.update(state=State.WAITING, attempts=row.attempts + 1, attempt=None, changed_at=now)
    else:
        _fail(rows, BROKE_OFF, "", {}, now)
        default_storage.delete(row.upload)


def _tell(rows: Any, percent: int) -> None:
    if not rows.update(progress=percent, changed_at=timezone.now()):
        raise Superseded


def _hint(key: uuid.UUID) -> None:
    from media.tasks import import_h5p

    import_h5p.delay(str(key))
