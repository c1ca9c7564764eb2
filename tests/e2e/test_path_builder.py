"""A teacher makes a route for a class, by keyboard; a colleague who works on it at once is told."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import COLLEAGUE

NAME = "Verzorgende 2B"
ROUTE = "[data-lines] > li"


def titles(page: Page) -> list[str]:
    return [line.get_attribute("data-title") or "" for line in page.locator(ROUTE).all()]


def saved(page: Page, told: str = "Opgeslagen.") -> None:
    expect(page.locator("#stand")).to_contain_text(told)
    expect(page.locator("#stand")).to_contain_text("Opgeslagen.")


def begin(page: Page, name: str = NAME) -> str:
    """From the desk to a route of one's own, made of the one for zorg; gives its address."""
    page.goto("/docent/")
    page.get_by_role("link", name="Routes", exact=True).click()
    page.get_by_role("link", name="Begin een route").click()
    page.get_by_label("Hoe heet de route?").fill(name)
    page.get_by_role("radio", name=re.compile("Veilig werken met AI in de zorg")).check()
    page.get_by_role("button", name="Maak de route").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.locator(ROUTE)).to_have_count(8)
    return page.url.split("#")[0]


def by_keyboard(page: Page) -> None:
    """The third lesson first: with the arrows at its dots, then with a button and Enter."""
    third = titles(page)[2]
    expect(page.locator("[data-grip]").nth(2)).to_be_visible()  # the script is there
    page.locator("[data-grip]").nth(2).focus()
    page.keyboard.press("ArrowUp")
    saved(page, f"‘{third}’ staat nu op plek 2.")
    expect(page.locator("[data-grip]").nth(1)).to_be_focused()
    page.locator(f'{ROUTE}[data-title="{third}"]').get_by_role("button", name="Hoger").focus()
    page.keyboard.press("Enter")
    saved(page, f"‘{third}’ staat nu op plek 1.")
    assert titles(page)[0] == third


def by_dragging(page: Page) -> None:
    """The last lesson to the place before it."""
    last = titles(page)[-1]
    grip, above = page.locator("[data-grip]").last, page.locator(ROUTE).nth(-2)
    grip.scroll_into_view_if_needed()
    spot, box = grip.bounding_box(), above.bounding_box()
    assert spot
    assert box
    page.mouse.move(spot["x"] + spot["width"] / 2, spot["y"] + spot["height"] / 2)
    page.mouse.down()
    page.mouse.move(spot["x"] + spot["width"] / 2, box["y"] + box["height"] / 2, steps=8)
    page.mouse.move(spot["x"] + spot["width"] / 2, box["y"] + 12, steps=8)
    page.mouse.up()
    saved(page, f"‘{last}’ staat nu op plek 7.")
    assert titles(page)[-2] == last


def in_weeks(page: Page) -> None:
    page.get_by_label("Wanneer doe je een les?").select_option("week")
    page.get_by_label("Hoeveel lessen in een week?").select_option("2")
    page.get_by_role("button", name="Verdeel de lessen").click()
    saved(page, "De lessen zijn verdeeld.")
    expect(page.get_by_label(re.compile("^Week van")).nth(2)).to_have_value("2")


def own_page(page: Page) -> None:
    page.get_by_role("button", name="Maak een eigen blad of opdracht").click()
    page.get_by_role("radio", name="Opdracht").check()
    page.get_by_label("Naam").fill("Vraag het op je stage")
    page.get_by_label("Tekst", exact=True).fill("Welke regels zijn er voor AI?")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.locator(ROUTE)).to_have_count(9)
    saved_page = page.locator("#stand")
    expect(saved_page).to_contain_text("‘Vraag het op je stage’ is opgeslagen.")


def preview(page: Page) -> None:
    page.get_by_role("button", name="Bekijk als leerling").click()
    for text in ("Makkelijk", "Gewoon"):
        phone = page.frame_locator(f'iframe[title="De route in {text}"]')
        expect(phone.get_by_role("heading", level=1)).to_have_text(NAME)
        expect(phone.get_by_text("Vraag het op je stage")).to_be_visible()
    page.get_by_role("link", name="Terug naar de route").click()


def share(page: Page) -> None:
    page.get_by_role("button", name="Zet klaar of deel").click()
    page.get_by_role("radio", name="Collega’s werken eraan mee").check()
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("status").first).to_contain_text("Collega’s kunnen aan deze route meewerken.")
    page.get_by_role("link", name="Terug naar de route").click()


def at_once(page: Page, karin: Page, address: str) -> None:
    """Both have it open; Bram takes a lesson off, then Karin moves one. She sees his change, and keeps hers."""
    sign_in(karin, COLLEAGUE)
    expect(karin).to_have_url(re.compile("/mijn/$"))
    karin.goto(address)
    first, second = titles(karin)[:2]
    gone = titles(page)[3]
    page.locator(ROUTE).nth(3).get_by_role("button", name="weg").click()
    saved(page, f"‘{gone}’ is van de route.")
    karin.locator(ROUTE).first.get_by_role("button", name="Lager").click()
    told = karin.get_by_role("alert").first
    expect(told).to_contain_text("intussen veranderd door Bram")
    expect(told).to_contain_text(f"‘{gone}’ staat alleen bij jou.")
    assert titles(karin)[:2] == [second, first]
    karin.locator(f'{ROUTE}[data-title="{gone}"]').get_by_role("button", name="weg").click()
    saved(karin, f"‘{gone}’ is van de route.")
    karin.reload()
    assert titles(karin)[:2] == [second, first]
    assert gone not in titles(karin)


def test_a_route_for_a_class_in_ten_minutes(new_phone):
    page = new_phone(viewport={"width": 1280, "height": 800})
    sign_in(page, "bram")
    address = begin(page)
    by_keyboard(page)
    by_dragging(page)
    in_weeks(page)
    own_page(page)
    preview(page)
    share(page)
    at_once(page, new_phone(), address)


def test_without_a_script_a_route_is_built_with_the_same_buttons(new_phone):
    page = new_phone(java_script_enabled=False)
    sign_in(page, "bram")
    begin(page)
    third = titles(page)[2]
    page.locator(ROUTE).nth(2).get_by_role("button", name="Hoger").click()
    saved(page, f"‘{third}’ staat nu op plek 2.")
    page.get_by_label("Zoek een les").fill("wachtwoord")
    page.get_by_role("button", name="Zoek", exact=True).click()
    page.get_by_role("button", name=re.compile("^Erbij")).first.click()
    expect(page.locator(ROUTE)).to_have_count(9)
    page.get_by_label("Wanneer doe je een les?").select_option("week")
    page.get_by_role("button", name="Kies deze planning").click()
    page.get_by_label(re.compile("^Week van")).first.select_option("3")
    page.get_by_role("button", name="Bewaar", exact=True).click()
    saved(page)
    expect(page.get_by_label(re.compile("^Week van")).first).to_have_value("3")
