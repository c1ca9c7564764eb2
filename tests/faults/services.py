"""PostgreSQL, Redis and object storage of a test's own, to be stopped, killed and started again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from tests.e2e.serving import free_port
from tests.lms.test_object_storage import IDENTITY

POSTGRES_USER = "kortwijs"


def postgres_bin() -> Path | None:
    """The programs of the newest PostgreSQL of this machine."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda one: int(one.parts[-3]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).parent if on_path else None


def redis_server() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def other_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    if os.getuid():
        return None
    names = {user.pw_name for user in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def run(*command: Any, **options: Any) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout[-2000:]} {done.stderr[-2000:]}")
    return done


def wait_until(holds: Any, seconds: float = 30, what: str = "") -> None:
    """Ask again until it holds. Raises TimeoutError."""
    ends = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > ends:
            raise TimeoutError(what or repr(holds))
        time.sleep(0.05)


@dataclass
class Postgres:
    """A cluster in a folder, on a port of its own."""

    folder: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def make(self) -> "Postgres":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.own()
        command = [postgres_bin() / "initdb", "-D", self.folder, "-U", POSTGRES_USER, "-A", "trust", "--no-sync"]  # type: ignore[operator]
        run(*command, "--encoding=UTF8", "--locale=C.UTF-8", user=other_user(), cwd="/")
        return self

    def own(self) -> None:
        """PostgreSQL's own user owns what is in the folder, and nobody else reads it."""
        if user := other_user():
            run("chown", "-R", user, self.folder)
        self.folder.chmod(0o700)

    def address(self, name: str = "kortwijs") -> str:
        return f"postgres://{POSTGRES_USER}@127.0.0.1:{self.port}/{name}"

    def start(self) -> "Postgres":
        options = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            **self.settings,
        }
        self.process = subprocess.Popen(
            [postgres_bin() / "postgres", "-D", self.folder, *(f"--{key}={value}" for key, value in options.items())],  # type: ignore[operator]
            stdout=subprocess.DEVNULL, stderr=(self.folder.parent / f"{self.folder.name}.log").open("ab"),
            user=other_user(), cwd="/",
        )  # fmt: skip
        wait_until(self.answers, 60, "PostgreSQL does not start")
        return self

    def answers(self) -> bool:
        try:
            psycopg.connect(self.address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGINT: fast. SIGQUIT: at once, as a crash; it goes through its journal when it starts again."""
        if self.process:
            self.process.send_signal(how)
            self.process.wait(60)
            self.process = None

    def kill(self) -> None:
        """kill -9, of its children too: they hold the memory that they share."""
        assert self.process is not None
        children = run("pgrep", "-P", self.process.pid).stdout.split()
        self.process.kill()
        for child in map(int, children):
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.wait(60)
        self.process = None

    def rows(self, query: str, name: str = "kortwijs") -> list[tuple[Any, ...]]:
        with psycopg.connect(self.address(name), autocommit=True) as line:
            cursor = line.execute(query)  # type: ignore[arg-type]
            return cursor.fetchall() if cursor.description else []


@dataclass
class Redis:
    """As in docker-compose.yml: nothing is written down, unless `keeps`."""

    folder: Path
    keeps: bool = False
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> "Redis":
        self.folder.mkdir(parents=True, exist_ok=True)
        self.process = subprocess.Popen(
            [
                str(redis_server()), "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder),
                "--save", "", "--appendonly", "yes" if self.keeps else "no", "--appendfsync", "always",
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self.answers, 30, "Redis does not start")
        return self

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), 2) as line:
                line.sendall(b"PING\r\n")
                return line.recv(20).startswith(b"+PONG")
        except OSError:
            return False

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(30)
            self.process = None


@dataclass
class Objects:
    """The S3 of docker-compose.yml."""

    folder: Path
    ports: dict[str, int] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        names = ("master.port", "volume.port", "filer.port", "s3.port")
        self.ports = {name: free_port() for one in names for name in (one, f"{one}.grpc")}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.ports['s3.port']}"

    @property
    def settings(self) -> dict[str, str]:
        return {"S3_URL": self.address, "S3_BUCKET": "kortwijs", "S3_KEY": "kortwijs", "S3_SECRET": "geheim"}

    def start(self) -> "Objects":
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "identity.json").write_text(IDENTITY)
        self.process = subprocess.Popen(
            [
                Path(sys.executable).parent / "weed", "server", f"-dir={self.folder}", "-ip=127.0.0.1",
                "-ip.bind=127.0.0.1", "-s3", "-s3.port.iceberg=0", "-s3.port.lance=0",
                f"-s3.config={self.folder / 'identity.json'}",
                "-master.volumeSizeLimitMB=64", *(f"-{name}={port}" for name, port in self.ports.items()),
            ],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        wait_until(self.answers, 90, "the object storage does not start")
        return self

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/healthz", timeout=2).close()
        except OSError:
            return False
        return True

    def pause(self) -> None:
        """It takes lines and says nothing: slower than anybody waits."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(30)
            self.process = None
