"""A first visit on slow 3G: when text stands and an answer can be given, beside a static page of 14 kB in the same run.

The line is the browser's own throttling (CDP, Network.emulateNetworkConditions): 400 kbit/s and 400 ms. The lesson is
opened at its first exercise; every 20 ms it is tried whether a tap is handled: by the player, with feedback on screen.
The static page is packed as the lesson is, over the same plain HTTP; its tap is handled by the last thing in it.
Rounds alternate and the median counts. A real form stands there from the first text on: when that is, is told too.
"""

import random
import statistics
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import brotli
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.serving import BROWSER_ARGUMENTS, CURRICULUM, PHONE, Server, chromium, free_port, migrated

LESSON = "/les/laat-het-weg/"
LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
STATIC_BYTES, ROUNDS, MOST = 14_000, 7, 1.5
TRY = """() => {
  const tried = setInterval(() => {
    const form = document.querySelector("[data-static], section.step:not([hidden]) .exercise");
    window.formAt ??= form?.querySelector("button, input:not([type=hidden])") ? performance.now() : undefined;
    if (!form || form.matches(":not([data-static])") && document.querySelector("[data-dock]")?.hidden !== false) return;
    const answered = () => document.querySelector("[data-done], section.step:not([hidden]) .fb");
    form.querySelector("button, input:not([type=hidden])")?.click();
    if (!answered()) document.querySelector("[data-next]:not([hidden])")?.click();
    if (!answered()) return;
    window.answeredAt = performance.now();
    clearInterval(tried);
  }, 20);
}"""


def static_page() -> bytes:
    """A page of text that takes 14 kB when it is packed, with one button."""
    chance = random.Random(14)
    words, packed = [], b""
    while len(packed) < STATIC_BYTES:
        words += ["".join(chance.choices("abcdefghijklmnoprstuvwz", k=7)) for _ in range(40)]
        page = (
            "<!doctype html><html lang=nl><meta charset=utf-8><link rel=icon href='data:,'><title>14 kB</title>"
            f"<p>{' '.join(words)}</p><p data-static><button onclick='this.dataset.done=1'>Ja</button></p>"
        )
        packed = brotli.compress(page.encode(), quality=11)
    return packed


class _Static(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    page = static_page()

    def do_GET(self) -> None:
        self.send_response(200)
        for name, value in (
            ("Content-Type", "text/html"),
            ("Content-Encoding", "br"),
            ("Content-Length", str(len(self.page))),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(self.page)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


def visit(browser: Browser, address: str) -> tuple[float, float, float]:
    """Seconds from going there, with an empty cache, to the first text, to the form and to a tap that is handled."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.add_init_script(f"({TRY})()")
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", LINE)
    page.goto(address, wait_until="commit")
    page.wait_for_function("() => window.answeredAt && performance.getEntriesByName('first-contentful-paint')[0]")
    text, form, answer = page.evaluate(
        "() => [performance.getEntriesByName('first-contentful-paint')[0].startTime, formAt, answeredAt]"
    )
    context.close()
    return text / 1000, form / 1000, answer / 1000


def first_exercise(browser: Browser, address: str) -> str:
    """The address of the lesson at its first step that asks something."""
    page = browser.new_page()
    page.goto(address)
    place = page.get_attribute(".step:has(.exercise)", "id")
    page.close()
    return f"{address}#{place}"


def main() -> int:
    beside = ThreadingHTTPServer(("127.0.0.1", 0), _Static)
    threading.Thread(target=beside.serve_forever, daemon=True).start()
    with TemporaryDirectory(prefix="kortwijs-") as folder, sync_playwright() as playwright:
        server = Server(Path(folder) / "data", free_port())
        migrated(server)
        server.manage("load_curriculum", str(CURRICULUM))
        server.manage("shell", "-v0", "-c", "from lms.start import collect_static; collect_static()")
        server.start()
        try:
            browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
            holds = measured(browser, server.url, f"http://localhost:{beside.server_port}/")
            browser.close()
        finally:
            server.stop()
    beside.shutdown()
    return 0 if holds else 1


def measured(browser: Browser, home: str, static: str) -> bool:
    """Visit both in turn and tell; whether both ratios hold."""
    lesson = first_exercise(browser, home + LESSON)
    rounds = [(visit(browser, static), visit(browser, lesson)) for _ in range(ROUNDS)]
    halves = [list(zip(*(pair[side] for pair in rounds), strict=True)) for side in (0, 1)]
    floor, ours = ([statistics.median(values) for values in half] for half in halves)
    for place, name in enumerate(("first text", "a form to answer with", "a tap is handled")):
        print(f"{name:<24}static {floor[place]:.2f} s   lesson {ours[place]:.2f} s   {ours[place] / floor[place]:.2f}x")
    text, answer = ours[0] / floor[0], ours[2] / floor[2]
    print(
        f"bench-slow: text {ours[0]:.2f} s, {text:.2f}x of a static page (<= {MOST}), "
        f"answer {ours[2]:.2f} s, {answer:.2f}x (<= {MOST}); median of {ROUNDS}"
    )
    return text <= MOST and answer <= MOST


if __name__ == "__main__":
    sys.exit(main())
