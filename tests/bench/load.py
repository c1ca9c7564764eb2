"""1,000 learners in a lesson at once, an event every 10 seconds each: make bench-load.

As in production (tests.bench.production), on two cores: gunicorn, PostgreSQL, Redis, and this script too, whose CPU is
told. Learners have an account and a class, which asks most of the server. A phone sends what one tap gives in one
batch, so that an event is mostly a request of its own; here every event is. Each phone has a line of its own that stays
open. Time runs from the moment at which a phone means to send, so that one that has to wait is not measured less.
"""

import asyncio
import json
import os
import random
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import production

DATABASE = "kortwijs_bench_load"
LEARNERS, EVERY, SECONDS = int(os.environ.get("LEARNERS", "1000")), 10.0, float(os.environ.get("SECONDS", "100"))
LESSON = "/les/laat-het-weg/"
MOST_MS = 300
HEAD = "Host: 127.0.0.1\r\nCookie: {cookies}\r\nAccept-Encoding: gzip, br\r\nSec-Fetch-Site: same-origin\r\n"


@dataclass
class Told:
    """What all phones together saw."""

    pages: list[float] = field(default_factory=list)
    events: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


@dataclass
class Phone:
    """Somebody in a lesson: their cookies and the events they will send, written out beforehand."""

    head: str
    bodies: list[tuple[str, bytes]]

    async def learn(self, port: int, begins: float, told: Told) -> None:
        """Open the lesson, then send an event every ten seconds; what goes wrong is noted, and ends it."""
        await _until(begins)
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            await self._ask(reader, writer, f"GET {LESSON} HTTP/1.1\r\n{self.head}\r\n".encode())
            told.pages.append(time.monotonic() - begins)
            for turn, (key, body) in enumerate(self.bodies, 1):
                await _until(at := begins + turn * EVERY)
                more = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
                request = f"POST /leren/events HTTP/1.1\r\n{self.head}{more}".encode() + body
                reply = json.loads(await self._ask(reader, writer, request))
                told.events.append(time.monotonic() - at)
                if reply["safe"] != [key]:
                    told.wrong.append(f"not kept: {reply}")
            writer.close()
        except (OSError, ValueError, asyncio.IncompleteReadError) as error:
            told.wrong.append(repr(error))

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> bytes:
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(head.split("content-length:", 1)[1].split("\r\n", 1)[0])
        body = await reader.readexactly(length)
        if not head.startswith("http/1.1 200"):
            raise ValueError(head.split("\r\n", 1)[0])
        return body


async def _until(moment: float) -> None:
    if (wait := moment - time.monotonic()) > 0:
        await asyncio.sleep(wait)


def events_of(owner: uuid.UUID, module: Any, number: int) -> Iterator[tuple[str, bytes]]:
    """Step by step through a lesson: seen, and answered where that can be; then once more."""
    from tests.bench.queries import events_for

    while True:
        found = events_for(Owner(owner), module, len(module.outline) + 5)  # type: ignore[arg-type]
        for event in found:
            if number == 0:
                return
            number -= 1
            yield event["id"], json.dumps({"events": [event]}).encode()


@dataclass(frozen=True)
class Owner:
    owner_key: uuid.UUID


