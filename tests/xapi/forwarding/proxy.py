"""A bad line to a real record store: each request gets what the test says, before or after it came through."""

import contextlib
import json
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.e2e.serving import free_port

Body = list[dict[str, Any]]
Reply = tuple[int, dict[str, str], bytes]  # status, headers, body


class Fault:
    """What happens to one request. `status`: the answer (0: the line breaks). `arrives`: it came through first."""

    def __init__(self, status: int, *, arrives: bool = False, waits: float = 0, **headers: str) -> None:
        self.status, self.arrives, self.waits, self.headers = status, arrives, waits, headers


Choose = Callable[[str, Body], Fault | None]


def fine(_method: str, _body: Body) -> Fault | None:
    return None


class Proxy:
    """Stands before the record store at `behind`. `choose` says what happens; `posts` are the batches that came."""

    def __init__(self, behind: str) -> None:
        self.behind, self.choose = behind, fine
        self.posts: list[list[str]] = []
        self.statuses: list[int] = []
        self.seen: list[bytes] = []
        self.on_post: Callable[[], None] = lambda: None
        self.free = threading.Event()  # what waits goes on once this is set

    def answer(self, method: str, path: str, headers: dict[str, str], content: bytes) -> Reply:
        body: Body = json.loads(content) if headers.get("Content-Type") == "application/json" else []
        if method == "POST":
            self.posts.append([one["id"] for one in body])
            self.seen.append(content)
        fault = self.choose(method, body)
        status, told, answer = 0, dict[str, str](), b""
        if fault is None or fault.arrives:
            status, told, answer = self._through(method, path, headers, content)
        if fault is not None:
            if fault.waits:
                self.free.wait(fault.waits)
            names = {name.replace("_", "-"): value for name, value in fault.headers.items()}
            status, told, answer = fault.status, names, b"so says the line"
        self.statuses.append(status)
        if method == "POST":
            self.on_post()
        return status, told, answer

    def _through(self, method: str, path: str, headers: dict[str, str], content: bytes) -> Reply:
        passed = {name: value for name, value in headers.items() if name.lower() not in ("host", "connection")}
        request = urllib.request.Request(self.behind + path, content or None, passed, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30) as reply:
                return reply.status, {"Content-Type": reply.headers["Content-Type"]}, reply.read()
        except urllib.error.HTTPError as error:
            return error.code, {}, error.read()


@contextmanager
def running(behind: str, tls: ssl.SSLContext | None = None) -> Iterator[tuple[str, Proxy]]:
    """The address of the line, and the line; with `tls` by https, to `localhost`."""
    proxy = Proxy(behind)

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            status, headers, body = proxy.answer(self.command, self.path, dict(self.headers), content)
            with contextlib.suppress(OSError):  # who asked may be gone
                if not status:
                    return
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        do_GET = do_POST = handle_any

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", free_port()), Handler)
    server.daemon_threads = True
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"{'https://localhost' if tls else 'http://127.0.0.1'}:{server.server_port}", proxy
    finally:
        proxy.free.set()
        server.shutdown()
        server.server_close()
