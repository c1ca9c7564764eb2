"""A real Kortwijs, run apart on its own data: for browser tests, benches and looking."""

import fcntl
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, ClassVar

ROOT = Path(__file__).resolve().parents[2]
CURRICULUM = Path(os.environ.get("KORTWIJS_CURRICULUM", ROOT / "curriculum"))  # another one can be tried too
DATABASE = "kortwijs.sqlite3"
PHONE = {"width": 360, "height": 740}
PASSWORD = "kortwijs-demo"
BROWSER_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip


@dataclass
class Server:
    """A Kortwijs with a folder of its own, which can be stopped and started."""

    data: Path
    port: int
    credential: str = ""
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    app: ClassVar[str] = "lms.wsgi"
    """What gunicorn serves."""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        return {
            **os.environ, "DATA": str(self.data), "PORT": str(self.port), "KORTWIJS_MODE": "embedded", "DEMO": "1",
            "DATABASE_URL": "", "REDIS_URL": "", "BASE_URL": "", "STATIC_ROOT": str(ROOT / "var" / "static"),
            "SPEECH_BACKENDS": "fake",
            "EMAIL_URL": f"filemail:///{self.data / 'mail'}",
            "FRONT_DOOR": str(ROOT / "tests" / "e2e" / "front_door.yaml"),
        }  # fmt: skip

    def manage(self, *command: str) -> str:
        """Run a management command on this server's data."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def last_mail(self) -> str:
        """The mail that was sent last."""
        return max((self.data / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns).read_text()

    def start(self) -> None:
        """gunicorn as `make run` starts it; returns when it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", self.app, *self.gunicorn], cwd=ROOT, env=self.environment
        )
        self._wait_until_it_answers()

    @property
    def gunicorn(self) -> list[str]:
        """The arguments of gunicorn."""
        return [
            "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--threads", "4", "--keep-alive", "5",
            "--log-level", "warning", "--no-control-socket",
        ]  # fmt: skip

    def _wait_until_it_answers(self) -> None:
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2):
                    return
            except OSError:
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("the server did not start")

    def stop(self) -> None:
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)
            self.process = None

    def statements(self, **query: str) -> list[dict[str, Any]]:
        """What the record store holds, oldest first, all pages."""
        words = "&".join(f"{name}={value}" for name, value in {"ascending": "true", **query}.items())
        found: list[dict[str, Any]] = []
        address = f"/xapi/statements?{words}"
        while address:
            request = urllib.request.Request(
                self.url + address,
                headers={
                    "Authorization": "Basic " + b64encode(self.credential.encode()).decode(),
                    "X-Experience-API-Version": "1.0.3",
                },
            )
            with urllib.request.urlopen(request) as reply:
                page = json.load(reply)
            found += page["statements"]
            address = page["more"]
        return found


@dataclass
class WarmServer(Server):
    """A server that starts by forking a process that has everything imported (warm.py)."""

    warm: subprocess.Popen[str] | None = field(default=None, repr=False)
    pid: int | None = None

    def _ask(self, **command: Any) -> dict[str, Any]:
        if self.warm is None:
            self.warm = subprocess.Popen(
                [sys.executable, "-m", "tests.e2e.warm"],
                cwd=ROOT, env=self.environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
        assert self.warm.stdin is not None
        assert self.warm.stdout is not None
        self.warm.stdin.write(json.dumps(command) + "\n")
        self.warm.stdin.flush()
        answer: dict[str, Any] = json.loads(self.warm.stdout.readline())
        return answer

    def manage(self, *command: str) -> str:
        done = self._ask(manage=command)
        if done["code"]:
            raise RuntimeError(f"{' '.join(command)}: {done['err'].strip()}")
        return str(done["out"]).strip()

    def start(self) -> None:
        self.pid = self._ask(serve=self.gunicorn)["pid"]
        self._wait_until_it_answers()

    def stop(self) -> None:
        if self.pid is not None:
            self._ask(stop=self.pid)
            self.pid = None

    def end(self) -> None:
        """Stop for good."""
        self.stop()
        if self.warm is not None:
            self.warm.communicate()
            self.warm = None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def migrated(server: Server) -> None:
    """Tables in this server's folder: migrating takes half a minute, so it is done once per set of migrations."""
    digest = hashlib.sha256((ROOT / "uv.lock").read_bytes())
    for file in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(file.read_bytes())
    kept = ROOT / "var" / "migrated" / f"{digest.hexdigest()[:16]}.sqlite3"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with open(kept.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            with TemporaryDirectory(prefix="kortwijs-") as folder:
                fresh = Server(Path(folder), free_port())
                fresh.manage("migrate", "-v0")
                sqlite3.connect(Path(folder) / DATABASE).execute("VACUUM INTO ?", [str(kept)])
    server.data.mkdir(parents=True, exist_ok=True)
    shutil.copy(kept, server.data / DATABASE)


def prepare(data: Path) -> Server:
    """Fill a folder with tables, lessons, the demo accounts and groups; the server is not started."""
    server = Server(data, free_port())
    migrated(server)
    server.manage("load_curriculum", str(CURRICULUM))
    server.manage("load_demo")
    server.manage("shell", "-v0", "-c", "from tests.e2e.fill import fill; fill()")
    server.credential = server.manage("lrs_credential", "browsertests")
    return server


def copied(server: Server, data: Path) -> Server:
    """Another server, on a copy of a prepared folder."""
    shutil.copytree(server.data, data)
    return Server(data, free_port(), server.credential)


def renewed(server: Server, like: Server) -> None:
    """Give this server, which is not started, the data of a prepared one again."""
    shutil.rmtree(server.data, ignore_errors=True)
    shutil.copytree(like.data, server.data)


@contextmanager
def running() -> Iterator[Server]:
    """A prepared and started server in a folder that goes away after."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        server = prepare(Path(folder) / "data")
        server.manage("shell", "-v0", "-c", "from lms.start import collect_static; collect_static()")
        server.start()
        try:
            yield server
        finally:
            server.stop()


def chromium() -> str | None:
    """Where the browser is: the build without a window first, which costs about half."""
    places = map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))
    return os.environ.get("CHROMIUM") or next(filter(None, places), None)
