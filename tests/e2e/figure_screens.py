"""The screens of group figures and of the monitor; made by fill_figures.py."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in

Opener = Callable[[Page], None]
HR, OTHER_HR = "gerda", "henk"  # of an employer with figures, and of one without
BAKER = "bakker"  # learns at the employer without figures
LEARNER, ANSWERS = "puls-a", "puls-b"  # learn at an employer that takes part, and finished a lesson


def _as(who: str, address: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        page.goto(address)

    return opener


def _own_menu(page: Page) -> None:
    _as(HR, "/docent/cijfers/")(page)
    page.locator(".me > summary").click()
    expect(page.get_by_role("button", name="Log uit")).to_be_visible()


def _wrong(page: Page) -> None:
    """A list that was changed by hand."""
    _as(HR, "/docent/cijfers/bedrijf/")(page)
    page.get_by_label("Sector").evaluate("list => list.options[1].value = 'ruimtevaart'")
    page.get_by_label("Sector").select_option(index=1)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _monitor(page: Page) -> None:
    page.goto("/monitor/")


def _monitor_unfolded(page: Page) -> None:
    _monitor(page)
    for summary in page.locator("details:not([open]) > summary").all()[::-1]:
        summary.click()


def _thanked(page: Page) -> None:
    """All questions left empty but the first: then there is nothing to see, and that is said."""
    _as(ANSWERS, "/puls/")(page)
    page.locator("[data-next]").click()
    page.locator("section.step:not([hidden]) .choice").first.click()
    for _ in range(6):
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", name="Dank je wel")).to_be_visible()


FIGURES: dict[str, Opener] = {
    "own menu at the desk": _own_menu,
    "group figures": _as(HR, "/docent/cijfers/"),
    "group figures, none": _as(OTHER_HR, "/docent/cijfers/"),
    "about the firm": _as(HR, "/docent/cijfers/bedrijf/"),
    "about the firm, wrong": _wrong,
    "home, pulse": _as(LEARNER, "/mijn/"),
    "pulse": _as(LEARNER, "/puls/"),
    "pulse, thanks": _thanked,
    "who sees what, in the region": _as(LEARNER, "/wie-ziet-wat/"),
    "monitor": _monitor,
    "monitor, unfolded": _monitor_unfolded,
}
