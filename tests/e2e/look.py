"""Takes a picture of every kind of screen, to be looked at beside the mock-ups.

    python -m tests.e2e.look OUTFOLDER [word in the name of a screen]

Phone (360x740) and desk (1280x800), light and dark, both variants; a lesson in every state of every step.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.looking import LESSONS
from tests.e2e.player import Lesson
from tests.e2e.screens import PAGES, switch, variants
from tests.e2e.serving import BROWSER_ARGUMENTS, PHONE, chromium, running
from tests.e2e.watch_screens import ADMIN

DESK = {"width": 1280, "height": 800}


def shoot(page: Page, folder: Path, name: str) -> Iterator[Path]:
    """The screen as it is, in every look."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    for variant in variants(page):
        switch(page, variant)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            for size, viewport in (("phone", PHONE), ("desk", DESK)):
                page.set_viewport_size(viewport)  # type: ignore[arg-type]
                file = folder / f"{stem}-{variant}-{scheme}-{size}.png"
                page.screenshot(path=file, full_page=size == "phone" and not page.locator("dialog[open]").count())
                yield file
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="light")
    switch(page, "makkelijk")


def _new_page(browser: Browser, url: str) -> Page:
    page = browser.new_context(base_url=url, viewport=PHONE, reduced_motion="reduce").new_page()  # type: ignore[arg-type]
    page.set_default_timeout(10_000)
    return page


def main(folder: Path, wanted: str = "") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        for name, opener in {**PAGES, **ADMIN}.items():
            if wanted in name:
                page = _new_page(browser, server.url)
                opener(page)
                print(*[file.name for file in shoot(page, folder, name)], sep="\n")
                page.context.close()
        for slug in LESSONS:
            if wanted in slug:
                page = _new_page(browser, server.url)
                for state in Lesson(page, slug).open().states():
                    print(*[file.name for file in shoot(page, folder, state)], sep="\n")
                page.context.close()
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("python -m tests.e2e.look OUTFOLDER [word in the name of a screen]")
    main(Path(sys.argv[1]), *sys.argv[2:3])
