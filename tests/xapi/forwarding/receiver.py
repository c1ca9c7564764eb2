"""A second record store: our own, in a process of its own with a database of its own."""

import json
import subprocess
import sys
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench.lrs_server import ROOT, warm
from tests.e2e.serving import Server, free_port, migrated


class Receiver(Server):
    """What arrived can be read from it as any client reads it."""

    @property
    def environment(self) -> dict[str, str]:
        return {**super().environment, "DEMO": "0", "XAPI_PRIVATE_HOSTS": "1"}

    @property
    def key(self) -> tuple[str, str]:
        key, _, secret = self.credential.partition(":")
        return key, secret

    def ids(self) -> list[str]:
        """The ids of all that is there, in the order in which it was stored."""
        return [one["id"] for one in self.statements()]

    def put(self, statement: dict[str, Any]) -> None:
        """Store a statement in it as another client would."""
        body = {name: value for name, value in statement.items() if name not in ("stored", "authority", "version")}
        given = b64encode(self.credential.encode()).decode()
        headers = {"Authorization": f"Basic {given}", "X-Experience-API-Version": "1.0.3"}
        headers["Content-Type"] = "application/json"
        request = urllib.request.Request(f"{self.url}/xapi/statements", json.dumps(body).encode(), headers)
        urllib.request.urlopen(request).close()

    def one(self, statement_id: str) -> dict[str, Any]:
        return next(one for one in self.statements() if one["id"] == statement_id)


def prepared(folder: Path) -> Receiver:
    """Tables in a folder; not started."""
    server = Receiver(folder, free_port())
    migrated(server)
    return server


@contextmanager
def second_store() -> Iterator[Receiver]:
    """Started, and empty."""
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        server = prepared(Path(folder))
        made = [sys.executable, "manage.py", "lrs_credential", "sender", "--scope", "all", "--per-minute", "1000000"]
        environment = server.environment
        done = subprocess.run(made, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
        server.credential = done.stdout.strip()
        command = [sys.executable, "-m", "gunicorn", "lms.wsgi", "-b", f"127.0.0.1:{server.port}", "--threads", "4"]
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        try:
            warm(f"http://127.0.0.1:{server.port}/xapi/about")
            yield server
        finally:
            process.terminate()
            process.wait()
