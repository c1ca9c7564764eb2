"""The screens on which roles are given and taken, at the desk and in the admin."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.groups import CHIEF_SESSION, MANAGED, MANAGER_SESSION

Opener = Callable[[Page], None]


def _in(page: Page, session: str, address: str) -> None:
    page.goto("/readyz")
    page.context.add_cookies([{"name": "kortwijs", "value": session, "url": page.url}])
    page.goto(address)


def _mensen(*links: str) -> Opener:
    def opener(page: Page) -> None:
        _in(page, MANAGER_SESSION, "/docent/mensen/")
        for link in links:
            page.get_by_role("link", name=link).first.click()
        expect(page.locator(".tabs [aria-current]")).to_have_text("Mensen")

    return opener


def _person(page: Page) -> None:
    _mensen()(page)
    page.locator(".pick li", has_text="Sander").get_by_role("link", name="Wijzig").click()
    page.locator("summary", has_text="Neem deze rol weg").first.click()


def _found_nobody(page: Page) -> None:
    _mensen()(page)
    page.goto(page.url + "?zoek=niemand")


def _no_role(page: Page) -> None:
    """Half a form, which a browser would stop: what is missing is said."""
    _mensen("Nodig een collega uit")(page)
    page.locator("main form").evaluate("form => { form.noValidate = true; form.submit(); }")
    expect(page.get_by_role("alert")).to_be_visible()


def _organisation(*links: str) -> Opener:
    def opener(page: Page) -> None:
        _in(page, CHIEF_SESSION, f"/admin/organisaties/?q={MANAGED}")
        for link in (MANAGED, *links):
            page.get_by_role("link", name=link).first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    return opener


ROLES: dict[str, Opener] = {
    "mensen en rollen": _mensen(),
    "mensen en rollen, niemand gevonden": _found_nobody,
    "mensen en rollen, uitnodigen": _mensen("Nodig een collega uit"),
    "mensen en rollen, uitnodigen, half": _no_role,
    "mensen en rollen, een mens": _person,
}
ROLES_ADMIN: dict[str, Opener] = {
    "organisaties": lambda page: _in(page, CHIEF_SESSION, "/admin/organisaties/"),
    "organisaties, nieuw": lambda page: _in(page, CHIEF_SESSION, "/admin/organisaties/nieuw/"),
    "organisaties, een": _organisation(),
    "organisaties, geef een rol": _organisation("Geef een rol"),
    "organisaties, neem een rol weg": _organisation("Neem weg"),
    "organisatie-logins, nieuw": lambda page: _in(page, CHIEF_SESSION, "/admin/organisatie-logins/nieuw/"),
    "tweede stap kwijt": lambda page: _in(page, CHIEF_SESSION, "/admin/tweede-stap/?wie=bram"),
}
