"""Runs tasks in processes of their own that are killed at a chosen point; started with the settings of a scene.

It reads commands, a line of JSON each, and answers so. A point is before a statement goes to the database, before and
after a transaction ends, and after a mail, a file or a request went out: there a process can die with other outcomes.
"""

import http.client
import json
import os
import random
import signal
import sys
import traceback
from datetime import timedelta
from functools import partial
from typing import Any

import django


class Points:
    """Counts points, and kills at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at, self.seen = kill_at, list[str]()

    def point(self, label: str) -> None:
        self.seen.append(label)
        if len(self.seen) - 1 == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self) -> None:
        """Put a point at everything that can be seen from outside."""
        from django.core.files.storage import FileSystemStorage
        from django.core.mail.backends.filebased import EmailBackend
        from django.db import connection
        from django.db.backends.base.base import BaseDatabaseWrapper

        def statement(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            self.point("sql")
            return execute(sql, params, many, context)

        connection.execute_wrappers.append(statement)
        self._around(BaseDatabaseWrapper, "_commit", "commit", before=True)
        self._around(EmailBackend, "send_messages", "mail", before=True)
        self._around(FileSystemStorage, "_save", "file")
        self._around(FileSystemStorage, "delete", "file gone")
        self._around(http.client.HTTPConnection, "getresponse", "answer", before=True)

    def _around(self, kind: Any, name: str, label: str, *, before: bool = False) -> None:
        work = getattr(kind, name)

        def with_points(this: Any, *given: Any, **more: Any) -> Any:
            if before:
                self.point(f"before {label}")
            told = work(this, *given, **more)
            self.point(f"after {label}")
            return told

        setattr(kind, name, with_points)


def apart(work: Any) -> dict[str, Any]:
    """In a process of its own; what it gives, or that it was killed."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        told: Any
        try:
            told = {"told": work()}
        except BaseException:
            told = {"error": traceback.format_exc()}
        with os.fdopen(writing, "w") as out:
            out.write(json.dumps(told, default=str))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as source:
        said = source.read()
    code = os.waitpid(pid, 0)[1]
    return json.loads(said) if said else {"killed": os.WTERMSIG(code)}


def run(names: list[str], args: list[Any] | None, kill_at: int | None, later: float, due: str = "") -> list[str]:
    """Do these tasks, and at once what they ask for; gives the points that were passed."""
    import time_machine
    from django.utils import timezone

    from lms.celery import app
    from tests.faults.scenes import SCENES, only_one_lesson_is_said

    random.seed(1)
    if any("speech" in name for name in names):
        only_one_lesson_is_said()
    app.conf.task_always_eager = True
    if due:
        SCENES[due].due()
    points = Points(kill_at)
    points.watch()
    with time_machine.travel(timezone.now() + timedelta(seconds=later), tick=True):
        for name in names:
            app.tasks[name].apply(args or [], throw=True)
    return points.seen


def main() -> None:
    django.setup()
    from lms.celery import app
    from tests.faults.outside import Outside
    from tests.faults.scenes import SCENES

    app.loader.import_default_modules()
    app.conf.update(broker_url="memory://", broker_transport_options={})
    outside = Outside()
    ours = sorted(name for name in app.tasks if not name.startswith("celery."))
    print(json.dumps({"tasks": ours}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        if name := asked.get("arrange"):
            told = apart(partial(SCENES[name].arrange, outside))
        else:
            told = apart(
                partial(
                    run, asked["run"], asked["args"], asked.get("kill"), asked.get("later", 0), asked.get("due", "")
                )
            )
        told["heard"] = outside.heard()
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
