"""Everybody can use every screen: WCAG by axe, and the project's own rules for slow readers (checks.py).

A screen is opened once and looked at in both variants, light and dark, at 360 and 320 px, at 200% text,
with wide text spacing and on a wide screen; the tests below each read a part of what was found. With
KORTWIJS_WHOLE=1 every published lesson is walked and every state of every screen is opened, and dark and the other
sizes get every check that light gets; else one of each kind ('home, busy' is another state of 'home').
These tests run in one process (xdist's loadscope), so that a screen is opened once.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page

from tests.e2e import checks
from tests.e2e.ears import Ears
from tests.e2e.player import Lesson
from tests.e2e.screens import PAGES, switch, variants
from tests.e2e.serving import CURRICULUM, PHONE, Server

WHOLE = os.environ.get("KORTWIJS_WHOLE") == "1"
STEPS_ONLY = {"1", "2", "3", "4", "12", "25"}


@dataclass
class Found:
    """What was found on one screen, or on all screens of one lesson."""

    axe: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    places: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)

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
                self.places.setdefault(button, {}).setdefault(place, at)
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


@pytest.fixture(scope="session")
def found(browser: Browser, sounding_server: Server) -> Callable[[str], Found]:
    """Opens a screen or a lesson once, however many tests ask."""
    kept: dict[str, Found] = {}

    def find(name: str) -> Found:
        if name not in kept:
            kept[name] = Found()
            options: dict[str, Any] = {"viewport": PHONE, "locale": "nl-NL", "reduced_motion": "reduce"}
            context = browser.new_context(base_url=sounding_server.url, **options)
            context.set_default_timeout(30_000)
            page = context.new_page()
            if name in PAGES:
                PAGES[name](page)
                kept[name].look(page, name, Ears(page), step=False)
            else:
                lesson, ears = Lesson(page, name).open(), Ears(page)
                for state in _steps_to_look_at(lesson, LESSONS[name]):
                    kept[name].look(page, state, ears, step=True)
            context.close()
        return kept[name]

    return find


@pytest.mark.parametrize("screen", SCREENS)
def test_no_kind_of_screen_breaks_wcag(found: Callable[[str], Found], screen: str):
    assert found(screen).axe == []


@pytest.mark.parametrize("screen", SCREENS)
def test_every_kind_of_screen_keeps_our_rules(found: Callable[[str], Found], screen: str):
    assert found(screen).rules == []


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_no_step_of_a_lesson_breaks_wcag(found: Callable[[str], Found], lesson: str):
    assert found(lesson).axe == []


RULES = {
    "1": "at most 60 words, 35 in makkelijk",
    "2": "one question",
    "3": "at most two screens high",
    "4": "large letters",
    "5": "lines that are apart and short",
    "6": "left-aligned, upright, no capitals",
    "7": "a line per sentence in makkelijk",
    "8": "borders that can be seen",
    "9": "targets for a thumb",
    "10": "a picture and a word",
    "12": "one main button",
    "13": "Luister within view",
    "14": "sound for every text",
    "15": "the word is marked and in view",
    "16": "no sound before a press; pause, again, slower",
    "17": "feedback in picture and word",
    "19": "no time limit",
    "20": "Terug",
    "21": "Stap 1 van 6",
    "24": "an error beside its field",
    "25": "few options",
    "29": "no hyphenation",
    "30": "alternative text",
    "32": "no motion",
    "33": "language and one h1",
    "34": "nothing sideways, nothing cut",
    "35": "the switch",
}


@pytest.mark.parametrize("lesson", list(LESSONS))
@pytest.mark.parametrize("rule", RULES, ids=[f"{number} {words}" for number, words in RULES.items()])
def test_every_step_of_a_lesson_keeps_the_rule(found: Callable[[str], Found], lesson: str, rule: str):
    assert [line for line in found(lesson).rules if line.startswith(f"rule {rule},")] == []


@pytest.mark.parametrize("lesson", list(LESSONS))
def test_the_same_button_stands_in_the_same_place(found: Callable[[str], Found], lesson: str):
    moved = {button: places for button, places in found(lesson).places.items() if len(places) > 1}
    assert moved == {}


@pytest.mark.skipif(not WHOLE, reason="opens every screen: a part of make check-all")
def test_the_same_button_stands_in_the_same_place_on_all_pages(found: Callable[[str], Found]):
    places: dict[str, dict[tuple[int, int], str]] = {}
    for name in [*SCREENS, *LESSONS]:
        for button, spots in found(name).places.items():
            for spot, at in spots.items():
                places.setdefault(button, {}).setdefault(spot, at)
    assert {button: spots for button, spots in places.items() if len(spots) > 1} == {}
