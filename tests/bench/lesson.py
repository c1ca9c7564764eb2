"""Server CPU per request of a lesson page and a batch of events, beside a bare Wagtail page: make bench-lesson.

All as in production (tests.bench.production): gunicorn, PostgreSQL, Redis. A lesson is asked by somebody who is signed
in, who takes Brotli and has no page yet; the bare page (tests.bench.bare_wagtail) by nobody. CPU is that of gunicorn's
processes, the cheapest of some rounds that take turns, for what else runs here only adds.
"""

import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from http.client import HTTPConnection
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from tests.bench import bare_wagtail_page, production

DATABASE = "kortwijs_bench_lesson"
CONNECTIONS, ROUNDS, REQUESTS = (1, 8, 32), 3, int(os.environ.get("REQUESTS", "320"))
LESSON = "/les/laat-het-weg/"
MOST = 1 / 3
Headers = dict[str, str]
Request = tuple[str, str, bytes | None, Headers]


@dataclass
class Measured:
    """Of one kind of request at one number of connections."""

    cpu: float = float("inf")
    database: list[float] = field(default_factory=list)
    per_second: float = 0
    times: list[float] = field(default_factory=list)

    def at(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        return sorted(self.times)[int(share * (len(self.times) - 1))] * 1000


def measure(site: production.Site, connections: int, each: Callable[[int], Iterator[Request]], into: Measured) -> None:
    """One round: every connection sends its requests one after another; all must get 200, or 304 where they ask so."""
    times: list[float] = []
    failed: list[object] = []

    def send(number: int) -> None:
        line = HTTPConnection("127.0.0.1", site.port, timeout=60)
        for method, path, body, headers in each(number):
            began = time.perf_counter()
            line.request(method, path, body, headers)
            reply = line.getresponse()
            content = reply.read()
            times.append(time.perf_counter() - began)
            if reply.status != (304 if "If-None-Match" in headers else 200):
                failed.append((reply.status, content[:200]))
        line.close()

    threads = [threading.Thread(target=send, args=(number,)) for number in range(connections)]
    database, cpu, began = site.database_cpu(), site.cpu(), time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spent = time.perf_counter() - began
    assert not failed, failed[0]
    each_ms = 1000 / len(times)
    into.cpu = min(into.cpu, (site.cpu() - cpu) * each_ms)
    into.database.append(production.spent_between(database, site.database_cpu()) * each_ms)
    into.per_second = max(into.per_second, len(times) / spent)
    into.times += times


def name_of_page(port: int, cookies: str) -> str:
    """The ETag of the lesson, with which a phone that has the page asks whether it still stands."""
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    line.request("GET", LESSON, headers={"Cookie": cookies, "Accept-Encoding": "gzip, br"})
    reply = line.getresponse()
    line.close()
    return reply.headers["ETag"] or ""


def learners(number: int) -> list[tuple[Any, str]]:
    """Learners who are signed in, each with the cookies of their phone."""
    from tests.bench.queries import client_of, learner

    found = []
    for place in range(number):
        user = learner(f"meting-{time.time_ns()}-{place}")
        cookies = client_of(user).cookies
        cookies["eigenaar"] = str(user.owner_key)
        found.append((user, "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())))
    return found


def main() -> int:
    with TemporaryDirectory(prefix="kortwijs-") as folder, ExitStack() as stack:
        production.prepare(DATABASE, folder)
        from modules.models import ModulePage
        from tests.bench.queries import events_for

        bare_wagtail_page.make()
        people = learners(max(CONNECTIONS))
        module = ModulePage.objects.get(code="B2")
        ours = stack.enter_context(production.serving(DATABASE, folder))
        bare = stack.enter_context(production.serving(DATABASE, folder, "tests.bench.bare_wagtail"))

        etag = name_of_page(ours.port, people[0][1])

        def bare_page(connections: int) -> Callable[[int], Iterator[Request]]:
            def each(_: int) -> Iterator[Request]:
                headers = {"Host": bare_wagtail_page.HOST, "Accept-Encoding": "gzip, br"}
                yield from [("GET", "/", None, headers)] * (REQUESTS // connections)

            return each

        def lesson(connections: int) -> Callable[[int], Iterator[Request]]:
            def each(number: int) -> Iterator[Request]:
                headers = {"Cookie": people[number][1], "Accept-Encoding": "gzip, br"}
                yield from [("GET", LESSON, None, headers)] * (REQUESTS // connections)

            return each

        def lesson_again(connections: int) -> Callable[[int], Iterator[Request]]:
            def each(number: int) -> Iterator[Request]:
                headers = {"Cookie": people[number][1], "Accept-Encoding": "gzip, br", "If-None-Match": etag}
                yield from [("GET", LESSON, None, headers)] * (REQUESTS // connections)

            return each

        def batches(size: int) -> Callable[[int], Callable[[int], Iterator[Request]]]:
            def kind(connections: int) -> Callable[[int], Iterator[Request]]:
                def each(number: int) -> Iterator[Request]:
                    user, cookies = people[number]
                    headers = {"Cookie": cookies, "Sec-Fetch-Site": "same-origin", "Content-Type": "application/json"}
                    for _ in range(REQUESTS // connections):
                        body = json.dumps({"events": events_for(user, module, 20)[:size]}).encode()
                        yield "POST", "/leren/events", body, headers

                return each

            return kind

        kinds = {
            "bare Wagtail page": (bare, bare_page),
            "lesson, signed in": (ours, lesson),
            "the same, unchanged": (ours, lesson_again),
            "batch of 1 event": (ours, batches(1)),
            "batch of 20 events": (ours, batches(20)),
        }
        found = {name: {number: Measured() for number in CONNECTIONS} for name in kinds}
        for site, kind in kinds.values():  # what is made once is made
            measure(site, 8, kind(8), Measured())
        for number in CONNECTIONS:
            for turn in range(ROUNDS):
                for name, (site, kind) in kinds.items():
                    print(f"\r{number} connections, round {turn + 1} of {ROUNDS}", end="", flush=True)
                    measure(site, number, kind(number), found[name][number])
        from django.db import connections as lines

        lines.close_all()
    print(f"\n{'':24}{'lines':>6}{'ms CPU':>9}{'of PostgreSQL':>15}{'per second':>12}{'p50 ms':>9}{'p95 ms':>9}")
    for name, rows in found.items():
        for number, row in rows.items():
            print(
                f"{name:24}{number:>6}{row.cpu:>9.2f}{median(row.database):>15.2f}{row.per_second:>12.0f}"
                f"{row.at(0.5):>9.1f}{row.at(0.95):>9.1f}"
            )
    shares = [found["lesson, signed in"][n].cpu / found["bare Wagtail page"][n].cpu for n in CONNECTIONS]
    told = ", ".join(f"{share:.2f} at {number}" for share, number in zip(shares, CONNECTIONS, strict=True))
    print(f"bench-lesson: a lesson costs {told} connections of the CPU of a bare Wagtail page (<= {MOST:.2f})")
    return 0 if max(shares) <= MOST else 1


if __name__ == "__main__":
    sys.exit(main())
