"""The outside world of a task that is killed: a record store and a learning system, and what they heard."""

import json
import threading
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import mkdtemp
from typing import Any


class Outside:
    """Started once, in the process that starts tasks; those run in processes of their own."""

    def __init__(self) -> None:
        from tests.integrations.lti_platform import school_runs

        self.arrived: list[str] = []
        heard = self.arrived

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *_: Any) -> None: ...

            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                ids = [one["id"] for one in (body if isinstance(body, list) else [body])]
                heard.extend(ids)
                told = json.dumps(ids).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.store = f"http://127.0.0.1:{self._server.server_port}/xapi"
        self._stack = ExitStack()
        self.school = self._stack.enter_context(school_runs())
        self.tool_keys = Path(mkdtemp(prefix="kortwijs-keys-")) / "keys.json"
        """Written by a scene, in a process of its own; the learning system reads our keys from here."""

    def heard(self) -> list[str]:
        """All that came in, each time; and begin anew."""
        if self.tool_keys.exists():
            self.school.tool_keys = json.loads(self.tool_keys.read_text())
        scores = [f"score of {score['userId']}" for score in self.school.scores]
        told = [*self.arrived, *scores]
        self.arrived.clear()
        self.school.scores.clear()
        return sorted(told)
