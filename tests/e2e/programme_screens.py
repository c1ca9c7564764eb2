"""The screens of the leadership programme, of who takes part in it."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.leads import LEAD, WRITERS

Opener = Callable[[Page], None]


def at_programme(page: Page, name: str = LEAD) -> str:
    """Sign in and go to the weeks; gives the address of the group."""
    sign_in(page, name)
    page.goto("/programma/")
    expect(page.locator(".weeks")).to_be_visible()
    return page.url


def _goes_to(after: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(at_programme(page) + after)

    return opener


def open_form(page: Page, name: str, template: str = "start") -> str:
    """A form of this lead, ready to type in; gives its address."""
    address = f"{at_programme(page, name)}stuk/{template}/"
    page.goto(address)
    expect(page.locator("kw-product[data-at-work]")).to_be_visible()
    return address


def _full_form(page: Page) -> None:
    open_form(page, LEAD, "processchets")


def _persons(page: Page) -> None:
    open_form(page, WRITERS[-1])
    page.locator("#knelpunt").fill("Jan Jansen belt de klant op 06-12345678.")
    expect(page.locator("#mens-knelpunt")).to_contain_text("geen naam")


def _wrong(page: Page) -> None:
    open_form(page, WRITERS[-2])
    page.locator("#knelpunt").fill("x" * 201)
    page.get_by_role("button", name="Bewaar").first.click()
    expect(page.locator("#stand")).to_contain_text("Kijk bij de rode tekst")


def _example(page: Page) -> None:
    open_form(page, LEAD, "taakscan")
    page.locator("#voorbeeld summary").first.click()


def _compared(page: Page) -> None:
    """Another device was first; both versions beside each other."""
    address = open_form(page, WRITERS[-3])
    elsewhere = page.context.new_page()
    elsewhere.add_init_script("Object.defineProperty(navigator, 'locks', { value: undefined })")
    elsewhere.goto(address)
    elsewhere.locator("#knelpunt").fill("Elders getypt")
    elsewhere.get_by_role("button", name="Bewaar").first.click()
    expect(elsewhere.locator("#stand")).to_have_text("Opgeslagen.")
    elsewhere.close()
    page.locator("#knelpunt").fill("Hier getypt")
    page.get_by_role("button", name="Vergelijk de twee").click()
    expect(page.get_by_role("heading", name="Op een ander apparaat is dit stuk veranderd")).to_be_visible()


def _versions(page: Page) -> None:
    page.goto(at_programme(page) + "stuk/processchets/versies/")
    page.locator("summary").first.click()


def _products(page: Page) -> None:
    at_programme(page)
    page.goto("/programma/stukken/")


PROGRAMME: dict[str, Opener] = {
    "desk of a programme": _goes_to(""),
    "desk of a week": _goes_to("week/4/"),
    "desk of a week, done": _goes_to("week/3/"),
    "desk of a week, closed": _goes_to("week/8/"),
    "desk of a product": _full_form,
    "desk of a product, persons": _persons,
    "desk of a product, wrong": _wrong,
    "desk of a product, example": _example,
    "desk of a product, of two": _compared,
    "desk of versions": _versions,
    "desk of products": _products,
}
