"""The screens of sharing, reading each other and looking back in a leadership group."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in

Opener = Callable[[Page], None]
FIRST_GROUP = 1  # LEADERS: fill_programme makes it first


def _at(who: str, address: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        expect(page).not_to_have_url(re.compile("/inloggen/"))
        page.goto(f"/programma/{address}")

    return opener


PEERS: dict[str, Opener] = {
    "desk of looking back": _at("gijs", f"{FIRST_GROUP}/terugkijken/2/"),
}
