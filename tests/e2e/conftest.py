"""A real server and a real browser. The server runs apart, on its own database, with the real lessons."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 740}


@dataclass(frozen=True)
class Server:
    """A running Kortwijs."""

    url: str
    environment: dict[str, str]
    credential: str

    def manage(self, *command: str) -> str:
        """Run a management command on this server's data."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    def statements(self, **query: str) -> list[dict[str, Any]]:
        """What the record store holds, oldest first."""
        words = "&".join(f"{name}={value}" for name, value in {"ascending": "true", **query}.items())
        request = urllib.request.Request(
            f"{self.url}/xapi/statements?{words}",
            headers={
                "Authorization": "Basic " + b64encode(self.credential.encode()).decode(),
                "X-Experience-API-Version": "1.0.3",
            },
        )
        with urllib.request.urlopen(request) as reply:
            found: list[dict[str, Any]] = json.load(reply)["statements"]
            return found


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_web(environment: dict[str, str], port: int) -> subprocess.Popen[bytes]:
    """gunicorn as `make run` starts it; returns when it answers."""
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "lms.wsgi", "--bind", f"127.0.0.1:{port}", "--workers", "1",
         "--threads", "4", "--keep-alive", "5", "--log-level", "warning", "--no-control-socket"],
        cwd=ROOT, env=environment,
    )  # fmt: skip
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2):
                return process
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("data")
    port = free_port()
    environment = {
        **os.environ, "DATA": str(data), "PORT": str(port), "KORTWIJS_MODE": "embedded", "DEMO": "1",
        "DATABASE_URL": "", "REDIS_URL": "", "BASE_URL": "", "STATIC_ROOT": str(ROOT / "var" / "static"),
    }  # fmt: skip
    running = Server(f"http://localhost:{port}", environment, "")
    for command in ("migrate", "load_curriculum", "load_demo"):
        running.manage(command, *(["-v0"] if command == "migrate" else []))
    credential = running.manage("lrs_credential", "browsertests")
    process = start_web(environment, port)
    yield Server(running.url, environment, credential)
    process.terminate()
    process.wait(10)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    return {
        "executable_path": chromium,
        "args": [
            "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
            "--disable-background-networking", "--disable-component-update",
        ],
    }  # fmt: skip


@pytest.fixture
def new_phone(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens a new phone, on which nobody was before: a page of 360 by 740 (or as asked)."""
    contexts: list[BrowserContext] = []

    def opened(**options: Any) -> Page:
        context = browser.new_context(
            base_url=server.url, **{"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce", **options}
        )
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def phone(new_phone: Callable[..., Page]) -> Page:
    return new_phone()
