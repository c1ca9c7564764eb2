"""Bytes and requests of every lesson, and bytes of the catalogue, as a real Chromium gets them with an empty cache.

Beside the lessons of the curriculum there is one with every kind of exercise, the examples of the kinds' own folders;
all but H5P, which brings a player of its own (bench-h5p-play). Its script has a goal of its own: no lesson is like it,
and it shows what all kinds together weigh.

What a page itself asks for is counted there. The worker comes after it and asks by itself, so its first visits and the
second visit of a page are counted at the line (tests/e2e/faults.py): every byte that the server sends, whoever asked.

kB is 1000 bytes. Sizes are what went over the line: compressed bodies and headers (CDP, encodedDataLength). Where
Chromium does not report its favicon, that is asked for over plain HTTP and counted along.
"""

import http.client
import re
import sys
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, expect, sync_playwright

from tests.e2e.faults import Line
from tests.e2e.keeping import kept_on, wait_until_kept
from tests.e2e.player import Lesson
from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, Server, chromium, running

LESSON = "/les/laat-het-weg/"
CATALOGUE = "/lessen/"
EVERY_KIND = "/les/proefles/"
WORKER_KB, PER_LESSON_KB = 30, 20
WORST = (" first screens", " everything", " script", "second visit", " catalogue")


@dataclass
class Traffic:
    """What went over the line since the last `clear`."""

    kinds: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    cached: set[str] = field(default_factory=set)
    every_address: list[str] = field(default_factory=list)

    def listen(self, session: CDPSession) -> None:
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._sent)
        session.on("Network.requestServedFromCache", lambda event: self.cached.add(event["requestId"]))
        session.on("Network.responseReceived", self._received)
        session.on("Network.loadingFinished", self._finished)

    def _sent(self, event: dict[str, Any]) -> None:
        self.kinds[event["requestId"]] = event["type"]
        self.addresses[event["requestId"]] = event["request"]["url"]
        self.every_address.append(event["request"]["url"])

    def _received(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self.cached.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])

    def tell(self, home: str) -> None:
        """Print every address with its bytes."""
        for key, address in self.addresses.items():
            print(f"{self.sizes.get(key, 0):>7}  {self.kinds[key]:<11}{address.removeprefix(home)}")

    def clear(self) -> None:
        for store in (self.kinds, self.addresses, self.sizes, self.cached):
            store.clear()

    def of(self, *kinds: str) -> tuple[int, int]:
        """Bytes and number of requests that went to the server."""
        ids = [key for key, kind in self.kinds.items() if (not kinds or kind in kinds) and key not in self.cached]
        return sum(self.sizes.get(key, 0) for key in ids), len(ids)


@dataclass
class Row:
    name: str
    value: float
    goal: float
    unit: str

    @property
    def holds(self) -> bool:
        return self.value <= self.goal

    def __str__(self) -> str:
        return f"{self.value:g} {self.unit}".strip()


def told(rows: list[Row]) -> bool:
    """Print each beside its goal; whether all hold."""
    for row in rows:
        print(f"{'ok ' if row.holds else 'NOT'} {row.name:<46}{row!s:>12}   (<= {row.goal:g} {row.unit})")
    return all(row.holds for row in rows)


