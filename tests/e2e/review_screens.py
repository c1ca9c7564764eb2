"""The screens of herhalen."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, sign_in
from tests.e2e.player import Lesson, key_of, one_of

Opener = Callable[[Page], None]


def _as(name: str, address: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, name)
        at_home(page)
        page.goto(address)

    return opener


def _nog_niet(page: Page) -> None:
    _as("herhaalt-fout", "/herhalen/")(page)
    Lesson(page).ready().tap(right=False)


def _done(page: Page) -> None:
    _as("herhaalt-klaar", "/herhalen/")(page)
    reviews = Lesson(page).ready()
    while reviews.is_exercise:
        reviews.solve()
        reviews.go_on()


def _form(page: Page) -> None:
    """As it is without JavaScript."""
    _as("herhaalt-formulier", "/herhalen/")(page)
    address = page.locator(".exercise form").first.get_attribute("action") or ""
    page.goto(address)
    page.locator(one_of("response", key_of(page.locator(".step"))["right"], right=False)).first.click()
    expect(page.locator(".fb")).to_be_visible()


def _settings(page: Page) -> None:
    _as("herhaalt", "/herhalen/instellen/")(page)
    page.locator("details:not([open]) > summary").click()


REVIEWS: dict[str, Opener] = {
    "home, with reviews": _as("herhaalt", "/mijn/"),
    "reviews": _as("herhaalt", "/herhalen/"),
    "reviews, nog niet": _nog_niet,
    "reviews, done": _done,
    "review by form": _form,
    "reviews, nothing": _as("bram", "/herhalen/"),
    "reviews, stopped": _as("herhaalt-uit", "/herhalen/"),
    "review settings": _settings,
}
