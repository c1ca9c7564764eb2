"""The screens of who watches over an installation, and what somebody reads who was looked at."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import LOOKED_AT, OFFICER, WATCHER
from tests.e2e.role_screens import ROLES_ADMIN

Opener = Callable[[Page], None]


def _as(who: str, address: str, heading: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        expect(page).not_to_have_url("/inloggen/")
        page.wait_for_load_state()
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    return opener


def look_into(page: Page) -> None:
    """From the list of users to the question why."""
    _as(WATCHER, f"/admin/users/?q={LOOKED_AT}", "Gebruikers")(page)
    address = page.locator('a[href*="/admin/users/edit/"]').first.get_attribute("href") or ""
    page.goto(address.replace("users/edit", "meekijken"))  # its own link is in a menu that opens
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meekijken")


def _looks_now(page: Page) -> None:
    look_into(page)
    if page.get_by_role("button", name="Kijk mee").count():
        page.get_by_label("Er is iets kapot").check()
        page.get_by_label("Leg het uit").fill("Je lessen waren weg. Ik kijk waar ze zijn.")
        page.get_by_role("button", name="Kijk mee").click()
    expect(page.get_by_role("button", name="Stop met meekijken")).to_be_visible()


def _asks_why(page: Page) -> None:
    look_into(page)
    if page.get_by_role("button", name="Stop met meekijken").count():
        page.get_by_role("button", name="Stop met meekijken").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Gebruikers")
        look_into(page)
    expect(page.get_by_role("button", name="Kijk mee")).to_be_visible()


def _terms(page: Page) -> None:
    _as(OFFICER, "/docent/bewaren/", "Bewaren")(page)


def _looks_what_goes(page: Page) -> None:
    """A shorter term: how many go, and the tick that is asked for."""
    _terms(page)
    page.get_by_role("link", name="Verander Plaatsen in een klas").click()
    page.get_by_label("Hoeveel dagen?").fill("30")
    page.get_by_role("button", name="Kijk wat er weggaat").click()
    expect(page.get_by_role("status")).to_contain_text("gaat nu weg")


def _term_wrong(page: Page) -> None:
    _terms(page)
    page.get_by_role("link", name="Verander Logboek").click()
    page.get_by_label("Hoeveel dagen?").evaluate("field => { field.removeAttribute('min'); field.value = 3 }")
    page.get_by_role("button", name="Kijk wat er weggaat").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een aantal")


def _counting(page: Page) -> None:
    """Nobody works here: it waits."""
    _terms(page)
    page.get_by_role("button", name="Kijk wat er weggaat").click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("We zijn bezig")


def _counted(page: Page) -> None:
    """What went last time, or was counted."""
    _terms(page)
    page.get_by_role("link", name="2026").last.click()
    expect(page.get_by_role("heading", level=2)).to_contain_text("Klaar")


WATCHING: dict[str, Opener] = {
    "logboek": _as(WATCHER, "/docent/logboek/?groep=Kijken", "Logboek"),
    "logboek, of a school": _as(OFFICER, "/docent/logboek/", "Logboek"),
    "logboek, nothing found": _as(OFFICER, "/docent/logboek/?wie=niemand", "Logboek"),
    "bewaren": _as(WATCHER, "/docent/bewaren/", "Bewaren"),
    "bewaren, of a school": _terms,
    "bewaren, what goes": _looks_what_goes,
    "bewaren, a wrong term": _term_wrong,
    "bewaren, busy": _counting,
    "bewaren, done": _counted,
    "wie keek er": _as(LOOKED_AT, "/wie-keek/", "Wie keek er?"),
    "wie keek er, niemand": lambda page: page.goto("/wie-keek/") and None,
}
# In Wagtail's own frame: its buttons and letters are not ours, so our rules for readers do not hold there; axe does.
ADMIN: dict[str, Opener] = {
    "gezondheid": _as(WATCHER, "/admin/gezondheid/", "Gezondheid"),
    "meekijken, waarom": _asks_why,
    "meekijken": _looks_now,
    **ROLES_ADMIN,
}
