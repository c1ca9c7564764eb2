"""The screens of who facilitates a group of leads, and of a product on its way to paper."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.leads import FACILITATOR, LEAD, LEADS

Opener = Callable[[Page], None]


def facilitating(page: Page, who: str = FACILITATOR, group: str = LEADS) -> str:
    """Sign in and go to the page of a group; gives its address."""
    sign_in(page, who)
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    page.goto("/programma/")
    page.get_by_role("link", name=re.compile(f"^{group}")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{group} begeleiden")
    return urlsplit(page.url).path


def _goes_to(after: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(facilitating(page) + after)

    return opener


def _meeting_wrong(page: Page) -> None:
    page.goto(facilitating(page) + "bijeenkomst/8/")
    page.get_by_label("Op welke dag?").fill("2020-01-01")
    page.get_by_role("button", name="Plan", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()


def _new(*, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        facilitating(page)
        page.goto("/programma/nieuw/")
        if wrong:
            page.get_by_role("button", name="Maak de groep").click()
            expect(page.get_by_role("alert")).to_be_visible()

    return opener


def _paper(page: Page) -> None:
    sign_in(page, LEAD)
    page.goto("/programma/stukken/")
    page.get_by_role("link", name=re.compile("Lees.*Taakscan")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Taakscan van één team")


def _ending(page: Page) -> None:
    page.goto(facilitating(page) + "beheer/")
    page.get_by_text("Stop deze groep").click()


FACILITATORS: dict[str, Opener] = {
    "desk of who facilitates": _goes_to(""),
    "desk of an outline": _goes_to("week/4/"),
    "desk of an outline, for two": _goes_to("week/5/"),
    "desk of an outline, coming back": _goes_to("week/0/"),
    "desk of a meeting": _goes_to("bijeenkomst/4/"),
    "desk of a meeting, wrong": _meeting_wrong,
    "desk of a group of leads": _ending,
    "desk of a new group of leads": _new(),
    "desk of a new group of leads, wrong": _new(wrong=True),
    "desk of paper": _paper,
}
