"""Script of the path builder as a real Chromium gets it with an empty cache, with a route of nine lines open.

kB is 1000 bytes over the line: compressed bodies and headers, as in weight.py.
"""

import sys

from playwright.sync_api import sync_playwright

from tests.bench.weight import Row, Traffic, kilo, told
from tests.e2e.arriving import sign_in
from tests.e2e.builder_screens import open_path
from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, chromium, running


def main() -> int:
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        first = browser.new_context(base_url=server.url, viewport=PHONE).new_page()  # type: ignore[arg-type]
        sign_in(first, "bram")
        open_path(first)
        address, state = first.url, first.context.storage_state()
        context = browser.new_context(base_url=server.url, viewport=PHONE, storage_state=state)  # type: ignore[arg-type]
        page, traffic = context.new_page(), Traffic()
        traffic.listen(context.new_cdp_session(page))
        page.goto(address, wait_until="networkidle")
        traffic.tell(server.url)
        strangers = [place for place in traffic.every_address if not place.startswith((server.url + "/", "data:"))]
        script, whole = traffic.of("Script")[0], traffic.of()[0]
        browser.close()
    rows = [
        Row("script of the path builder", kilo(script), 30, "kB"),
        Row("everything of the path builder", kilo(whole), 90, "kB"),
        Row("requests to other hosts", len(strangers), 0, ""),
    ]
    holds = told(rows)
    print("bench-builder: " + ", ".join(f"{row} {row.name}" for row in rows) + " (<= 30 kB, 90 kB, 0)")
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
