"""The processes of docker-compose.yml as they are in production: real PostgreSQL, Redis, storage and proxy."""

import json
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, ROOT, chromium, free_port

POSTGRES = os.environ.get("DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS = os.environ.get("REDIS_URL") or "redis://127.0.0.1:6379/0"


@dataclass
class Site:
    """Kortwijs behind its proxy."""

    environment: dict[str, str]
    process: subprocess.Popen[bytes]
    database: str
    log: Path

    @property
    def url(self) -> str:
        return self.environment["BASE_URL"]

    def ask(self, path: str, **headers: str) -> "tuple[int, dict[str, str], bytes]":
        """Status, headers and body; the proxy's certificate is its own."""
        trusting = ssl.create_default_context()
        trusting.check_hostname = False
        trusting.verify_mode = ssl.CERT_NONE
        address = path if path.startswith("http") else self.url + path
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=trusting), _NoRedirect())
        try:
            with opener.open(urllib.request.Request(address, headers=headers), timeout=20) as reply:
                return reply.status, dict(reply.headers), reply.read()
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers), error.read()

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.database) as connection:
            return connection.execute(query).fetchall()

    def manage(self, *command: str, **other: str) -> str:
        """Run a command with the settings of the web process, some of them other ones."""
        program = (
            "import json, os, sys; sys.path.insert(0, 'bin'); import without_containers as w;"
            "settings = w.Site(dict(os.environ)).environment('web') | json.loads(sys.argv[1]);"
            "os.execve(sys.executable, [sys.executable, 'manage.py', *sys.argv[2:]], settings)"
        )
        done = subprocess.run(
            [sys.executable, "-c", program, json.dumps(other), *command],
            cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def shell(self, code: str) -> str:
        """Run Python with the settings of the web process."""
        return self.manage("shell", "-v0", "-c", code)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


def _storage_port() -> int:
    """A port with seven free ones behind it, for the parts of the object storage."""
    return 20_000 + os.getpid() % 1000 * 10


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("production")
    name = f"kortwijs_production_{os.getpid()}"
    with psycopg.connect(POSTGRES, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    database = POSTGRES.rpartition("/")[0] + f"/{name}"
    (folder / "bin").mkdir()
    shutil.copy(ROOT / "bin" / "make_secrets.sh", folder / "bin")
    subprocess.run(["sh", folder / "bin" / "make_secrets.sh"], check=True, capture_output=True)
    https = free_port()
    environment = {
        **{key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ},
        "BASE_URL": f"https://localhost:{https}", "HTTPS_PORT": str(https), "HTTP_PORT": str(free_port()),
        "HEALTH_PORT": str(free_port()), "WEB_PORT": str(free_port()), "S3_PORT": str(_storage_port()),
        "DATABASE_URL": database, "REDIS_URL": REDIS.rpartition("/")[0] + "/15", "DATA": str(folder / "data"),
        "SECRETS": str(folder / "secrets"), "SPEECH_BACKENDS": "fake",
    }  # fmt: skip
    log = folder / "log"
    process = subprocess.Popen(
        [sys.executable, "bin/without_containers.py"],
        cwd=ROOT, env=environment, stdout=log.open("wb"), stderr=subprocess.STDOUT,
    )  # fmt: skip
    found = Site(environment, process, database, log)
    try:
        for _ in range(1200):
            assert process.poll() is None, log.read_text()
            try:
                if found.ask("/healthz")[0] == 200:
                    break
            except OSError:
                pass
            time.sleep(0.25)
        else:
            pytest.fail(log.read_text())
        yield found
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
        with psycopg.connect(POSTGRES, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def phone(site: Site) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        context = browser.new_context(viewport=PHONE, ignore_https_errors=True, base_url=site.url)
        yield context.new_page()
        browser.close()
