"""The screens of group figures and of the monitor; made by fill_figures.py."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in

Opener = Callable[[Page], None]
HR, OTHER_HR = "gerda", "henk"  # of an employer with figures, and of one without


def _as(who: str, address: str) -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        page.goto(address)

    return opener


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


FIGURES: dict[str, Opener] = {
    "group figures": _as(HR, "/docent/cijfers/"),
    "group figures, none": _as(OTHER_HR, "/docent/cijfers/"),
    "about the firm": _as(HR, "/docent/cijfers/bedrijf/"),
    "about the firm, wrong": _wrong,
    "monitor": _monitor,
    "monitor, unfolded": _monitor_unfolded,
}
