"""Kortwijs as it runs in production, on this machine: gunicorn with the arguments of the image, PostgreSQL and Redis.

The server is at DATABASE_URL (postgres://postgres@127.0.0.1:5432/postgres) and REDIS_URL (redis://127.0.0.1:6379/9);
a bench has a database of its own there. What a request costs is read from /proc, so this is for Linux.
"""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.e2e.serving import ROOT, free_port

POSTGRES = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/9"
SECRET = "alleen-voor-metingen-0123456789-abcdefghijklmnop"
TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Site:
    """A running gunicorn, and the database that it asks."""

    port: int
    pid: int
    database: str

    def cpu(self) -> float:
        """CPU seconds of gunicorn and its workers so far."""
        return sum(map(_spent, [self.pid, *_children(self.pid)]))

    def database_cpu(self) -> dict[int, float]:
        """CPU seconds of each process of PostgreSQL that serves this site's lines; 0 where they run elsewhere."""
        with psycopg.connect(address_of(self.database), autocommit=True) as line:
            rows = line.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()", [self.database]
            ).fetchall()
        return {pid: _spent(pid) for (pid,) in rows}


def spent_between(before: dict[int, float], after: dict[int, float]) -> float:
    """CPU seconds from one look to the next; a process that ended in between is not counted."""
    return sum(spent - before.get(pid, 0) for pid, spent in after.items())


def _spent(pid: int) -> float:
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0
    return (int(told[11]) + int(told[12])) / TICK


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def address_of(database: str) -> str:
    """Where this database is."""
    return urlunsplit(urlsplit(POSTGRES)._replace(path=f"/{database}"))


def environment(database: str, folder: str, **more: str) -> dict[str, str]:
    """What production is told by its environment."""
    return {
        **os.environ, "KORTWIJS_MODE": "production", "SECRET_KEY": SECRET, "DEMO": "0", "DATA": folder,
        "DATABASE_URL": address_of(database), "REDIS_URL": REDIS, "BASE_URL": "http://localhost", "HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(ROOT / "var" / "static"), "DJANGO_SETTINGS_MODULE": "lms.settings", **more,
    }  # fmt: skip


def prepare(database: str, folder: str) -> None:
    """This database with tables and lessons, made where it is not there yet; Django is set up on it."""
    with psycopg.connect(POSTGRES, autocommit=True) as line:
        if not line.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            line.execute(f'CREATE DATABASE "{database}"')
    os.environ.update(environment(database, folder))
    import django

    django.setup()
    from django.core.management import call_command

    from lms.start import collect_static

    call_command("migrate", verbosity=0)
    with open(os.devnull, "w") as nowhere:
        call_command("load_curriculum", stdout=nowhere)
    collect_static()


@contextmanager
def serving(database: str, folder: str, settings: str = "lms.settings", workers: int = 2) -> Iterator[Site]:
    """gunicorn as the image starts it (Dockerfile)."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(workers), "--threads", "4", "--keep-alive", "75"]
    command += ["--log-level", "warning", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
    running = subprocess.Popen(
        command, cwd=ROOT, env=environment(database, folder, DJANGO_SETTINGS_MODULE=settings, PORT=str(port))
    )
    try:
        _wait(port)
        yield Site(port, running.pid, database)
    finally:
        running.terminate()
        running.wait(60)  # gunicorn gives its workers half of that


def _wait(port: int) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the server did not start")
