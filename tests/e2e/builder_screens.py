"""The screens of the path builder, of who leads and of who learns."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import join, sign_in
from tests.e2e.groups import AWAY_PATH, COLLEAGUE, LOOK_PATH, PATH, TEAM_PATH

Opener = Callable[[Page], None]


def open_path(page: Page, name: str = PATH) -> None:
    """From the list of routes to one of them."""
    page.goto("/docent/routes/")
    page.get_by_role("link", name=re.compile(rf"^{name} \d")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def _list(who: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        page.goto("/docent/routes/")

    return opener


def _start(*, empty: bool = False) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, "bram")
        page.goto("/docent/routes/nieuw/")
        if empty:
            page.get_by_label("Hoe heet de route?").fill("123")
            page.get_by_role("button", name="Maak de route").click()
            expect(page.get_by_role("alert")).to_be_visible()

    return opener


def _builder(who: str = "bram", name: str = PATH) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        open_path(page, name)

    return opener


def _unfolded(page: Page) -> None:
    _builder()(page)
    for summary in page.locator("details:not([open]) > summary").all()[::-1]:
        summary.click()


def _wrong(page: Page) -> None:
    _builder()(page)
    page.get_by_label("Naam", exact=True).fill("***")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.locator("#bij-naam")).to_contain_text("Gebruik in de naam")


def _conflict(page: Page) -> None:
    """A copy of its own, so that other screens keep theirs: changed in a second window."""
    _builder()(page)
    page.get_by_role("button", name="Zet klaar of deel").click()
    page.get_by_role("button", name="Maak mijn kopie").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{PATH} (kopie)")
    other = page.context.new_page()
    other.goto(page.url)
    other.locator(".moves").nth(2).get_by_role("button", name="weg").click()
    expect(other.locator("#stand")).to_contain_text("Opgeslagen.")
    other.close()
    page.locator(".moves").nth(0).get_by_role("button", name="Lager").click()
    expect(page.get_by_role("alert").first).to_contain_text("intussen veranderd")


def _goes_from_path(button: str, heading: str) -> Opener:
    def opener(page: Page) -> None:
        _builder()(page)
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)

    return opener


def _nothing_found(page: Page) -> None:
    _builder()(page)
    page.get_by_label("Zoek een les").fill("gugevun")
    page.get_by_role("button", name="Zoek", exact=True).click()
    expect(page.get_by_text("Er is geen les die past.")).to_be_visible()


def _nothing_on_it(page: Page) -> None:
    sign_in(page, "bram")
    page.goto("/docent/routes/nieuw/")
    page.get_by_label("Hoe heet de route?").fill("Van niets")
    page.get_by_role("button", name="Maak de route").click()
    expect(page.get_by_text("Er staat nog niets op de route.")).to_be_visible()


def _away(page: Page) -> None:
    """What was put away, and the page that brings it back."""
    _list("bram")(page)
    page.locator("details > summary").click()
    page.get_by_role("link", name=re.compile(rf"^{AWAY_PATH} \d")).click()
    page.get_by_role("button", name="Zet klaar of deel").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zet klaar of deel")


def _sharing_of_colleague(page: Page) -> None:
    _builder(COLLEAGUE)(page)
    page.get_by_role("button", name="Zet klaar of deel").click()


def _known_page(page: Page) -> None:
    """An own page that is there, from its line on the route."""
    _unfolded(page)
    page.get_by_role("button", name="Schrijf dit blad").first.click()
    expect(page.get_by_label("Naam")).to_have_value("Zoek de regels van je stage")


def _page_wrong(page: Page) -> None:
    _goes_from_path("Maak een eigen blad", "Een eigen blad of opdracht")(page)
    page.get_by_label("Link").fill("javascript:alert(1)")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()


def learner_address(page: Page) -> str:
    """The address of the route for learners, as its teacher finds it."""
    sign_in(page, "bram")
    open_path(page)
    page.get_by_role("button", name="Zet klaar of deel").click()
    address = page.locator("#adres-tekst").inner_text()
    page.context.clear_cookies()
    return re.sub(r"^https?://[^/]+", "", address)


def _learner(*, page_of: bool = False, home: bool = False) -> Opener:
    """Someone of the school on the route of Bram."""

    def opener(page: Page) -> None:
        address = learner_address(page)
        join(page, "Zorgstudent" + ("a" if page_of else "b" if home else ""))
        page.goto(address)
        if page_of:
            page.get_by_role("link", name=re.compile("Zoek de regels")).click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Zoek de regels van je stage")
        if home:
            page.get_by_role("button", name="Volg deze route").click()
            expect(page).to_have_url(re.compile("/mijn/$"))

    return opener


BUILDER: dict[str, Opener] = {
    "desk of routes": _list("bram"),
    "desk of routes, shared": _list(COLLEAGUE),
    "desk of routes, team": _list("chantal"),
    "desk of a new route": _start(),
    "desk of a new route, wrong": _start(empty=True),
    "desk of a route": _builder(),
    "desk of a route, unfolded": _unfolded,
    "desk of a route, team": _builder("chantal", TEAM_PATH),
    "desk of a route, wrong": _wrong,
    "desk of a route, nothing on it": _nothing_on_it,
    "desk of a route, nothing found": _nothing_found,
    "desk of a route, of two": _conflict,
    "desk of a route, to look at": _builder(COLLEAGUE, LOOK_PATH),
    "desk of sharing": _goes_from_path("Zet klaar of deel", "Zet klaar of deel"),
    "desk of sharing, put away": _away,
    "desk of sharing, colleague": _sharing_of_colleague,
    "desk of an own page": _goes_from_path("Maak een eigen blad", "Een eigen blad of opdracht"),
    "desk of an own page, wrong": _page_wrong,
    "desk of an own page, known": _known_page,
    "desk of a preview": _goes_from_path("Bekijk als", "Bekijk als leerling"),
    "route of a school": _learner(),
    "page of a teacher": _learner(page_of=True),
    "home, with a route of a school": _learner(home=True),
}
