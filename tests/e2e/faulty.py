"""The application, in which the database fails when a test says so: at the n-th point of the next batch of events.

Points are every query, and before and after every commit. `error`: the database refuses; `kill`: this process is gone,
as when the power fails. Served in the place of lms.wsgi by tests/e2e/histories.py; no part of the product.
"""

import json
import logging
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, connection, connections
from django.urls import get_resolver

from lms.wsgi import application as kortwijs

CONTROL = "/__faults__/"
logging.getLogger("django.request").disabled = True  # of every fault it would tell at length
_lock = threading.Lock()
_armed: list[dict[str, Any]] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
    """WSGI: commands of the test, answered with the number of this process, and everything else."""
    if environ["PATH_INFO"] == CONTROL:
        said = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        with _lock:
            if said.get("clear", True):
                _armed.clear()
            if "point" in said:
                _armed.append(said)
        if said.get("publish"):
            _publish(said["publish"])
        told = str(os.getpid()).encode()
        start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(told)))])
        return [told]
    if environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == "/leren/events":
        with _lock:
            fault = _armed.pop() if _armed else None
        if fault:
            with _failing(fault["point"], fault["how"]):
                return kortwijs(environ, start_response)
    return kortwijs(environ, start_response)


@contextmanager
def _failing(point: int, how: str) -> Iterator[None]:
    left = [point]

    def pass_point() -> None:
        left[0] -= 1
        if left[0] == 0:
            if how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            raise OperationalError("a fault of the test")

    def query(execute: Callable[..., Any], *what: Any) -> Any:
        pass_point()
        return execute(*what)

    real = connection._commit

    def commit() -> None:
        pass_point()
        real()
        pass_point()

    connection._commit = commit  # type: ignore[method-assign]
    try:
        with connection.execute_wrapper(query):
            yield
    finally:
        del connection._commit  # type: ignore[attr-defined]


def _publish(slug: str) -> None:
    """Another edition of a lesson, as when an author publishes it."""
    from modules.models import ModulePage

    ModulePage.objects.get(slug=slug).save_revision().publish()
    connection.close()


# Imported before processes are forked, so that the next one after a kill is there in a moment. No page is made here:
# the minifier's runtime does not live through a fork.
_ = get_resolver().url_patterns
connections.close_all()
