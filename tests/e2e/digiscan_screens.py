"""The screens of the digiscan, of keeping it with a code by e-mail, and of sending it to a desk."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

Opener = Callable[[Page], None]
NOT_YET, LITTLE, MOSTLY, EVERY_YEAR = range(4)
QUESTIONS = 16


def answer(page: Page, *choices: int) -> None:
    """Answer from the first question on, the last choice again and again, and come to the result."""
    page.goto("/digiscan/")
    page.get_by_role("button", name="Begin").click()
    for number in range(QUESTIONS):
        choice = choices[min(number, len(choices) - 1)]
        page.locator(".step:not([hidden]) .choice").nth(choice).click()
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", level=1, name="Je digiscan")).to_be_visible()


def choose_region(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text("Andere regio")).to_be_visible()


def ask_code(page: Page, email: str, firm: str = "Bakkerij Henk & Zn.") -> None:
    page.goto("/bedrijf/")
    page.get_by_label("Hoe heet je bedrijf?").fill(firm)
    page.get_by_label("Wat is je e-mailadres?").fill(email)
    page.get_by_role("button", name="Stuur mij de code").click()
    expect(page.get_by_role("heading", name="Kijk in je mail")).to_be_visible()


def _goes_to(address: str) -> Opener:
    return lambda page: void(page.goto(address))


def void(_: object) -> None:
    """An opener gives nothing."""


def _question(page: Page) -> None:
    page.goto("/digiscan/")
    page.get_by_role("button", name="Begin").click()
    for _ in range(5):
        page.locator(".step:not([hidden]) .choice").nth(LITTLE).click()
        page.locator("[data-next]").click()
    page.locator(".step:not([hidden]) .choice").nth(MOSTLY).click()


def _result(*choices: int, region: str = "") -> Opener:
    def opener(page: Page) -> None:
        answer(page, *choices)
        if region:
            choose_region(page, region)
        for summary in page.locator("details:not([open]) > summary").all()[::-1]:
            summary.click()
        page.evaluate("scrollTo(0, 0)")

    return opener


def _again(page: Page) -> None:
    answer(page, LITTLE)
    answer(page, MOSTLY, LITTLE)
    page.get_by_text("Al je digiscans").click()


def _send(region: str) -> Opener:
    def opener(page: Page) -> None:
        answer(page, LITTLE)
        choose_region(page, region)
        page.get_by_role("link", name="Stuur je uitslag naar het loket").click()
        expect(page.locator(".letter")).to_be_visible()

    return opener


def _sent(page: Page) -> None:
    _send("Groningen")(page)
    page.get_by_role("button", name="Stuur deze tekst").click()
    expect(page.get_by_text("Je uitslag is gestuurd naar Het Proefloket.")).to_be_visible()
    page.get_by_text("Gestuurd naar Het Proefloket,").click()


def _firm_wrong(page: Page) -> None:
    page.goto("/bedrijf/")
    page.get_by_label("Hoe heet je bedrijf?").fill("123")
    page.get_by_label("Wat is je e-mailadres?").fill("henk@bakker.example")
    page.locator("#bedrijf").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Stuur mij de code").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _code_wrong(page: Page) -> None:
    ask_code(page, "verkeerd@bakker.example")
    page.get_by_label("Je code").fill("12345")
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("alert")).to_be_visible()


DIGISCAN: dict[str, Opener] = {
    "digiscan": _goes_to("/digiscan/"),
    "digiscan question": _question,
    "digiscan result, beginner": _result(LITTLE, NOT_YET),
    "digiscan result, koploper": _result(EVERY_YEAR, region="Groningen"),
    "digiscan result, old desk": _result(MOSTLY, LITTLE, region="Overijssel"),
    "digiscan result, done again": _again,
    "digiscan letter": _send("Groningen"),
    "digiscan letter, no address": _send("Drenthe"),
    "digiscan result, sent": _sent,
    "firm": _goes_to("/bedrijf/"),
    "firm, wrong": _firm_wrong,
    "email code": lambda page: ask_code(page, "kijk@bakker.example"),
    "email code, wrong": _code_wrong,
    "email code, of another browser": _goes_to("/inloggen/code/6f7a1c4e-0000-4000-8000-000000000000/"),
    "sign in by code": _goes_to("/inloggen/code/"),
}
