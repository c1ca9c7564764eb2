"""Kortwijs as in production, on services of its own: each process can be killed and started again."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

from tests.e2e.serving import ROOT, free_port
from tests.faults.base import base, copied, environment
from tests.faults.services import Objects, Postgres, Redis, wait_until

# As in docker-compose.yml and the Dockerfile.
WEB = ("gunicorn", "lms.wsgi", "--workers", "2", "--threads", "4", "--keep-alive", "75", "--log-level", "warning",
       "--no-control-socket", "--worker-tmp-dir", "/dev/shm")  # fmt: skip
WORKER = ("celery", "--quiet", "-A", "lms", "worker", "--pool", "threads", "--concurrency", "2", "--loglevel",
          "warning", "--without-mingle", "--without-gossip", "--without-heartbeat")  # fmt: skip
BEAT = ("celery", "--quiet", "-A", "lms", "beat", "--loglevel", "warning", "--pidfile=", "--schedule")


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


@dataclass
class House:
    """All of it in one folder. `embedded`: SQLite and a broker in files, without PostgreSQL and Redis."""

    folder: Path
    postgres: Postgres | None = None
    redis: Redis | None = None
    objects: Objects | None = None
    more: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, repr=False)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def environment(self) -> dict[str, str]:
        given = environment(
            self.postgres.address() if self.postgres else "", self.redis.address if self.redis else "", self.data,
            PORT=str(self.port), **(self.objects.settings if self.objects else {}),
        )  # fmt: skip
        if not self.postgres:
            given |= {"KORTWIJS_MODE": "embedded", "DATABASE_URL": ""}
        return given | self.more

    def start(self, *names: str, limit: int | None = None, **more: str) -> None:
        """Start web, worker or beat. `limit`: no process of it writes a file larger than so many bytes."""
        commands: dict[str, list[str]] = {
            "web": [*WEB, "--bind", f"127.0.0.1:{self.port}"],
            "worker": [*WORKER],
            "beat": [*BEAT, str(self.folder / "celerybeat-schedule")],
        }
        for name in names:
            shell = ["bash", "-c", f'ulimit -f {limit // 1024}; exec "$0" "$@"'] if limit else []
            self.running[name] = subprocess.Popen(
                [*shell, sys.executable, "-m", *commands[name]], cwd=ROOT, env=self.environment | more,
                stdout=(self.folder / f"{name}.log").open("ab"), stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip
        if "web" in names:
            wait_until(self.answers, 60, "the site does not start")

    def answers(self) -> bool:
        try:
            return self.ask("/healthz").status == 200
        except (OSError, http.client.HTTPException):
            return False

    def kill(self, name: str) -> None:
        """kill -9, with all its children."""
        process = self.running.pop(name)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(30)

    def end(self) -> None:
        for name in list(self.running):
            self.kill(name)
        if self.objects:
            self.objects.kill()
        if self.redis:
            self.redis.kill()
        if self.postgres:
            self.postgres.stop()

    def ask(self, path: str, body: bytes | None = None, timeout: float = 30, **headers: str) -> Answer:
        """One request on a line of its own. Raises OSError or HTTPException where no answer comes."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            told = {name.replace("_", "-"): value for name, value in headers.items()}
            told |= {"Sec-Fetch-Site": "same-origin", "Host": f"127.0.0.1:{self.port}"}
            line.request("GET" if body is None else "POST", path, body, told)
            reply = line.getresponse()
            return Answer(reply.status, _headers(reply), reply.read())
        finally:
            line.close()

    def manage(self, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment | more, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def shell(self, code: str) -> str:
        done = self.manage("shell", "-v0", "-c", code)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout.strip()

    def log(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text(errors="replace")

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        assert self.postgres is not None
        return self.postgres.rows(query)


def _headers(reply: http.client.HTTPResponse) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in reply.getheaders():
        told[name] = f"{told[name]}\n{value}" if name == "Set-Cookie" and name in told else value
    return told


def production(folder: Path, *, objects: bool = False, keeps: bool = False, **more: str) -> House:
    """With PostgreSQL and Redis that run; web, worker and beat are started by who asks."""
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / "pg"
    folder.chmod(0o755)
    house = House(folder, copied(base() / "postgres", place), Redis(folder / "redis", keeps), more=more)
    assert house.postgres is not None
    assert house.redis is not None
    house.postgres.start()
    house.redis.start()
    if objects:
        house.objects = Objects(folder / "objects").start()
        house.shell("from lms.object_storage import make_bucket; make_bucket()")
    return house


@dataclass
class Phone:
    """An outbox as the player's: it forgets what the server says is safe, and offers the rest again (sending.js)."""

    house: House
    owner: str = field(default_factory=lambda: str(uuid.uuid4()))
    cookies: dict[str, str] = field(default_factory=dict)
    waits: list[dict[str, Any]] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    acknowledged: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    seen: list[int] = field(default_factory=list)
    """What it got for each batch: a status, or 0 when no answer came."""

    def learns(self, number: int = 60) -> "Phone":
        """So many events of a lesson go into the outbox."""
        attempt = str(uuid.uuid4())
        for event in json.loads((base() / "events.json").read_text())["events"][:number]:
            self.waits.append({**event, "id": str(uuid.uuid4()), "owner": self.owner, "attempt": attempt})
        self.given = [event["id"] for event in self.waits]
        return self

    def send(self, most: int = 20) -> bool:
        """Offer a batch; True when it was taken."""
        batch = self.waits[:most]
        body = json.dumps({"events": batch}).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        try:
            answer = self.house.ask("/leren/events", body, Content_Type="application/json", Cookie=cookies)
        except (OSError, http.client.HTTPException):
            self.seen.append(0)
            return False
        self.seen.append(answer.status)
        if answer.status != 200:
            return False
        for line in answer.headers.get("Set-Cookie", "").splitlines():
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        receipt = json.loads(answer.body)
        self.acknowledged |= set(receipt["safe"])
        self.refused |= receipt["refused"]
        gone = {*receipt["safe"], *receipt["refused"]}
        self.waits = [event for event in self.waits if event["id"] not in gone]
        return True

    def send_all(self, seconds: float = 60, most: int = 20) -> None:
        """Until nothing waits, with a short wait after what went wrong."""
        ends = time.monotonic() + seconds
        while self.waits:
            if not self.send(most):
                assert time.monotonic() < ends, f"never taken: {self.seen[-5:]}"
                time.sleep(0.2)


def kept(phones: list[Phone], house: House) -> tuple[int, int, int]:
    """How many events were acknowledged, how many of these are lost, and how many stand there more than once.

    An event has a row, a statement and, where it was an answer, a response; a lesson has one progress.
    """
    ids = {one for phone in phones for one in phone.acknowledged}
    rows: dict[str, int] = {}
    for table in ("learning_event", "xapi_statement"):
        for (key,) in house.rows(f"SELECT id::text FROM {table}"):
            rows[f"{table} {key}"] = rows.get(f"{table} {key}", 0) + 1
    lost = {key for key in ids for table in ("learning_event", "xapi_statement") if f"{table} {key}" not in rows}
    doubled = sum(count - 1 for count in rows.values())
    people = house.rows("SELECT count(*), count(DISTINCT owner_key) FROM people_user WHERE username = ''")[0]
    doubled += people[0] - people[1]
    progress = house.rows("SELECT count(*) - count(DISTINCT (user_id, module)) FROM learning_progress")[0][0]
    return len(ids), len(lost), doubled + progress
