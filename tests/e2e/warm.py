"""A Kortwijs that is imported once and forked at every start: a test's own server costs a fork, not four seconds.

Run as `python -m tests.e2e.warm`, with the environment of the server. Reads a line of JSON per command on standard
input, {"serve": [arguments of gunicorn]} or {"manage": [arguments of manage.py]}, and answers each with a line:
{"pid": …} of the server, or {"code": …, "out": …, "err": …}. {"stop": pid} ends a server. It ends with its input.
"""

import json
import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO


def _forked(work: Callable[[], object], out: BinaryIO | None = None, err: BinaryIO | None = None) -> int:
    """The pid of a child that does this and ends; what it prints goes into these files."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno() if out else 2, 1)  # the answers on 1 are of the parent alone
        if err:
            os.dup2(err.fileno(), 2)
        work()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def serve(arguments: list[str]) -> dict[str, Any]:
    """gunicorn in a child; it finds the application imported."""

    def work() -> None:
        from gunicorn.app.wsgiapp import run

        sys.argv = ["gunicorn", "lms.wsgi", *arguments]
        run()

    return {"pid": _forked(work)}


def manage(arguments: list[str]) -> dict[str, Any]:
    """A management command in a child, with what it printed."""
    from django.core.management import execute_from_command_line

    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        pid = _forked(lambda: execute_from_command_line(["manage.py", *arguments]), out, err)
        code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0)
        err.seek(0)
        return {"code": code, "out": out.read().decode(), "err": err.read().decode()}


def stop(pid: int) -> dict[str, Any]:
    os.kill(pid, signal.SIGTERM)
    return {"code": os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])}


def main() -> None:
    from django.db import connections
    from django.urls import get_resolver

    import lms.wsgi  # noqa: F401

    _ = get_resolver().url_patterns
    connections.close_all()
    commands: dict[str, Callable[[Any], dict[str, Any]]] = {"serve": serve, "manage": manage, "stop": stop}
    for line in sys.stdin:
        ((name, argument),) = json.loads(line).items()
        sys.stdout.write(json.dumps(commands[name](argument)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
