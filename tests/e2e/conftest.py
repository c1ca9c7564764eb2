"""A real server and a real browser. The server runs apart, on its own database, with the real lessons."""

import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, expect

from tests.e2e.looking import Looker, folder_of_run
from tests.e2e.serving import (
    BROWSER_ARGUMENTS,
    PHONE,
    Server,
    WarmServer,
    chromium,
    copied,
    free_port,
    prepare,
    renewed,
)

# A busy machine may take long; no test fails on a clock that a quiet one would meet.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run, which its processes share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


def once(folder: Path, make: Callable[[Path], Server]) -> Server:
    """What one process of a run makes in this folder, for all of them; the others wait for it."""
    mark = folder / "credential"
    folder.mkdir(exist_ok=True)
    with open(folder / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not mark.exists():
            mark.write_text(make(folder / "data").credential)
    return Server(folder / "data", free_port(), mark.read_text())


@pytest.fixture(scope="session")
def prepared(run_folder: Path) -> Server:
    """A filled folder that nobody writes in: servers run on copies of it."""
    return once(run_folder / "prepared", prepare)


@pytest.fixture(scope="session")
def server(prepared: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server that all tests share."""
    shared = copied(prepared, tmp_path_factory.mktemp("shared") / "data")
    shared.start()
    yield shared
    shared.stop()


def with_sound(server: Server) -> Server:
    server.manage("shell", "-v0", "-c", "from tests.e2e.fill_sound import sound; sound()")
    return server


@pytest.fixture(scope="session")
def sounding_server(prepared: Server, run_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with sound for every text, tones of the voice for tests."""
    filled = once(run_folder / "sounding", lambda data: with_sound(copied(prepared, data)))
    sounding = copied(filled, tmp_path_factory.mktemp("sounding") / "data")
    sounding.start()
    yield sounding
    sounding.stop()


@pytest.fixture(scope="session")
def looker(browser: Browser, sounding_server: Server, run_folder: Path) -> Looker:
    """Looks at a screen or lesson, once in a run."""
    return Looker(browser, sounding_server, folder_of_run(run_folder))


@pytest.fixture(scope="session")
def warm_server(prepared: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WarmServer]:
    """What own_server starts again and again."""
    warm = WarmServer(tmp_path_factory.mktemp("own") / "data", free_port(), prepared.credential)
    yield warm
    warm.end()


@pytest.fixture
def own_server(prepared: Server, warm_server: WarmServer) -> Iterator[Server]:
    """A server of this test alone, on fresh data, to stop and start."""
    renewed(warm_server, prepared)
    warm_server.start()
    yield warm_server
    warm_server.stop()


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": chromium(), "args": BROWSER_ARGUMENTS}


class Witness:
    """Sees every request and every script error of a phone."""

    def __init__(self, context: BrowserContext) -> None:
        self.requests: list[Request] = []
        self.errors: list[str] = []
        context.on("request", lambda request: self.requests.append(request))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("console", self._console)

    def _console(self, message: Any) -> None:
        if "Content Security Policy" in message.text or "Content-Security-Policy" in message.text:
            self.errors.append(message.text)

    def strangers(self, home: str) -> list[str]:
        """Requests to any other host."""
        addresses = [request.url for request in self.requests]
        return [address for address in addresses if not address.startswith((home + "/", "data:", "blob:", "about:"))]


@pytest.fixture
def new_phone(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens a new phone, on which nobody was before: a page of 360 by 740 (or as asked).

    After each test: no request went to another host, and no script failed.
    """
    seen: list[tuple[BrowserContext, Witness, str]] = []

    def opened(*, at: Server | None = None, **options: Any) -> Page:
        home = at or request.getfixturevalue("server")
        context = browser.new_context(
            base_url=home.url, **{"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce", **options}
        )
        context.set_default_timeout(30_000)
        seen.append((context, Witness(context), home.url))
        return context.new_page()

    yield opened
    for context, _, _ in seen:
        context.close()
    for _, witness, home in seen:
        assert witness.strangers(home) == []
        assert witness.errors == []


@pytest.fixture
def phone(new_phone: Callable[..., Page]) -> Page:
    return new_phone()
