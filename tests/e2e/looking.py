"""Looks at screens and lessons: WCAG by axe, and the project's own rules for slow readers (checks.py).

A screen is opened once and looked at in both variants, light and dark, at 360 and 320 px, at 200% text,
with wide text spacing and on a wide screen; tests each read a part of what was found. With KORTWIJS_WHOLE=1 every
published lesson is walked and every state of every screen is opened, and dark and the other sizes get every check
that light gets; else one of each kind ('home, busy' is another state of 'home').

What was found is kept in a folder: of this run, so that processes share it, and with KORTWIJS_WHOLE=1 of these very
files in var/looked, so that a run that was cut off goes on where it was.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Browser, Page

from tests.e2e import checks
from tests.e2e.ears import Ears
from tests.e2e.player import Lesson
from tests.e2e.screens import PAGES, switch, variants
from tests.e2e.serving import CURRICULUM, PHONE, Server

ROOT = Path(__file__).parents[2]
SKIPPED = {".git", ".venv", "node_modules", "var", "__pycache__", ".pytest_cache", ".mypy_cache", ".ruff_cache", "docs"}
WHOLE = os.environ.get("KORTWIJS_WHOLE") == "1"
STEPS_ONLY = {"1", "2", "3", "4", "12", "25"}


@dataclass
class Found:
    """What was found on one screen, or on all screens of one lesson."""

    axe: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    """Per button the corner it hangs from, as '352 64', and the first screen where it does."""

    def look(self, page: Page, name: str, ears: Ears, *, step: bool) -> None:
        for variant in variants(page):
            switch(page, variant)
            at = f"{name} ({variant})"
            self._rules(at, ears.listen(), step)
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                only = checks.AXE_OF_COLOURS if scheme == "dark" and not WHOLE else ()
                self.axe += [f"{at}, {scheme}: {told}" for told in checks.axe(page, *only)]
                if scheme == "light" or WHOLE:
                    self._rules(at, checks.look(page), step)
            self._rules(at + ", dark", checks.colours(page), step)
            page.emulate_media(color_scheme="light")
            for size in ("320", "200%"):
                with checks.sized(page, size):
                    only = () if WHOLE else checks.AXE_OF_SIZES
                    self.axe += [f"{at}, {size}: {told}" for told in checks.axe(page, *only)]
            self._rules(at, checks.look_wide(page), step)
            for button, place in checks.places(page).items():
                self.places.setdefault(button, {}).setdefault(f"{place[0]} {place[1]}", at)
        switch(page, "makkelijk")

    def _rules(self, at: str, problems: checks.Problems, step: bool) -> None:
        for rule, told in problems:
            line = f"rule {rule}, {at}: {told}"
            if (step or rule not in STEPS_ONLY) and line not in self.rules:
                self.rules.append(line)


def _lessons() -> dict[str, set[str]]:
    """The addresses of lessons with the kinds of step to look at there: all, or each kind in one lesson."""
    kinds: dict[str, set[str]] = {}
    for file in sorted((CURRICULUM / "modules").glob("*/module.yaml")):
        module = yaml.safe_load(file.read_text())
        if module.get("status", "published") == "published":
            kinds[module["slug"]] = {step["type"] for step in module.get("steps", [])}
    if WHOLE:
        return kinds
    chosen = {"laat-het-weg": kinds["laat-het-weg"]}
    for slug, held in kinds.items():
        if new := held - set().union(*chosen.values()):
            chosen[slug] = new
    return chosen


def _steps_to_look_at(lesson: Lesson, kinds: set[str]) -> Iterator[str]:
    """Every state of every step; or, when not all is asked for, of the first step of each of these kinds."""
    first: dict[str, str] = {}
    for state in lesson.states():
        if WHOLE or (lesson.kind in kinds and first.setdefault(lesson.kind, lesson.step_id) == lesson.step_id):
            yield state


def _screens() -> list[str]:
    """The names of screens: all of them, or the first of each kind."""
    return list(PAGES) if WHOLE else list({name.split(",")[0]: name for name in reversed(PAGES)}.values())[::-1]


LESSONS, SCREENS = _lessons(), _screens()


class Looker:
    """Opens a screen or a lesson once, however many tests ask, in this process or another."""

    def __init__(self, browser: Browser, server: Server, folder: Path) -> None:
        self.browser, self.server, self.folder = browser, server, folder
        folder.mkdir(parents=True, exist_ok=True)

    def __call__(self, name: str) -> Found:
        file = self.folder / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"
        claim = file.with_suffix(".claim")
        while not file.exists():
            if not _claimed(claim):
                time.sleep(0.5)
                continue
            try:
                part = file.with_suffix(".part")
                part.write_text(json.dumps(asdict(self._look(name))))
                part.rename(file)
            finally:
                claim.unlink()
        return Found(**json.loads(file.read_text()))

    def _look(self, name: str) -> Found:
        options: dict[str, Any] = {"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce"}
        context = self.browser.new_context(base_url=self.server.url, **options)
        context.set_default_timeout(30_000)
        page, found = context.new_page(), Found()
        if name in PAGES:
            PAGES[name](page)
            found.look(page, name, Ears(page), step=False)
        else:
            lesson, ears = Lesson(page, name).open(), Ears(page)
            for state in _steps_to_look_at(lesson, LESSONS[name]):
                found.look(page, state, ears, step=True)
        context.close()
        return found


def _claimed(claim: Path) -> bool:
    """Whether this process is the one that looks; a claim of a process that died is void."""
    try:
        with claim.open("x") as file:
            file.write(str(os.getpid()))
        return True
    except FileExistsError:
        pass
    try:
        os.kill(int(claim.read_text() or "0"), 0)
    except (ProcessLookupError, FileNotFoundError):
        claim.unlink(missing_ok=True)
    return False


def folder_of_run(of_this_run: Path) -> Path:
    """Where what was found is kept; of_this_run: a folder that all processes of the run share."""
    return ROOT / "var" / "looked" / _fingerprint() if WHOLE else of_this_run / "looked"


def _fingerprint() -> str:
    """Another one when any file of the project is another."""
    digest = hashlib.sha256()
    for file in sorted(ROOT.rglob("*")):
        if not SKIPPED & set(file.relative_to(ROOT).parts) and file.is_file():
            digest.update(f"{file.relative_to(ROOT)} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return digest.hexdigest()[:16]


def moved(found: list[Found]) -> dict[str, dict[str, str]]:
    """The buttons that do not stand in the same place on all of these: per button each place with a screen."""
    places: dict[str, dict[str, str]] = {}
    for each in found:
        for button, spots in each.places.items():
            for spot, at in spots.items():
                places.setdefault(button, {}).setdefault(spot, at)
    return {button: spots for button, spots in places.items() if len(spots) > 1}
