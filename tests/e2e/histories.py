"""Random histories of answering on a bad line, with a dying server and more phones: what was lost, what came twice.

A history is made of its seed. Real pages in a real Chromium make events, as an exercise does; they go through a line
that breaks at any byte (faults.py) to a real server whose database fails or that is killed at any query (faulty.py).
In the end all is well again, every phone sends what it has, and the tables must hold each event once. What a phone
threw away unsent (storage cleared, as iOS does after a week) cannot be there; what was said to be safe must be.
"""

import random
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from tests.e2e.faults import Cut, Line, Twice
from tests.e2e.faulty import CONTROL
from tests.e2e.player import waiting_events
from tests.e2e.serving import DATABASE, PHONE, Server

LESSON = "laat-het-weg"
QUESTION, ANSWERS = "b2-check-1", ("b2-c1-veilig", "b2-c1-achternaam", "b2-c1-upload")
POINTS = 34  # of a batch: a few more than it has, so that some faults come too late
YEARS = (-56, -3, 0, 0, 0, 0, 3, 14)  # the clock is off by
WATCH = """(years) => {
  const now = Date.now.bind(Date);
  Date.now = () => now() + years * 31556952000;
  const add = IDBObjectStore.prototype.add;
  window.made = [];
  IDBObjectStore.prototype.add = function (event) { made.push(event.id); return add.call(this, event); };
}"""
DO = """async (things) => {
  const player = document.querySelector("kw-player");
  for (const thing of things)
    player.dispatchEvent(new CustomEvent(thing.exercise ? "kw-answer" : "kw-statement", { detail: thing }));
  while (made.length < things.length) await new Promise((resolve) => setTimeout(resolve, 2));
  return made.splice(0);
}"""
CLEAR = "indexeddb,local_storage,cache_storage,service_workers"
STATE = "() => document.querySelector('kw-saved').dataset.state ?? ''"
ONLINE = "() => { dispatchEvent(new Event('online')); }"


@dataclass
class Outcome:
    """What one history, or several together, came to."""

    histories: int = 0
    events: int = 0
    cleared: int = 0
    cpu: float = 0  # seconds of server, browser and test together
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    happened: dict[str, int] = field(default_factory=dict)

    def add(self, other: "Outcome") -> None:
        self.histories += other.histories
        self.events += other.events
        self.cleared += other.cleared
        self.cpu += other.cpu
        self.lost += other.lost
        self.doubled += other.doubled
        for name, times in other.happened.items():
            self.happened[name] = self.happened.get(name, 0) + times


@dataclass
class Device:
    """One phone with its tabs."""

    context: BrowserContext
    tabs: list[Page] = field(default_factory=list)
    empty: Page | None = None
    """A tab that is left of the history before: what it showed is gone, but its process need not be made anew."""
    watched: dict[Page, CDPSession] = field(default_factory=dict)

    def new_tab(self, script: str) -> Page:
        """An empty tab in which this script goes before each page."""
        tab, self.empty = self.empty or self.context.new_page(), None
        session = self.context.new_cdp_session(tab)
        session.send("Page.enable")
        session.send("Page.addScriptToEvaluateOnNewDocument", {"source": script})
        self.watched[tab] = session
        self.tabs.append(tab)
        return tab

    def leave(self, tab: Page) -> None:
        """The script goes with the session that brought it."""
        self.watched.pop(tab).detach()


class FaultyServer(Server):
    """A server that breaks when told to, and does not complain of it."""

    app = "tests.e2e.faulty"

    @property
    def gunicorn(self) -> list[str]:
        """Imported once and forked: a killed process is followed by the next in a moment, not after 9 s of work."""
        return [*super().gunicorn, "--log-level", "critical", "--graceful-timeout", "1", "--preload"]


class World:
    """A server, a line to it and a browser, in which histories happen one after the other."""

    def __init__(self, server: FaultyServer, line: Line, browser: Browser) -> None:
        self.server, self.line, self.browser = server, line, browser
        self.devices = [self._device(), self._device()]

    def _device(self) -> Device:
        context = self.browser.new_context(base_url=self.line.url, viewport=PHONE, service_workers="block")  # type: ignore[arg-type]
        context.set_default_timeout(30_000)
        return Device(context)

    def live(self, seed: int, *, kill: bool = False) -> Outcome:
        """One history. kill: at one moment in it the server's process is killed at a query."""
        return _History(self, random.Random(seed), kill).run(f"history {seed}")