def make_phones(number: int, events: int) -> list[Phone]:
    """So many learners in classes of 28, signed in, with what they will do."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from modules.models import ModulePage
    from people.models import Cohort, CohortMember, Membership, Organisation, Role, User
    from people.session_store import SessionStore

    module = ModulePage.objects.get(code="B2")
    run = time.time_ns()
    school = Organisation.objects.create(name=f"School {run}", kind=Organisation.Kind.SCHOOL)
    made = [User(username=f"{run}-{place}", first_name="Anna", owner_key=uuid.uuid4()) for place in range(number)]
    people = User.objects.bulk_create(made)
    Membership.objects.bulk_create([Membership(user=user, organisation=school, role=Role.LEARNER) for user in people])
    for start in range(0, number, 28):
        cohort = Cohort.objects.create(organisation=school, name=f"Klas {start}", kind=Cohort.Kind.CLASS)
        CohortMember.objects.bulk_create(
            [CohortMember(cohort=cohort, user=user) for user in people[start : start + 28]]
        )
    phones = []
    for user in people:
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "people.second_step.AccountBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        cookies = f"kortwijs={session.session_key}; eigenaar={user.owner_key}; naam=Anna"
        phones.append(Phone(HEAD.format(cookies=cookies), list(events_of(user.owner_key, module, events))))
    return phones


async def run(port: int, phones: list[Phone], look: Callable[[], None] = lambda: None) -> Told:
    """All phones, each begun at a moment of its own in the first ten seconds; every two seconds `look` is called."""
    told, dice, now = Told(), random.Random(12), time.monotonic() + 0.5
    learning = [asyncio.create_task(phone.learn(port, now + dice.random() * EVERY, told)) for phone in phones]
    while any(not task.done() for task in learning):
        await asyncio.wait(learning, timeout=2)
        await asyncio.to_thread(look)
        print(f"\r{len(told.pages)} in the lesson, {len(told.events)} events kept, "
              f"{len(told.wrong)} wrong, {time.monotonic() - now:.0f} s ", end="", flush=True)  # fmt: skip
    return told


class Database:
    """CPU of the database's processes, looked at often: a line is closed after a minute, and its process with it."""

    def __init__(self, site: production.Site) -> None:
        self.site, self.spent, self._last = site, 0.0, site.database_cpu()

    def look(self) -> None:
        now = self.site.database_cpu()
        self.spent += production.spent_between(self._last, now)
        self._last = now


def busy() -> float:
    """CPU seconds that this whole machine used so far (proc(5), /proc/stat: fields 4 and 5 are idle and iowait)."""
    spent = [int(ticks) for ticks in Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:9]]
    return (sum(spent) - spent[3] - spent[4]) / production.TICK


def at(times: list[float], share: float) -> float:
    """Milliseconds within which this share was answered."""
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def main() -> int:
    cores = sorted(os.sched_getaffinity(0))[:2]
    os.sched_setaffinity(0, cores)  # gunicorn is started with the same; PostgreSQL and Redis are where they are
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        production.prepare(DATABASE, folder)
        from django.db import connection

        from learning.models import Event

        phones = make_phones(LEARNERS, int(SECONDS / EVERY))
        before = Event.objects.count()
        with production.serving(DATABASE, folder) as site:
            asyncio.run(run(site.port, make_phones(16, 1)))  # what is made once is made, in both workers
            warm = Event.objects.count() - before
            print(f"\r{LEARNERS} learners on {len(cores)} cores, an event every {EVERY:.0f} s each")
            connection.close()
            database = Database(site)
            began = time.monotonic(), busy(), site.cpu(), time.process_time()
            told = asyncio.run(run(site.port, phones, database.look))
            seconds = time.monotonic() - began[0]
            of_site, of_this = site.cpu() - began[2], time.process_time() - began[3]
            other = busy() - began[1] - of_site - of_this - database.spent
        kept = Event.objects.count() - before - warm
        connection.close()
    sent = sum(len(phone.bodies) for phone in phones)
    print(f"\n{'':14}{'requests':>10}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}{'most ms':>9}")
    for name, times in (("lesson page", told.pages), ("event", told.events)):
        if times:
            print(f"{name:14}{len(times):>10}{len(times) / seconds:>12.0f}{at(times, 0.5):>9.1f}"
                  f"{at(times, 0.95):>9.1f}{at(times, 0.99):>9.1f}{at(times, 1):>9.1f}")  # fmt: skip
    print(f"cores used: gunicorn {of_site / seconds:.2f}, PostgreSQL {database.spent / seconds:.2f}, this script "
          f"{of_this / seconds:.2f}, everything else on this machine {other / seconds:.2f}")  # fmt: skip
    for wrong in told.wrong[:5]:
        print(f"NOT {wrong}")
    p95 = at(told.events, 0.95) if told.events else float("inf")
    fine = p95 < MOST_MS and not told.wrong and kept == sent
    print(f"bench-load: {LEARNERS} learners, p95 {p95:.0f} ms (< {MOST_MS}), {len(told.wrong)} errors (0), "
          f"{kept} of {sent} events kept (all)")  # fmt: skip
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
