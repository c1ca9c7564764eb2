"""Tasks whose process died in the middle, as when it is killed or the machine runs out of memory: nobody told of them.

Each task that a worker begins has a file in DATA that its process holds locked until it ends. A lock goes with its
process, also with one that is killed; so a file that nobody holds is of a task that never ended, whatever the clock
says and whether the database answered or not (docs/decisions/0061-faults.md).
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from celery import signals
from django.conf import settings

from lms.watch import failures


class ProcessDied(Exception):
    """The process that was at it is gone."""


_held: dict[str, list[tuple[int, Path]]] = {}  # per id of a task, for the same message can come twice


def folder() -> Path:
    return Path(settings.DATA_DIR) / "begun"


def begin(*, task_id: str, name: str, args: Any, kwargs: Any) -> None:
    """Hold a file for this task; what it was asked with stands in it only where that is ids."""
    told = {"name": name, "key": failures.key_of(name, args, kwargs), "arguments": failures.ids_of(args, kwargs)}
    folder().mkdir(parents=True, exist_ok=True)
    place = folder() / uuid4().hex
    handle = os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)  # before anything is in it: one that is empty and free has not begun yet
        os.write(handle, json.dumps(told).encode())
    except OSError:
        os.close(handle)
        place.unlink()
        raise
    _held.setdefault(task_id, []).append((handle, place))


def end(*, task_id: str) -> None:
    """The task ended, well or not."""
    kept = _held.get(task_id, [])
    if kept:
        handle, place = kept.pop()
        place.unlink(missing_ok=True)
        os.close(handle)
    if not kept:
        _held.pop(task_id, None)


def tell_of_the_dead() -> int:
    """Write each task whose process died down as one that failed; gives how many."""
    found = 0
    for place in sorted(folder().glob("*")) if folder().is_dir() else ():
        for told, began in _of_the_dead(place):
            failures.keep_failure_of(**told, error=ProcessDied(), now=began)
            found += 1
    return found


def _of_the_dead(place: Path) -> Iterator[tuple[dict[str, Any], datetime]]:
    """What stands in a file that nobody holds, and when its task began; it goes once that is written down."""
    with suppress(FileNotFoundError, BlockingIOError):
        handle = os.open(place, os.O_RDWR)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            state = os.fstat(handle)
            if state.st_nlink and state.st_size:  # else another was here first, or it has not begun
                with suppress(ValueError):
                    yield json.loads(os.read(handle, state.st_size)), datetime.fromtimestamp(state.st_mtime, UTC)
                place.unlink(missing_ok=True)
        finally:
            os.close(handle)


def _began(task_id: str = "", task: Any = None, args: Any = None, kwargs: Any = None, **_: Any) -> None:
    failures.safely(begin, task_id=task_id, name=task.name, args=args, kwargs=kwargs)


def _ended(task_id: str = "", **_: Any) -> None:
    failures.safely(end, task_id=task_id)


def connect() -> None:
    """For the process of a worker alone, when it starts: tell of those before it, and hold a file per task."""
    failures.safely(tell_of_the_dead)
    signals.task_prerun.connect(_began, weak=False, dispatch_uid="lms.watch.began")
    signals.task_postrun.connect(_ended, weak=False, dispatch_uid="lms.watch.ended")
