"""Tasks that failed are kept, and sent again when an administrator says so."""

import hashlib
import json
import logging
import re
import traceback
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any

from billiard.exceptions import WorkerLostError
from celery import signals
from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from lms.models import FailedTask
from people.models import User
from people.services import record_audit

log = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=30)
_UUID = re.compile(r"[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", re.IGNORECASE)
_LESSON = re.compile(r"[A-Z][0-9]{1,3}")  # the code of a lesson
_FRAMES = 30


class CannotRetry(ValueError):
    """This task is not there any more, or what it was asked with is not kept."""


def ids_of(args: Any, kwargs: Any) -> list[Any] | None:
    """What a task was asked with, if these are ids and nothing else: only then it is certain that nobody is in it."""
    args, kwargs = list(args or ()), dict(kwargs or {})
    return [args, kwargs] if all(_is_id(one) for one in (*args, *kwargs.values())) else None


def _is_id(value: Any) -> bool:
    if isinstance(value, str):
        return bool(_UUID.fullmatch(value) or _LESSON.fullmatch(value))
    return value is None or isinstance(value, bool | int)


def key_of(name: str, args: Any, kwargs: Any) -> str:
    """The same for the same work. A digest with our own secret: what else was asked cannot be tried out on it."""
    asked = json.dumps([name, list(args or ()), dict(kwargs or {})], sort_keys=True, default=str)
    return hashlib.sha256(settings.SECRET_KEY.encode() + asked.encode()).hexdigest()


def where_in(trace: TracebackType | None) -> list[str]:
    """Files, lines and functions, without the lines themselves or what they held."""
    return [f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)[-_FRAMES:]]


def _short(file: str) -> str:
    for root in (f"{settings.BASE_DIR}/", "site-packages/"):
        file = file.rpartition(root)[2]
    return file if len(file) < 100 else Path(file).name


def keep_failure(*, name: str, args: Any, kwargs: Any, error: BaseException, now: datetime | None = None) -> FailedTask:
    """Write a failure down, or count it where the same work failed before and did not go well since."""
    key, arguments = key_of(name, args, kwargs), ids_of(args, kwargs)
    return keep_failure_of(name=name, key=key, arguments=arguments, error=error, now=now or timezone.now())


def keep_failure_of(
    *, name: str, key: str, arguments: list[Any] | None, error: BaseException, now: datetime
) -> FailedTask:
    """The same, for who knows only `key_of` what was asked, and `ids_of` it."""
    told = {"error": type(error).__name__[:120], "where": where_in(error.__traceback__), "last_at": now}
    again = FailedTask.objects.filter(key=key, resolved_at=None)
    if not again.update(**told, count=F("count") + 1):
        try:
            with transaction.atomic():
                return FailedTask.objects.create(name=name[:120], key=key, arguments=arguments, first_at=now, **told)
        except IntegrityError:  # two workers at once
            again.update(**told, count=F("count") + 1)
    return again.get()


def went_well(*, name: str, args: Any, kwargs: Any) -> None:
    """What failed before is resolved."""
    FailedTask.objects.filter(key=key_of(name, args, kwargs), resolved_at=None).update(resolved_at=timezone.now())


@transaction.atomic
def retry(*, failed: FailedTask, actor: User) -> None:
    """Send it once more; it is resolved when it goes well. Raises CannotRetry."""
    from lms.celery import app

    app.loader.import_default_modules()  # the worker does so at its start; a web process knows what it used
    if failed.arguments is None or failed.name not in app.tasks:
        raise CannotRetry
    args, kwargs = failed.arguments
    FailedTask.objects.filter(pk=failed.pk).update(retried_at=timezone.now())
    record_audit(actor=actor, action="retry_task", subject=f"failed task {failed.pk}", task=failed.name)
    transaction.on_commit(partial(app.tasks[failed.name].apply_async, args, kwargs))


@transaction.atomic
def put_away(*, failed: FailedTask, actor: User) -> None:
    """Nothing has to be done about it any more."""
    if FailedTask.objects.filter(pk=failed.pk, resolved_at=None).update(resolved_at=timezone.now()):
        record_audit(actor=actor, action="put_task_away", subject=f"failed task {failed.pk}", task=failed.name)


def forget_old(now: datetime) -> int:
    """Failures that nothing happened with for a while; gives how many."""
    return FailedTask.objects.filter(last_at__lt=now - KEPT_FOR).delete()[0]


def _failed(sender: Any, args: Any = None, kwargs: Any = None, exception: Any = None, **_: Any) -> None:
    if not isinstance(exception, WorkerLostError):  # lms.watch.begun tells of a process that died, once
        safely(keep_failure, name=sender.name, args=args, kwargs=kwargs, error=exception)


def _succeeded(sender: Any, **_: Any) -> None:
    safely(went_well, name=sender.name, args=sender.request.args, kwargs=sender.request.kwargs)


def _unknown(name: str = "", exc: Any = None, **_: Any) -> None:
    """A message for a task that this version does not have."""
    safely(keep_failure, name=name, args=(), kwargs={}, error=exc or KeyError())


def safely(write: Any, **given: Any) -> None:
    """That the book cannot be kept, as when the database is away, is no reason for the worker to fall."""
    try:
        write(**given)
    except Exception:
        log.exception("what became of a task was not written down")


def connect() -> None:
    """Listen to what the worker says. An exception that a task makes of its last retry is a failure too."""
    signals.task_failure.connect(_failed, weak=False, dispatch_uid="lms.watch.failed")
    signals.task_internal_error.connect(_failed, weak=False, dispatch_uid="lms.watch.internal_error")
    signals.task_success.connect(_succeeded, weak=False, dispatch_uid="lms.watch.succeeded")
    signals.task_unknown.connect(_unknown, weak=False, dispatch_uid="lms.watch.unknown")
