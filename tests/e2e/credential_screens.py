"""The screens of credentials, and the page for who manages a learning system."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import OWN, PROVEN_PATH, REVOKED, SHOWN, TO_MAKE

Opener = Callable[[Page], None]


def _at(address: str, who: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        expect(page).to_have_url(re.compile("/mijn/$"))
        page.goto(address)

    return opener


def _own(who: str, *, unfold: bool = False) -> Opener:
    def opener(page: Page) -> None:
        _at("/bewijzen/", who)(page)
        page.locator("a.stop").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Je bewijs")
        if unfold:
            page.locator("main details > summary").click()

    return opener


def _wrong_name(page: Page) -> None:
    _own(OWN)(page)
    page.get_by_label("Welke naam moet erbij?").fill("***")
    page.get_by_role("button", name="Laat zien").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _remove(page: Page) -> None:
    _own(OWN)(page)
    page.get_by_role("button", name="Gooi dit bewijs weg").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gooi je dit bewijs weg?")


def _public(who: str) -> Opener:
    """As anyone sees it who has the address."""

    def opener(page: Page) -> None:
        _own(who)(page)
        address = page.locator("a.long").get_attribute("href") or ""
        page.context.clear_cookies()
        page.goto(re.sub(r"^https?://[^/]+", "", address))
        expect(page.get_by_role("heading", level=1)).to_have_text("Bewijs van meedoen")

    return opener


def _goes_to(address: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(address)

    return opener


CREDENTIALS: dict[str, Opener] = {
    "credentials": _at("/bewijzen/", SHOWN),
    "credentials, none": _at("/bewijzen/", TO_MAKE),
    "credentials, revoked": _at("/bewijzen/", REVOKED),
    "route, done": _at(f"/routes/{PROVEN_PATH}/", TO_MAKE),
    "own credential": _own(SHOWN, unfold=True),
    "own credential, not shown": _own(OWN),
    "own credential, wrong name": _wrong_name,
    "own credential, revoked": _own(REVOKED),
    "own credential, to throw away": _remove,
    "credential": _public(SHOWN),
    "credential, revoked": _public(REVOKED),
    "credential, hidden": _goes_to("/bewijs/00000000-0000-4000-8000-000000000000/"),
    "learning system": _goes_to("/lti/uitleg/"),
}
