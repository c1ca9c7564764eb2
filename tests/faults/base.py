"""A PostgreSQL cluster with tables and lessons, made once per set of migrations and lessons; each test takes a copy."""

import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.e2e.serving import CURRICULUM, ROOT
from tests.faults.services import Postgres, postgres_bin, run

SECRET = "alleen-voor-storingen-0123456789-abcdefghijklmnop"
PHONE_EVENTS = """
import json, sys
from tests.bench.queries import events_for
from modules.models import ModulePage
class Owner: owner_key = "OWNER"
lesson = ModulePage.objects.get(code="B2")
print(json.dumps({"slug": lesson.slug, "events": events_for(Owner, lesson, 60)}))
"""


def environment(database: str, redis: str, data: Path, **more: str) -> dict[str, str]:
    """What production is told by its environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return {
        **kept, "KORTWIJS_MODE": "production", "SECRET_KEY": SECRET, "DEMO": "0", "DATA": str(data),
        "DATABASE_URL": database, "REDIS_URL": redis, "BASE_URL": "http://localhost", "HOSTS": "127.0.0.1",
        "STATIC_ROOT": str(ROOT / "var" / "static"), "DJANGO_SETTINGS_MODULE": "lms.settings",
        "SPEECH_BACKENDS": "fake", "PYTHONPATH": str(ROOT), **more,
    }  # fmt: skip


def _digest() -> str:
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes() + str(postgres_bin()).encode())
    files = [
        *ROOT.glob("*/migrations/*.py"),
        *CURRICULUM.rglob("*.yaml"),
        Path(__file__),
        ROOT / "tests/bench/queries.py",
    ]
    for file in sorted(files):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def base() -> Path:
    """The folder with `postgres`, a stopped cluster, and `events.json`, what a phone does in a lesson."""
    place = ROOT / "var" / "faults" / _digest()
    place.parent.mkdir(parents=True, exist_ok=True)
    with open(place.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (place / "made").exists():
            for old in place.parent.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            _make(place)
            (place / "made").touch()
    return place


def _make(place: Path) -> None:
    server = copied(None, place / "working")
    server.start()
    try:
        server.rows("CREATE DATABASE kortwijs", "postgres")
        given = environment(server.address(), "", place / "data")
        for command in (["migrate", "-v0"], ["load_curriculum"]):
            run(sys.executable, "manage.py", *command, cwd=ROOT, env=given)
        done = run(sys.executable, "manage.py", "shell", "-v0", "-c", PHONE_EVENTS, cwd=ROOT, env=given)
        (place / "events.json").write_text(done.stdout.strip().splitlines()[-1])
        _make_world(server, place)
    finally:
        server.stop(signal.SIGINT)
    subprocess.run(["cp", "-r", "--reflink=auto", server.folder, place / "postgres"], check=True)
    shutil.rmtree(server.folder.parent)


def _make_world(server: Postgres, place: Path) -> None:
    """The same with the demo accounts and the groups of the browser tests, for tasks to have something to do."""
    server.rows("CREATE DATABASE world TEMPLATE kortwijs", "postgres")
    given = environment(server.address("world"), "", place / "data", KORTWIJS_MODE="embedded", DEMO="1", BASE_URL="")
    fill = "from leadership.demo import load_demo_programme as l; l(); from tests.e2e.fill import fill; fill()"
    for command in (["load_demo"], ["shell", "-v0", "-c", fill]):
        run(sys.executable, "manage.py", *command, cwd=ROOT, env=given)


def copied(source: Path | None, folder: Path, **settings: str) -> Postgres:
    """A cluster of one's own: a copy of this one, or an empty one. Its folder stands where its user may come."""
    place = Path(tempfile.mkdtemp(prefix="kortwijs-postgres-")) if source is None else folder
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)
    server = Postgres(place / "cluster", settings=settings)
    if source is None:
        return server.make()
    subprocess.run(["cp", "-r", "--reflink=auto", source, server.folder], check=True)
    server.own()
    return server
