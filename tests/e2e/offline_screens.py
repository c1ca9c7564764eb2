"""The screens of learning without signal: what stands in the place of a page, keeping lessons, making room."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import begin
from tests.e2e.groups import CLASS_CODE
from tests.e2e.keeping import LESSON, REFUSE_CACHES, fill_the_phone, wait_until_kept

Opener = Callable[[Page], None]


def _without_signal(address: str, *, after: str = LESSON) -> Opener:
    """This address, on a phone that opened another page before. Then signal is back, so that it can be listened to."""

    def opener(page: Page) -> None:
        page.goto(after)
        wait_until_kept(page, *([after] if after == LESSON else []))
        page.context.set_offline(True)
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_have_text("Geen internet")
        expect(page.locator("[data-here]:visible, [data-none]:visible")).to_be_visible()
        page.context.set_offline(False)

    return opener


def _busy_without_signal(page: Page) -> None:
    begin(page)
    _without_signal("/mijn/")(page)
    expect(page.get_by_text("Hier ben je")).to_be_visible()


def _card_waits(page: Page) -> None:
    _without_signal(f"/meedoen/{CLASS_CODE}/")(page)
    page.goto("/mijn/")
    expect(page.locator("[data-card-waits]")).to_be_visible()


def _keeping(address: str = "/onderweg/") -> Opener:
    def opener(page: Page) -> None:
        page.goto(address)
        wait_until_kept(page)
        expect(page.locator("kw-kept")).to_be_visible()

    return opener


def _kept(page: Page) -> None:
    _keeping()(page)
    page.locator("[data-lesson-here]:visible").first.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Klaar.")).to_be_visible()
    page.get_by_text("Zo maak je ruimte").click()


def _on_the_way(page: Page) -> None:
    """In the middle of keeping: the line stands still."""
    _keeping()(page)
    page.route("**/les/**", lambda _: None)
    page.get_by_role("button", name="Bewaar voor onderweg").click()
    expect(page.get_by_role("progressbar")).to_be_visible()


def _full(page: Page) -> None:
    _keeping()(page)
    fill_the_phone(page, page.evaluate("location.origin"), 1000)
    page.get_by_role("button", name="Bewaar voor onderweg").click()
    expect(page.get_by_text("Je telefoon is vol.")).to_be_visible()


def _refused(page: Page) -> None:
    page.add_init_script(REFUSE_CACHES)
    page.goto("/onderweg/")
    expect(page.get_by_text("Deze browser bewaart niets.")).to_be_visible()


OFFLINE: dict[str, Opener] = {
    "no signal": _without_signal("/lessen/"),
    "no signal, busy": _busy_without_signal,
    "no signal, nothing here": _without_signal("/lessen/", after="/hulp/"),
    "no signal, a card": _without_signal(f"/meedoen/{CLASS_CODE}/"),
    "home, a card waits": _card_waits,
    "keeping lessons": _keeping(),
    "keeping lessons, a route": _keeping("/onderweg/?route=logistiek"),
    "keeping lessons, on the way": _on_the_way,
    "keeping lessons, kept": _kept,
    "keeping lessons, full": _full,
    "keeping lessons, refused": _refused,
}
