"""How many messages wait for the worker, and since when, in the broker of files and in Redis."""

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

log = logging.getLogger(__name__)
SECONDS = 3  # so long an answer of Redis may take: someone waits for the page


@dataclass(frozen=True, slots=True)
class Queue:
    """`waiting` is None where the broker did not answer; `oldest` where that cannot be known, or nothing waits."""

    name: str
    waiting: int | None
    oldest: datetime | None = None


def queues() -> list[Queue]:
    """Every queue that the worker listens to."""
    names = [queue.name for queue in settings.CELERY_TASK_QUEUES]
    try:
        return list(_in_redis(names) if settings.REDIS_URL else _in_files(names))
    except Exception as error:  # whatever it is, nothing is known
        log.error("no queue could be read: %s", type(error).__name__)
        return [Queue(name, None) for name in names]


def _in_files(names: Iterable[str]) -> Iterable[Queue]:
    """A message is a file '<number>_<id>.<queue>.msg' (kombu.transport.filesystem)."""
    folder = Path(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"])
    files = [file for file in folder.iterdir() if file.suffix == ".msg"] if folder.is_dir() else []
    for name in names:
        times = [moment for file in files if file.name.partition(".")[2] == f"{name}.msg" for moment in _written(file)]
        yield Queue(name, len(times), datetime.fromtimestamp(min(times), UTC) if times else None)


def _written(file: Path) -> Iterable[float]:
    try:
        yield file.stat().st_mtime
    except FileNotFoundError:
        return  # the worker just took it


def _in_redis(names: list[str]) -> Iterable[Queue]:
    """A queue is a list of which the worker takes the right end (kombu.transport.redis)."""
    import redis

    with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=SECONDS, socket_connect_timeout=SECONDS) as client:
        pipe = client.pipeline(transaction=False)
        for name in names:
            pipe.llen(name)
            pipe.lindex(name, -1)
        told = pipe.execute()
    for name, count, message in zip(names, told[::2], told[1::2], strict=True):
        yield Queue(name, int(count), _sent_at(message))


def _sent_at(message: Any) -> datetime | None:
    """lms.celery puts it in the headers; None for a message of somebody else."""
    try:
        return datetime.fromtimestamp(float(json.loads(message)["headers"]["sent_at"]), UTC)
    except (ValueError, KeyError, TypeError, OverflowError, OSError):
        return None
