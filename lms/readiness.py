"""Whether this process can do its work now: each thing that it needs is used for a moment, really.

`/healthz` says that the process lives and its database answers; a balancer sends people by `/readyz`.
"""

import logging
import secrets
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lms.celery import app

log = logging.getLogger(__name__)
SECONDS = 5  # so long an answer counts: to ask costs files and connections, and everybody may
FILES = ("default", "xapi", "paths")


class NotReady(Exception):
    """Something answers, but not as it should."""


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponseBase:
    """200 when all works, else 503; which of them does not is told, why stands in the log only."""
    found = outcome()
    ready = all(found.values())
    told = {name: "ok" if works else "fails" for name, works in found.items()}
    return JsonResponse({"status": "ok" if ready else "fails", **told}, status=200 if ready else 503)


def check_all() -> dict[str, bool]:
    """Every check by name, and whether it held."""
    return {name: _holds(name, check) for name, check in CHECKS.items()}


def _holds(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as error:  # whatever it is, it does not work
        log.error("not ready: %s (%s)", name, type(error).__name__)
        return False
    return True


def database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def migrations() -> None:
    """No migration of this code is still to be done."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady


def cache() -> None:
    for name in settings.CACHES:
        word = secrets.token_hex(8)
        caches[name].set(f"readyz-{word}", word, 30)
        if caches[name].get(f"readyz-{word}") != word:
            raise NotReady
        caches[name].delete(f"readyz-{word}")


def broker() -> None:
    """A connection, made once; a broker in files must be able to write them."""
    with app.connection_for_write() as wire:
        wire.ensure_connection(max_retries=1, interval_start=0, timeout=3)
        folder = (wire.transport_options or {}).get("data_folder_out")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        mark = Path(folder) / f".readyz-{secrets.token_hex(8)}"
        mark.touch()
        mark.unlink()


def storage() -> None:
    """A file can be kept, read and taken away in every place where there are files."""
    for name in FILES:
        place = storages[name].save(f"readyz-{secrets.token_hex(8)}", ContentFile(b"ready"))
        try:
            with storages[name].open(place) as file:
                if file.read() != b"ready":
                    raise NotReady
        finally:
            storages[name].delete(place)


CHECKS = {"database": database, "migrations": migrations, "cache": cache, "broker": broker, "storage": storage}


class _Memory:
    """The last outcome, for SECONDS; threads that ask at once wait for one answer."""

    def __init__(self) -> None:
        self._lock, self._until, self._found = Lock(), 0.0, dict[str, bool]()

    def outcome(self) -> dict[str, bool]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._found = check_all()
                self._until = time.monotonic() + SECONDS
            return self._found

    def forget(self) -> None:
        self._until = 0.0


_memory = _Memory()


def outcome() -> dict[str, bool]:
    """Every check by name, and whether it held, of at most SECONDS ago."""
    return _memory.outcome()


def forget() -> None:
    """For tests: the next who asks gets a new answer."""
    _memory.forget()
