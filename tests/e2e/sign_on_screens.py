"""The screens of signing in with a school or employer, and of one's own account. What the provider says of itself is
never asked: these screens come before one leaves."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, sign_in

Opener = Callable[[Page], None]


def _door(page: Page) -> None:
    """As from an intranet: no page of ours was before."""
    page.goto("/inloggen/")
    link = page.get_by_role("link", name="Log in met Noorderschool")
    address = str(link.evaluate("found => found.href"))
    page.goto("data:text/html,<title>Intranet</title>")
    page.evaluate("address => { location.href = address; }", address)
    expect(page.get_by_role("link", name="Ga verder")).to_be_visible()


def _refused(page: Page) -> None:
    _door(page)
    page.goto(page.url + "terug/?error=access_denied&state=x")
    expect(page.get_by_role("alert")).to_be_visible()


def _signed_out(page: Page) -> None:
    _door(page)
    page.goto(page.url + "uit/")


def _account(address: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, "bram")
        at_home(page)
        page.goto(address)

    return opener


SIGN_ON: dict[str, Opener] = {
    "sign on, the list": lambda page: page.goto("/inloggen/met/") and None,
    "sign on, the door": _door,
    "sign on, refused": _refused,
    "sign on, signed out": _signed_out,
    "sign on, what is linked": _account("/mijn/inloggen/met/"),
    "my account": _account("/mijn/inloggen/"),
    "my account, the address": _account("/mijn/e-mail/"),
}
