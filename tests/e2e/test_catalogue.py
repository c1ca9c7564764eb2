"""Finding a lesson in a real browser: by keyboard, and on a phone without JavaScript."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.test_keyboard import Keys


def test_a_search_with_a_typing_error_goes_by_keyboard(phone: Page):
    phone.goto("/lessen/")
    keys = Keys(phone)
    keys.tab_to("#zoek")
    phone.keyboard.type("wachtwoort")
    keys.press("Enter")
    expect(phone.get_by_role("status").first).to_contain_text("over wachtwoort.")
    keys.tab_to("a.stop[href='/les/laat-het-weg/']")
    keys.press("Enter")
    expect(phone).to_have_url(re.compile("/les/laat-het-weg/"))


def test_a_trade_is_chosen_and_let_go_by_keyboard(phone: Page):
    phone.goto("/lessen/?zoek=ai")
    keys = Keys(phone)
    keys.tab_to("summary")
    keys.press("Enter")
    keys.tab_to(".picks a[href*='vak=zorg']")
    keys.press("Enter")
    expect(phone.get_by_role("status").first).to_contain_text("over ai, voor Zorg.")
    expect(phone.get_by_label("Zoek een les")).to_have_value("ai")
    keys.tab_to(".told a")
    assert keys.here["text"] == "Toon alles"
    keys.press("Enter")
    expect(phone.get_by_role("status").first).to_contain_text("over ai.")


def test_the_trade_of_this_phone_is_chosen_already(phone: Page):
    phone.goto("/vak/")
    phone.get_by_role("button", name="Horeca").click()
    phone.goto("/lessen/")
    expect(phone.get_by_text("Voor jou: Horeca")).to_be_visible()
    phone.get_by_role("link", name="Toon alles").click()
    expect(phone.get_by_text("Voor jou: Horeca")).to_have_count(0)


def test_without_javascript_the_same_search_finds_the_same(new_phone: Callable[..., Page]):
    plain_phone = new_phone(java_script_enabled=False)
    plain_phone.goto("/lessen/")
    plain_phone.get_by_label("Zoek een les").fill("wachtwoort")
    plain_phone.get_by_role("button", name="Zoek").click()
    expect(plain_phone.get_by_role("status").first).to_contain_text("over wachtwoort.")
    expect(plain_phone.locator("a.stop[href='/les/laat-het-weg/']")).to_be_visible()
    plain_phone.get_by_role("link", name="Gewoon").click()
    expect(plain_phone.get_by_label("Zoek een les")).to_have_value("wachtwoort")
    plain_phone.locator("summary").click()
    plain_phone.get_by_role("link", name="Zorg").click()
    expect(plain_phone.get_by_role("status").first).to_contain_text("over wachtwoort, voor Zorg.")


def test_nothing_found_leads_on_to_the_word_that_was_meant(phone: Page):
    phone.goto("/lessen/")
    phone.get_by_label("Zoek een les").fill("gugevun")
    phone.get_by_role("button", name="Zoek").click()
    expect(phone.get_by_role("status").first).to_contain_text("Er is nog geen les over gugevun.")
    assert phone.locator("a.stop").count() >= 3
    phone.get_by_role("link", name="gegevens?", exact=True).click()
    expect(phone.locator("a.stop[href='/les/persoonsgegevens/']")).to_be_visible()
