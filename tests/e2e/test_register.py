"""HR fills the AI register from a sheet and makes the article 4 dossier: in a real browser, with a real PDF."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import NEW_KEEPER
from tests.e2e.register_screens import SHEET, open_register
from tests.e2e.serving import Server
from tests.media.test_pdf import elements, read, words


def _downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as told:
        page.get_by_role("link", name=link, exact=True).click()
    return Path(told.value.path()).read_bytes()


def test_hr_fills_the_register_from_a_sheet_and_makes_the_dossier(new_phone, server: Server):
    page = new_phone(viewport={"width": 1280, "height": 800})
    open_register(page, NEW_KEEPER)
    page.get_by_role("link", name="Lees een lijst in").click()
    page.get_by_label("Kies een bestand").set_input_files(SHEET)
    page.get_by_role("button", name="Lees in").click()
    expect(page.get_by_role("status")).to_contain_text("3 erbij, 0 aangepast")
    expect(page.locator(".pick > li")).to_have_count(3)

    page.locator(".pick").get_by_role("link", name="Vertaalapp").click()
    page.get_by_role("link", name="Help mij de klasse vinden").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Welke klasse is Vertaalapp?")
    for group in page.locator("fieldset").all():
        group.get_by_label("Nee", exact=True).check()
    page.get_by_role("button", name="Bekijk de uitkomst").click()
    expect(page.get_by_role("heading", name="Uitkomst: overig")).to_be_visible()
    page.get_by_role("button", name="Neem deze klasse over").click()
    expect(page.get_by_role("status")).to_contain_text("is nu: overig")

    page.get_by_role("link", name="Dossier", exact=True).click()
    page.locator(".head").get_by_role("link", name="Voeg een doel toe").click()
    page.get_by_label("Voor welke rol?").fill("Verzorgenden")
    page.get_by_label("Spraakverslag").check()
    page.get_by_label("Wat moeten zij kunnen?").fill("Een fout in het verslag herkennen")
    page.get_by_label("Beschrijf de maatregel").fill("Route Zorg, in werktijd")
    page.get_by_label("Waarom past dit?").fill("Een fout verslag raakt een cliënt")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("row", name=re.compile("Verzorgenden"))).to_contain_text("Spraakverslag")

    page.get_by_role("button", name="Leg deze versie vast").click()
    expect(page.get_by_role("status")).to_contain_text("Versie 1 is vastgelegd.")
    expect(page.get_by_role("progressbar", name="We maken de bestanden. 0 van de 3 is klaar.")).to_be_visible()
    server.manage("shell", "-v0", "-c", "from leadership.tasks import make_dossier_files as f; f(3)")
    page.get_by_role("link", name="Kijk of de pdf klaar is").click()
    content = _downloaded(page, "Maak een pdf")
    document = read(content)
    root = document.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl-NL"
    kinds = [element["/S"] for element in elements(root["/StructTreeRoot"])]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 6
    said = re.sub(r"[-\u00ad\u2010] ", "", words(content))  # a cell of a table breaks its words
    for text in ("Installatie Voorbeeld", "Roosteradvies", "Een fout in het verslag herkennen", "Feiten over de wet",
                 "Het zegt niet dat we aan de wet voldoen.", "Te weinig mensen om te tonen"):  # fmt: skip
        assert text in said, text
    written = json.loads(_downloaded(page, "JSON van versie 1"))
    assert [system["name"] for system in written["systems"]] == ["Roosteradvies", "Spraakverslag", "Vertaalapp"]
    assert len(_downloaded(page, "CSV van versie 1")) > 500


def test_all_of_it_goes_by_keyboard_on_a_phone(phone):
    open_register(phone, NEW_KEEPER)
    phone.get_by_role("link", name="Zet een systeem erbij").focus()
    phone.keyboard.press("Enter")
    phone.get_by_label("Systeem", exact=True).focus()
    phone.keyboard.type("Notulist")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Welke klasse is Notulist?")
    expect(phone.get_by_role("status")).to_contain_text("‘Notulist’ is bewaard.")


def test_a_colleague_of_another_employer_gets_a_page_that_is_not_there(phone):
    open_register(phone, NEW_KEEPER)
    place = phone.url
    phone.context.clear_cookies()
    sign_in(phone, "chantal")
    expect(phone).not_to_have_url(re.compile("/inloggen/"))
    reply = phone.goto(place)
    assert reply is not None
    assert reply.status == 404