def plain(server: Server, path: str, encoding: str) -> tuple[int, int]:
    """Bytes of body and of headers of one plain request."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.request("GET", path, headers={"Accept-Encoding": encoding, "Host": f"localhost:{server.port}"})
    reply = line.getresponse()
    body = len(reply.read())
    headers = sum(len(name) + len(value) + 4 for name, value in reply.getheaders()) + 19
    return body, headers


def kilo(size: int) -> float:
    return round(size / 1000, 2)


def main() -> int:
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        every_address: list[str] = []
        catalogue = _catalogue(browser, server, every_address)
        server.manage("shell", "-v0", "-c", "from tests.every_kind import load; load('h5p')")
        rows: list[Row] = []
        for path in _lessons(server):
            rows += _first_visit(browser, server, path, every_address)
        page = browser.new_context(base_url=server.url, viewport=PHONE).new_page()  # type: ignore[arg-type]
        page.goto(LESSON, wait_until="networkidle")
        rows += [*_kept(browser, server), *_answer(page), catalogue]
        strangers = [address for address in every_address if not address.startswith(server.url + "/")]
        strangers = [address for address in strangers if not address.startswith(("data:", "blob:", "about:"))]
        rows.append(Row("requests to other hosts", len(strangers), 0, ""))
        browser.close()
    print()
    holds = told(rows)
    worst = {name: max(row.value for row in rows if row.name.endswith(name)) for name in WORST}
    print(
        "bench-weight: "
        + ", ".join(f"{value:g} kB {name.strip()}" for name, value in worst.items())
        + " of the heaviest lesson or page (<= 14.6 kB, 60 kB, 20 kB, 1 kB, 40 kB)"
    )
    return 0 if holds else 1


def _lessons(server: Server) -> list[str]:
    """The addresses of the lessons that are open."""
    line = http.client.HTTPConnection("127.0.0.1", server.port)
    line.request("GET", CATALOGUE, headers={"Host": f"localhost:{server.port}"})
    return sorted(set(re.findall(r"/les/[a-z0-9-]+/", line.getresponse().read().decode())))


def _first_visit(browser: Browser, server: Server, path: str, every_address: list[str]) -> list[Row]:
    context = browser.new_context(base_url=server.url, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    traffic = Traffic()
    traffic.listen(context.new_cdp_session(page))
    page.goto(path, wait_until="networkidle")
    page.wait_for_function("() => document.fonts.status === 'loaded' && document.fonts.size > 0")
    page.wait_for_load_state("networkidle")
    print(path)
    traffic.tell(server.url)
    icon = page.get_attribute("link[rel=icon]", "href") or "/favicon.ico"
    icon_size, icon_requests = 0, 0
    if server.url + icon not in traffic.addresses.values():
        icon_size, icon_requests = sum(plain(server, icon, "gzip, br")), 1
        print(f"{icon_size:>7}  favicon    {icon}")
    size, requests = traffic.of("Document", "Stylesheet")
    whole, all_requests = traffic.of()
    script, _ = traffic.of("Script")
    every_address += traffic.every_address
    context.close()
    return [
        Row(f"{path} first screens", kilo(size), 14.6, "kB"),
        Row(f"{path} first screens: requests", requests, 3, ""),
        Row(f"{path} everything", kilo(whole + icon_size), 60, "kB"),
        Row(f"{path} everything: requests", all_requests + icon_requests, 8, ""),
        Row(f"{path} script of ten kinds", kilo(script), 21.5, "kB")
        if path == EVERY_KIND
        else Row(f"{path} script", kilo(script), 20, "kB"),
    ]


def _catalogue(browser: Browser, server: Server, every_address: list[str]) -> Row:
    """Page, style, script, letters and icon, on a phone that never came before."""
    context = browser.new_context(base_url=server.url, viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    traffic = Traffic()
    traffic.listen(context.new_cdp_session(page))
    page.goto(CATALOGUE, wait_until="networkidle")
    page.wait_for_function("() => document.fonts.status === 'loaded' && document.fonts.size > 0")
    page.wait_for_load_state("networkidle")
    traffic.tell(server.url)
    whole, _ = traffic.of()
    icon = page.get_attribute("link[rel=icon]", "href") or "/favicon.ico"
    if server.url + icon not in traffic.addresses.values():
        whole += sum(plain(server, icon, "gzip, br"))
    every_address += traffic.every_address
    context.close()
    return Row(f"{CATALOGUE} catalogue", kilo(whole), 40, "kB")


def _kept(browser: Browser, server: Server) -> list[Row]:
    """What the worker fetches after the first visit of a lesson and of home, and what a second visit costs."""
    with Line(server.port) as line:
        page = browser.new_context(base_url=line.url, viewport=PHONE).new_page()  # type: ignore[arg-type]
        page.goto(LESSON)
        page.wait_for_load_state("networkidle")
        wait_until_kept(page, LESSON)
        _quiet(page, line)
        page.goto("about:blank")
        line.bytes_down, line.requests = 0, 0
        page.goto(LESSON, wait_until="networkidle")
        _quiet(page, line)
        second, requests = line.bytes_down, line.requests
        print(f"second visit: {requests} request(s), {second} bytes")
        other = browser.new_context(base_url=line.url, viewport=PHONE, service_workers="block").new_page()  # type: ignore[arg-type]
        line.bytes_down = 0
        other.goto(LESSON, wait_until="networkidle")
        _quiet(other, line)
        lesson = line.bytes_down
        fresh = browser.new_context(base_url=line.url, viewport=PHONE).new_page()  # type: ignore[arg-type]
        line.bytes_down = 0
        fresh.goto(LESSON, wait_until="networkidle")
        wait_until_kept(fresh, LESSON)
        _quiet(fresh, line)
        with_worker = line.bytes_down
        line.bytes_down = 0
        fresh.goto("/mijn/", wait_until="networkidle")
        asked = fresh.get_attribute("[data-keep]", "data-keep") or ""
        wait_until_kept(fresh, *(told.split(" ")[0] for told in asked.split("|")))
        _quiet(fresh, line)
        lessons = len(kept_on(fresh)["pages"])
        print(f"home, and {lessons} pages kept after it: {line.bytes_down} bytes")
        return [
            Row("second visit", kilo(second), 1, "kB"),
            Row("second visit: requests", requests, 1, ""),
            Row("worker and its page, after a first lesson", kilo(with_worker - lesson), WORKER_KB, "kB"),
            Row("home with all lessons kept, per lesson", kilo(line.bytes_down / (lessons - 1)), PER_LESSON_KB, "kB"),
        ]


def _quiet(page: Page, line: Line) -> None:
    """Until nothing came over the line for a while."""
    before = -1
    while before != line.bytes_down:
        before = line.bytes_down
        page.wait_for_timeout(4000)


def _answer(page: Page) -> list[Row]:
    """One answer of somebody who already answered before."""
    lesson = Lesson(page).ready()
    lesson.go_to("keuze")
    expect(lesson.saved).to_have_text("Opgeslagen.")
    page.wait_for_load_state("networkidle")
    every: list[str] = []
    page.on("request", lambda request: every.append(request.url))
    with page.expect_event("requestfinished", lambda request: request.method == "POST") as posted:
        lesson.tap()
    page.wait_for_load_state("networkidle")
    sizes = posted.value.sizes()
    print(
        f"one answer: up {sizes['requestBodySize']} body + {sizes['requestHeadersSize']} headers, "
        f"down {sizes['responseBodySize']} body + {sizes['responseHeadersSize']} headers"
    )
    return [
        Row("one answer: requests", len(every), 1, ""),
        Row("one answer: body up", kilo(sizes["requestBodySize"]), 0.5, "kB"),
        Row("one answer: body down", kilo(sizes["responseBodySize"]), 0.5, "kB"),
    ]


if __name__ == "__main__":
    sys.exit(main())
