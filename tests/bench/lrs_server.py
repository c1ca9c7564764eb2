"""A record store of its own, for the conformance suite and the bench: fresh data, by gunicorn."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.e2e.serving import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Server:
    address: str
    key: str
    secret: str
    pid: int


def manage(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True).stdout


@contextmanager
def record_store(workers: int = 1) -> Iterator[Server]:
    """On SQLite, or on the empty database of DATABASE_URL."""
    with TemporaryDirectory() as folder:
        port = str(free_port())
        environment = {**os.environ, "DATA": folder, "PORT": port, "DEMO": "0"}
        manage(environment, "migrate", "-v0")
        made = manage(environment, "lrs_credential", "suite", "--scope", "all", "--per-minute", "10000000")
        key, secret = made.strip().split(":")
        command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "-b", f"127.0.0.1:{port}", "--threads", "8"]
        command += ["--workers", str(workers), "--keep-alive", "75"]  # longer than a client keeps a line that is idle
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            warm(f"http://127.0.0.1:{port}/xapi/about")
            yield Server(f"http://127.0.0.1:{port}/xapi", key, secret, running.pid)
        finally:
            running.terminate()
            running.wait()


def warm(address: str) -> None:
    """A first request that is slow would end a whole run."""
    for _ in range(100):
        try:
            urllib.request.urlopen(address).read()
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit(f"no answer from {address}")
