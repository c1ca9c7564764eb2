"""Bytes of the player of H5P before its content, in a real Chromium with an empty cache: make bench-h5p-play.

Counted are compressed bodies of what looks after the frame, of the frame's page and of what it takes from the site;
headers are printed beside them. The package itself is content. A lesson without H5P must load nothing of it.
"""

from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.e2e.groups import H5P_SLUG
from tests.e2e.player import Lesson
from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, Server, chromium, running

WITHOUT = "laat-het-weg"
MOST_KB = 60


def main() -> int:
    with running() as server, sync_playwright() as playwright:
        server.manage("shell", "-v0", "-c", "from tests.e2e.fill_h5p import fill; fill()")
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        stray = _of_a_lesson_without(browser, server)
        rows = _of_the_player(browser, server)
        browser.close()
    for address, (body, headers) in rows.items():
        print(f"{body:>7} + {headers:>4}  {address}")
    whole = round(sum(body for body, _ in rows.values()) / 1000, 2)
    line = round(sum(map(sum, rows.values())) / 1000, 2)
    print(
        f"bench-h5p-play: {whole:g} kB before content (<= {MOST_KB} kB), {line:g} kB with headers, "
        f"{stray} requests without H5P (<= 0)"
    )
    return int(whole > MOST_KB or stray > 0)


def _page(browser: Browser, server: Server) -> tuple[Page, list[Request]]:
    page = browser.new_context(base_url=server.url, viewport=PHONE).new_page()  # type: ignore[arg-type]
    done: list[Request] = []
    page.on("requestfinished", lambda request: done.append(request))
    return page, done


def _of_a_lesson_without(browser: Browser, server: Server) -> int:
    page, done = _page(browser, server)
    lesson = Lesson(page, WITHOUT).open()
    lesson.go_on()
    page.wait_for_load_state("networkidle")
    return sum("h5p" in request.url for request in done)


def _of_the_player(browser: Browser, server: Server) -> dict[str, tuple[int, int]]:
    page, done = _page(browser, server)
    Lesson(page, H5P_SLUG).open().go_on()
    page.frame_locator(".step:not([hidden]) iframe").get_by_text("Deel je een wachtwoord?").wait_for()
    page.wait_for_load_state("networkidle")
    found: dict[str, tuple[int, int]] = {}
    for request in done:
        path = request.url.removeprefix(server.url)
        if path.startswith("/static/h5p/") or path.endswith("/speler"):
            sizes = request.sizes()
            name = "/h5p/…/speler" if path.endswith("/speler") else path
            found.setdefault(name, (sizes["responseBodySize"], sizes["responseHeadersSize"]))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
