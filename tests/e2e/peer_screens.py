"""The screens of sharing, reading each other and looking back in a leadership group."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in

Opener = Callable[[Page], None]


def group_of(page: Page, who: str) -> str:
    """Sign in as a lead of one group; gives its address, where their tab leads."""
    sign_in(page, who)
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    page.goto("/programma/")
    expect(page).to_have_url(re.compile(r"/programma/\d+/$"))
    return urlsplit(page.url).path


def open_shared(page: Page, who: str, product: str) -> None:
    """From what others share to one of these."""
    page.goto(f"{group_of(page, who)}gedeeld/")
    page.get_by_role("link", name=re.compile(product)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(product))


def open_share(page: Page, who: str, template: str) -> None:
    """From the form of one's own product to who reads it."""
    page.goto(f"{group_of(page, who)}stuk/{template}/")
    page.get_by_role("link", name="Deel", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie leest dit stuk?")


def _looking_back(page: Page) -> None:
    page.goto(f"{group_of(page, 'gijs')}terugkijken/2/")


def _share(template: str, *, empty: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_share(page, "hilde", template)
        expect(page.locator("[data-said]")).to_contain_text("Je toestel zag")
        if empty:
            page.evaluate("document.querySelector('[name=versie]').value = '0'")
            page.get_by_role("button", name="Bewaar deze keuze").click()
            expect(page.get_by_role("alert").first).to_be_visible()

    return opener


def _shared(who: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(f"{group_of(page, who)}gedeeld/")

    return opener


def _facilitator(page: Page) -> None:
    group = group_of(page, "hilde")
    page.context.clear_cookies()
    sign_in(page, "fenna")
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    page.goto(f"{group}gedeeld/")


def _read(who: str, product: str, *, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_shared(page, who, product)
        if wrong:
            page.get_by_label("Wie is gehoord?").fill("De planner.")
            page.get_by_role("button", name="Verstuur", exact=True).click()
            expect(page.get_by_role("alert").first).to_be_visible()

    return opener


def _not_shared(page: Page) -> None:
    page.goto(f"{group_of(page, 'gijs')}gedeeld/999999/")


def _answers(template: str) -> Opener:
    def opener(page: Page) -> None:
        open_share(page, "hilde", template)
        page.get_by_role("link", name="Wat je duo zei").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Wat je duo zei")

    return opener


PEERS: dict[str, Opener] = {
    "desk of looking back": _looking_back,
    "desk of who reads": _share("processchets"),
    "desk of who reads, shared": _share("taakscan"),
    "desk of who reads, changed": _share("start", empty=True),
    "desk of shared products": _shared("ilse"),
    "desk of shared products, of others": _shared("gijs"),
    "desk of shared products, alone": _shared("otto"),
    "desk of shared products, facilitator": _facilitator,
    "desk of a shared product": _read("ilse", "Taakscan"),
    "desk of a shared product, answered": _read("ilse", "Startpunt"),
    "desk of a shared product, wrong": _read("ilse", "Taakscan", wrong=True),
    "desk of a shared product, of others": _read("gijs", "Startpunt"),
    "desk of a shared product, not shared": _not_shared,
    "desk of answers": _answers("start"),
    "desk of answers, none": _answers("taakscan"),
}
