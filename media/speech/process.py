"""A voice in a process of its own: kept alive, asked one thing at a time, started again when it dies."""

import json
import os
import select
import subprocess
import threading
import time
from collections.abc import Sequence
from typing import Any

from media.speech.backend import SpeechError

LONGEST_LINE = 1_000_000
MOST_SOUND = 60_000_000


class VoiceProcess:
    """One program that answers a line of JSON with a line of JSON ('bytes' in it) and so many bytes of sound.

    What it says first is its greeting. An answer that takes longer than `seconds` ends it.
    """

    def __init__(self, command: Sequence[str], *, seconds: float = 30) -> None:
        self.command, self.seconds = list(command), seconds
        self.greeting: dict[str, Any] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._owner = 0

    def ask(self, question: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """What it answers. Tried once more when it had died; raises SpeechError when it does so twice."""
        with self._lock:
            for last in (False, True):
                try:
                    process = self._alive()
                    assert process.stdin is not None
                    process.stdin.write(json.dumps(question).encode() + b"\n")
                    process.stdin.flush()
                    told, sound = self._read(process)
                    break
                except (OSError, ValueError, TimeoutError) as error:
                    self._end()
                    if last:
                        raise SpeechError(f"De stem is ermee gestopt ({type(error).__name__}).") from error
        if "error" in told:
            raise SpeechError(str(told["error"])[:200])
        return told, sound

    def starts(self) -> bool:
        """Whether it can run here; its greeting is known afterwards."""
        with self._lock:
            try:
                self._alive()
            except (OSError, ValueError, TimeoutError):
                self._end()
                return False
            return True

    def stop(self) -> None:
        with self._lock:
            self._end()

    def _alive(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        if self._owner == os.getpid():
            self._end()
        self._process = subprocess.Popen(  # noqa: S603 (our own command)
            self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
        )
        self._owner = os.getpid()  # a fork must not share the pipes of its parent
        self.greeting, _ = self._read(self._process)
        return self._process

    def _read(self, process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], bytes]:
        deadline = time.monotonic() + self.seconds
        rest = b""
        while b"\n" not in rest:
            rest += self._some(process, deadline)
            if len(rest) > LONGEST_LINE and b"\n" not in rest:
                raise ValueError("no line")
        line, sound = rest.split(b"\n", 1)
        told = json.loads(line)
        size = told.get("bytes", 0) if isinstance(told, dict) else -1
        if not isinstance(size, int) or not 0 <= size <= MOST_SOUND:
            raise ValueError("no answer")
        parts, count = [sound], len(sound)
        while count < size:
            parts.append(self._some(process, deadline))
            count += len(parts[-1])
        return told, b"".join(parts)[:size]

    def _some(self, process: subprocess.Popen[bytes], deadline: float) -> bytes:
        assert process.stdout is not None
        ready, _, _ = select.select([process.stdout], [], [], max(0, deadline - time.monotonic()))
        if not ready:
            raise TimeoutError
        found = os.read(process.stdout.fileno(), 1 << 16)
        if not found:
            raise OSError("it died")
        return found

    def _end(self) -> None:
        if self._process is None:
            return
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                pipe.close()
        self._process = None
