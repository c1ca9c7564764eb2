"""Puts every screen of a lesson on one picture per text, to read it as a learner does, at 360x740.

    python -m tests.e2e.lesson_sheets OUTFOLDER [address of a lesson ...]

Takes the lesson in the browser, each exercise wrong once and then right; without addresses every lesson.
"""

import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

from tests.e2e.player import Lesson
from tests.e2e.screens import switch
from tests.e2e.serving import BROWSER_ARGUMENTS, CURRICULUM, PHONE, chromium, running

IN_A_ROW, SCALE, GAP = 8, 0.75, 8


def lessons() -> list[str]:
    """The addresses of all lessons in files."""
    lines = (
        line
        for file in sorted(CURRICULUM.glob("modules/*/module.yaml"))
        for line in file.read_text(encoding="utf-8").splitlines()
    )
    return [line.removeprefix("slug: ").strip() for line in lines if line.startswith("slug: ")]


def sheet(pictures: list[Image.Image]) -> Image.Image:
    """All of them in rows, smaller."""
    small = [one.resize((round(one.width * SCALE), round(one.height * SCALE))) for one in pictures]
    width, height = small[0].width + GAP, max(one.height for one in small) + GAP
    rows = -(-len(small) // IN_A_ROW)
    whole = Image.new("RGB", (width * min(IN_A_ROW, len(small)), height * rows), "grey")
    for place, one in enumerate(small):
        whole.paste(one, (place % IN_A_ROW * width, place // IN_A_ROW * height))
    return whole


def shoot(page: Page, slug: str) -> dict[str, list[Image.Image]]:
    """Every state of every screen, in both texts."""
    found: dict[str, list[Image.Image]] = {"makkelijk": [], "gewoon": []}
    for _ in Lesson(page, slug).open().states():
        for variant in found:
            switch(page, variant)
            found[variant].append(Image.open(BytesIO(page.screenshot())).convert("RGB"))
        switch(page, "makkelijk")
    return found


def main(folder: Path, wanted: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with running() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=BROWSER_ARGUMENTS)
        for slug in wanted or lessons():
            context = browser.new_context(base_url=server.url, viewport=PHONE, reduced_motion="reduce")  # type: ignore[arg-type]
            for variant, pictures in shoot(context.new_page(), slug).items():
                sheet(pictures).save(folder / f"{slug}-{variant}.png")
                print(folder / f"{slug}-{variant}.png", flush=True)
            context.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
