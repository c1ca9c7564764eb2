"""A line between phones and a server that breaks where a test wants it: at any byte, one way or the other.

Every request goes over a connection of its own, so that what comes after it is not in doubt.
"""

import asyncio
import json
import re
import threading
from collections import deque
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Literal

EVENTS = b"POST /leren/events "
_LENGTH = re.compile(rb"(?i)\r\ncontent-length: *(\d+)")
_DROPPED = re.compile(rb"(?i)\r\n(?:connection|accept-encoding): *[^\r]*")
_CONNECTION = re.compile(rb"(?i)\r\nconnection: *[^\r]*")


@dataclass(frozen=True)
class Cut:
    """The connection of the next batch of events ends after so many bytes of the request or of the reply."""

    where: Literal["request", "reply"]
    after: int


@dataclass(frozen=True)
class Twice:
    """The next batch of events reaches the server two times; the phone hears of one."""


class Line:
    """Listens on a port of its own and passes on to the server's. Used as a context manager."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.port = 0
        self.is_down = False
        self.faults: deque[Cut | Twice] = deque()
        self.behind: dict[str, bytes] = {}
        """What comes behind the reply to a path: another edition of a file."""
        self.gone: tuple[str, ...] = ()
        """How the paths begin that do not come over this line: the files of a release that did not arrive whole."""
        self.bytes_down = 0
        self.requests = 0
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def __enter__(self) -> "Line":
        self._thread.start()
        server = self._run(asyncio.start_server(self._phone, "127.0.0.1", 0, limit=2**24))
        self.port = server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(_end_all())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def ask(self, path: str, what: dict[str, Any]) -> str:
        """Post JSON to the server itself, past all faults; gives its answer. Raises OSError when it is not there."""

        async def work() -> str:
            body = json.dumps(what).encode()
            head = (
                f"POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {len(body)}\r\n\r\n"
            )
            reply = await self._of_server(head.encode() + body)
            if b" 200 " not in reply[:20]:
                raise OSError(reply[:200].decode())
            return reply.split(b"\r\n\r\n", 1)[1].decode()

        told: str = self._run(work())
        return told

    def heal(self) -> None:
        """Nothing breaks any more."""
        self.is_down = False
        self.faults.clear()

    async def _phone(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            request = await _request(reader)
            if not self.is_down:
                await self._pass_on(request, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.transport.abort()

    async def _pass_on(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        fault = self.faults.popleft() if self.faults and request.startswith(EVENTS) else None
        path = request.split(b" ", 2)[1].decode()
        if path.startswith(self.gone):
            return
        if isinstance(fault, Cut) and fault.where == "request":
            await self._half(request[: fault.after])
            return
        head, body = request.split(b"\r\n\r\n", 1)
        head = (_DROPPED if path in self.behind else _CONNECTION).sub(b"", head)
        alone = head + b"\r\nConnection: close\r\n\r\n" + body
        if isinstance(fault, Twice):
            await self._of_server(alone)
        reply = await self._of_server(alone)
        if path in self.behind:
            reply = _LENGTH.sub(b"", reply, count=1) + self.behind[path]
        self.bytes_down += len(reply)
        self.requests += 1
        if self.is_down:
            return
        writer.write(reply[: fault.after] if isinstance(fault, Cut) else reply)
        await writer.drain()
        if not isinstance(fault, Cut):
            writer.close()
            await writer.wait_closed()

    async def _half(self, part: bytes) -> None:
        """The server gets the beginning of a request and then nothing more."""
        _, writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        writer.write(part)
        await writer.drain()
        writer.close()

    async def _of_server(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.server_port)
        writer.write(request)
        await writer.drain()
        reply = await reader.read(-1)
        writer.close()
        return reply


async def _end_all() -> None:
    """What still waits for a phone or the server ends now; left alone it complains in the middle of another test."""
    left = asyncio.all_tasks() - {asyncio.current_task()}
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def _request(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    return head + (await reader.readexactly(int(length[1])) if length else b"")