class _History:
    def __init__(self, world: World, chance: random.Random, kill: bool) -> None:
        self.world, self.line, self.chance, self.kill = world, world.line, chance, kill
        self.devices = world.devices[:1]
        self.years = chance.choice(YEARS)
        self.made: set[str] = set()
        self.cleared: set[str] = set()
        self.outcome = Outcome(histories=1)

    def run(self, name: str) -> Outcome:
        self._open(self.devices[0])
        self._answer()
        doings = self.chance.choices([*self._doings], weights=[weight for _, weight in self._doings.values()], k=5)
        if self.kill:
            doings[self.chance.randrange(len(doings))] = "killed at a query"
        for doing in doings:
            self._count(doing)
            self._doings[doing][0](self)
            self._look_at_what_is_called_saved(name)
        self._end_well()
        self._compare(name)
        self._leave()
        return self.outcome

    # What happens.

    def _answer(self) -> None:
        """Somebody goes on, or answers: one thing or a few."""
        things: list[dict[str, Any]] = []
        for _ in range(self.chance.choice((1, 1, 2, 5))):
            answer = {"exercise": QUESTION, "response": self.chance.choice(ANSWERS), "correct": None, "parts": {}}
            things.append(answer if self.chance.random() < 0.5 else {"step": QUESTION})
        self.made |= set(self._tab().evaluate(DO, things))

    def _cut_request(self) -> None:
        self.line.faults.append(Cut("request", self.chance.randrange(1800)))
        self._answer()

    def _cut_reply(self) -> None:
        self.line.faults.append(Cut("reply", self.chance.randrange(500)))
        self._answer()

    def _lose_reply(self) -> None:
        self.line.faults.append(Cut("reply", 0))
        self._answer()

    def _send_twice(self) -> None:
        self.line.faults.append(Twice())
        self._answer()

    def _fail(self, how: str = "error") -> None:
        self.line.ask(CONTROL, {"point": self.chance.randint(1, POINTS), "how": how})
        self._answer()
        self._tab().evaluate(ONLINE)

    def _die(self) -> None:
        """The process is gone for sure: where a point came too late, at an earlier one."""
        before = self._process()
        for most in (POINTS, POINTS // 2, POINTS // 4, 2):
            self.line.ask(CONTROL, {"point": self.chance.randint(1, most), "how": "kill"})
            self._answer()
            self._tab().evaluate(ONLINE)
            self._wait(lambda: self._process(clear=False) not in (before, ""), 3)
            if self._process() != before:
                return
        raise AssertionError("the server was not killed")

    def _process(self, *, clear: bool = True) -> str:
        """The number of the server's process, '' while there is none. clear: faults that were not met are forgotten."""
        try:
            return self.line.ask(CONTROL, {"clear": clear})
        except OSError:
            return ""

    def _answers_again(self) -> bool:
        return bool(self._process())

    def _lose_signal(self) -> None:
        self.line.is_down = True
        self._answer()
        if self.chance.random() < 0.5:
            self._answer()
        self.line.is_down = False

    def _another_tab(self) -> None:
        self._open(self.chance.choice(self.devices))
        self._answer()

    def _reload(self) -> None:
        """Also in the middle of sending."""
        if self.chance.random() < 0.5:
            self._answer()
        tab = self._tab()
        self._wait(lambda: self._came(tab))
        self._ready(tab)
        self._answer()

    def _close(self) -> None:
        device = self.chance.choice(self.devices)
        self._answer()
        device.tabs.pop(0).close()
        if not device.tabs:
            self._open(device)

    def _another_phone(self) -> None:
        """The same learner on a second phone: a nameless learner's key is key enough (decision 0008)."""
        first, second = self.world.devices
        if second not in self.devices:
            key = next((one for one in first.context.cookies() if one["name"] == "eigenaar"), None)
            if key is None:
                return
            second.context.add_cookies([{"name": "eigenaar", "value": key["value"], "url": self.line.url}])
            self.devices = [first, second]
            self._open(second)
        self._answer()

    def _clear_storage(self) -> None:
        """What iOS does to a site that was not opened for a week: all that scripts wrote goes, unsent events too."""
        device = self.chance.choice(self.devices)
        while len(device.tabs) > 1:
            device.tabs.pop().close()
        self.cleared |= {event["id"] for event in waiting_events(device.tabs[0])}
        self._clear(device)
        device.context.clear_cookies(name="eigenaar")
        self._open(device)
        device.tabs.pop(0).close()
        self._answer()

    def _upgrade(self) -> None:
        """A new edition of the lesson: one tab has it, the others go on with the one before."""
        self.line.ask(CONTROL, {"publish": LESSON})
        self._open(self.chance.choice(self.devices))
        self._answer()

    _doings: dict[str, tuple[Callable[["_History"], None], int]] = {
        "answer": (_answer, 2),
        "request cut at a byte": (_cut_request, 4),
        "reply cut at a byte": (_cut_reply, 3),
        "reply lost": (_lose_reply, 2),
        "sent twice": (_send_twice, 2),
        "database failed at a query": (_fail, 5),
        "no signal": (_lose_signal, 3),
        "another tab": (_another_tab, 2),
        "page loaded again": (_reload, 2),
        "tab closed": (_close, 1),
        "another phone": (_another_phone, 2),
        "storage cleared": (_clear_storage, 1),
        "lesson upgraded": (_upgrade, 1),
        "killed at a query": (_die, 0),
    }

    # How it goes.

    def _count(self, what: str) -> None:
        self.outcome.happened[what] = self.outcome.happened.get(what, 0) + 1

    def _open(self, device: Device) -> None:
        tab = device.new_tab(f"({WATCH})({self.years})")
        self._wait(lambda: self._came(tab))
        self._ready(tab)

    def _came(self, tab: Page) -> bool:
        """A page that did not come is asked for again, as one does."""
        try:
            tab.goto(f"/les/{LESSON}/", wait_until="commit")
        except Error:
            return False
        return True

    def _ready(self, tab: Page) -> None:
        tab.wait_for_selector("[data-dock]:not([hidden])")

    def _tab(self) -> Page:
        return self.chance.choice(self.chance.choice(self.devices).tabs)

    def _look_at_what_is_called_saved(self, name: str) -> None:
        """'Opgeslagen.' on the only tab there is says that everything is at the server."""
        if len(self.devices) > 1 or len(self.devices[0].tabs) > 1:
            return
        known = set(self.made)
        if self.devices[0].tabs[0].evaluate(STATE) == "saved":
            untrue = known - self.cleared - set(self._rows("learning_event", known))
            self.outcome.lost += [f"{name}: {key} was called saved" for key in untrue]

    def _end_well(self) -> None:
        self.line.heal()
        self._wait(self._answers_again)
        for device in self.devices:
            for tab in device.tabs:
                tab.evaluate(ONLINE)
        self._wait(self._nothing_waits)

    def _nothing_waits(self) -> bool:
        for device in self.devices:
            if waiting_events(device.tabs[0]):
                device.tabs[0].evaluate(ONLINE)
                return False
        return True

    def _wait(self, good: Callable[[], bool], seconds: float = 60) -> None:
        end = time.monotonic() + seconds
        while not good() and time.monotonic() < end:
            time.sleep(0.03)

    def _compare(self, name: str) -> None:
        """Each event is there once: as itself, as statement, and of one learner."""
        must = self.made - self.cleared
        self.outcome.events += len(self.made)
        self.outcome.cleared += len(self.cleared)
        for table in ("learning_event", "xapi_statement"):
            found = self._rows(table, self.made)
            self.outcome.lost += [f"{name}: {key} is not in {table}" for key in must - set(found)]
            self.outcome.doubled += [f"{name}: {key} in {table}" for key in set(found) if found.count(key) > 1]
        learners, answers, events = self._learners()
        # A phone that lost its key, and never got the reply with its session, is a new phone.
        if learners > 1 + self.outcome.happened.get("storage cleared", 0):
            self.outcome.doubled.append(f"{name}: {learners} learners of one")
        if answers > events:
            self.outcome.doubled.append(f"{name}: {answers} answers of {events} events")

    def _rows(self, table: str, ids: set[str]) -> list[str]:
        asked = [key.replace("-", "") for key in ids]
        marks = ",".join("?" * len(asked))
        with self._tables() as tables:
            found = tables.execute(f"SELECT id FROM {table} WHERE id IN ({marks})", asked)
            return [str(uuid.UUID(key)) for (key,) in found]

    def _learners(self) -> tuple[int, int, int]:
        """How many learners these events are of, how many answers these have and how many of the events are answers."""
        asked = [key.replace("-", "") for key in self.made]
        marks = ",".join("?" * len(asked))
        of = f"SELECT DISTINCT user_id FROM learning_event WHERE id IN ({marks})"
        with self._tables() as tables:
            (learners,) = tables.execute(f"SELECT count(*) FROM ({of})", asked).fetchone()
            (answers,) = tables.execute(
                f"SELECT count(*) FROM assessments_response WHERE user_id IN ({of})",
                asked,
            ).fetchone()
            (events,) = tables.execute(
                f"SELECT count(*) FROM learning_event WHERE exercise != '' AND user_id IN ({of})",
                asked,
            ).fetchone()
        return learners, answers, events

    @contextmanager
    def _tables(self) -> Iterator[sqlite3.Connection]:
        tables = sqlite3.connect(self.world.server.data / DATABASE, timeout=20)
        try:
            yield tables
        finally:
            tables.close()

    def _leave(self) -> None:
        """Both phones as new, with their letters and scripts still there."""
        for device in self.world.devices:
            for tab in device.tabs[1:]:
                tab.close()
            if device.tabs:
                self._clear(device)
                device.leave(device.tabs[0])
                device.empty = device.tabs[0]
            device.tabs.clear()
            device.watched.clear()
            device.context.clear_cookies()

    def _clear(self, device: Device) -> None:
        tab = device.tabs[0]
        tab.goto("about:blank")
        session = device.context.new_cdp_session(tab)
        session.send("Storage.clearDataForOrigin", {"origin": self.line.url, "storageTypes": CLEAR})
        session.detach()


@contextmanager
def world_on(server: FaultyServer, browser: Browser) -> Iterator[World]:
    """A server that is prepared and not started, with a line of its own."""
    server.start()
    try:
        with Line(server.port) as line:
            world = World(server, line, browser)
            yield world
            for device in world.devices:
                device.context.close()
    finally:
        server.stop()
