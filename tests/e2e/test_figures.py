"""HR chooses whether their employer takes part in the region, and who learns there sees what was chosen."""

from playwright.sync_api import Locator, Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.figure_screens import BAKER, OTHER_HR


def test_hr_takes_part_in_the_region_and_stops_and_a_learner_sees_both(new_phone):
    desk = new_phone(viewport={"width": 1280, "height": 800})
    phone = new_phone()
    sign_in(desk, OTHER_HR)
    sign_in(phone, BAKER)
    expect(_region(phone)).to_contain_text("Je werk doet niet mee met de cijfers van de regio.")

    _choose(desk, "Doe mee")
    expect(desk.get_by_text("Jullie doen mee sinds")).to_be_visible()
    expect(_region(phone)).to_contain_text("Bakkerij Zon doet mee met de cijfers van de regio.")
    expect(_region(phone)).to_contain_text("Van 3 of meer bedrijven samen.")

    _choose(desk, "Stop met meedoen")
    expect(desk.get_by_text("Jullie doen niet mee.")).to_be_visible()
    region = _region(phone)
    expect(region).to_contain_text("Je werk doet niet mee met de cijfers van de regio.")
    expect(region).not_to_contain_text("Bakkerij Zon")


def _choose(desk: Page, button: str) -> None:
    """From the group figures to what is chosen about the region."""
    desk.goto("/docent/cijfers/")
    desk.get_by_role("link", name="Over jullie en de regio").click()
    desk.get_by_role("button", name=button).click()
    expect(desk.get_by_role("status")).to_be_visible()


def _region(phone: Page) -> Locator:
    """What 'Wie ziet wat?' says of the region, unfolded."""
    phone.goto("/wie-ziet-wat/")
    card = phone.locator("details").filter(has=phone.get_by_role("heading", name="De regio"))
    if card.get_attribute("open") is None:
        card.locator("summary").click()
    return card
