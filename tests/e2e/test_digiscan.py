"""An owner of a firm does the digiscan, keeps it with a code by e-mail, and sends it to a desk."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.digiscan_screens import LITTLE, MOSTLY, QUESTIONS, answer, ask_code, choose_region
from tests.e2e.player import STEP
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys


def _code(server: Server) -> str:
    found = re.search(r"Je code is (\d{6})", server.last_mail())
    assert found
    return found[1]


def _type_code(page: Page, code: str) -> None:
    page.get_by_label("Je code").fill(code)
    page.get_by_role("button", name="Ga verder").click()


def test_an_owner_does_it_keeps_it_and_finds_it_on_another_phone(new_phone: Callable[..., Page], own_server: Server):
    phone = new_phone(at=own_server)
    phone.goto("/")
    phone.get_by_role("link", name="Heb je een bedrijf?").click()
    expect(phone).to_have_url(re.compile("/digiscan/$"))
    answer(phone, MOSTLY, LITTLE)
    expect(phone.get_by_role("heading", name="Op weg")).to_be_visible()
    expect(phone.locator("img.picture")).to_be_visible()
    phone.wait_for_function("() => document.querySelector('img.picture').naturalWidth > 100")
    phone.get_by_role("link", name="Bewaar voor je bedrijf").click()
    phone.get_by_label("Hoe heet je bedrijf?").fill("Bakkerij Henk & Zn.")
    phone.get_by_label("Wat is je e-mailadres?").fill("henk@bakker.example")
    phone.get_by_role("button", name="Stuur mij de code").click()
    _type_code(phone, "000 00")
    expect(phone.get_by_role("alert")).to_contain_text("Deze code klopt niet.")
    _type_code(phone, _code(own_server))
    expect(phone.get_by_text("Bewaard voor")).to_contain_text("Bakkerij Henk & Zn.")

    other = new_phone(at=own_server)
    other.goto("/inloggen/")
    other.get_by_role("link", name="Ik log in met een code").click()
    other.get_by_label("Met welk e-mailadres?").fill("henk@bakker.example")
    other.get_by_role("button", name="Stuur mij de code").click()
    _type_code(other, _code(own_server))
    expect(other.get_by_role("heading", name="Op weg")).to_be_visible()
    assert other.url == phone.url


def test_what_goes_to_a_desk_is_seen_first_and_goes_by_a_tap(new_phone: Callable[..., Page], own_server: Server):
    phone = new_phone(at=own_server)
    answer(phone, LITTLE)
    choose_region(phone, "Groningen")
    phone.get_by_role("link", name="Stuur je uitslag naar het loket").click()
    phone.get_by_label("Hoe kan het loket je bereiken?").fill("Henk, 050")
    phone.get_by_role("button", name="Zet het in de tekst").click()
    words = phone.locator(".letter .words")
    expect(words).to_contain_text("Contact: Henk, 050")
    shown = words.inner_text()
    phone.get_by_role("button", name="Stuur deze tekst").click()
    expect(phone.get_by_text("Je uitslag is gestuurd naar Het Proefloket.")).to_be_visible()
    mailed = own_server.last_mail()
    assert "loket@proef.example" in mailed
    expect(phone.get_by_role("link", name="Stuur je uitslag naar het loket")).to_have_count(0)
    phone.get_by_text("Gestuurd naar Het Proefloket,").click()
    assert phone.locator(".letter .words").inner_text().split() == shown.split()


def test_it_goes_by_keyboard(phone: Page):
    phone.goto("/digiscan/")
    keys = Keys(phone)
    keys.tab_to("[data-next]")
    keys.press("Enter")
    for number in range(1, QUESTIONS + 1):
        expect(phone.locator("[data-where]")).to_contain_text(f"Vraag {number} van {QUESTIONS}")
        keys.tab_to(f"{STEP} input[type=radio]")
        keys.press("Space")
        keys.press("ArrowDown")
        keys.press("Enter")
    expect(phone.get_by_role("heading", level=1, name="Je digiscan")).to_be_visible()
    keys.tab_to("#loket button[value=drenthe]")
    keys.press("Enter")
    expect(phone.get_by_text("Loket Zonder Adres")).to_be_visible()
    keys.tab_to("#loket a[href$='/sturen/']")
    keys.press("Enter")
    expect(phone.get_by_role("heading", name="Neem je uitslag mee")).to_be_visible()
    keys.tab_to("kw-copy button")
    assert keys.here["ring"]


def test_half_finished_answers_wait_on_the_phone(phone: Page):
    sent: list[str] = []
    phone.context.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    phone.goto("/digiscan/")
    phone.locator("[data-next]").click()
    for _ in range(3):
        phone.locator(f"{STEP} .choice").nth(MOSTLY).click()
        phone.locator("[data-next]").click()
    phone.goto("/digiscan/")
    expect(phone.locator("[data-where]")).to_contain_text(f"Vraag 4 van {QUESTIONS}")
    assert sent == []


def test_without_javascript_it_is_one_page_that_works_whole(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto("/digiscan/")
    expect(phone.locator("fieldset")).to_have_count(QUESTIONS)
    for number in range(QUESTIONS - 1):
        phone.locator("fieldset").nth(number).locator(".choice").nth(MOSTLY).click()
    phone.get_by_role("button", name="Bekijk je uitslag").click()
    expect(phone.get_by_role("heading", name="Gevorderd")).to_be_visible()
    phone.get_by_role("button", name="Drenthe").click()
    phone.get_by_role("link", name="Stuur je uitslag naar het loket").click()
    expect(phone.locator(".letter")).to_contain_text("Regio: Drenthe.")
    expect(phone.get_by_role("button", name="Kopieer de tekst")).to_be_hidden()


def test_the_pdf_downloads(phone: Page):
    answer(phone, MOSTLY)
    with phone.expect_download() as waiting:
        phone.get_by_role("link", name="Download als pdf").click()
    assert re.fullmatch(r"digiscan-\d{4}-\d\d-\d\d\.pdf", waiting.value.suggested_filename)
    assert waiting.value.path().read_bytes().startswith(b"%PDF-")


def test_the_code_page_is_of_the_browser_that_asked(new_phone: Callable[..., Page], own_server: Server):
    phone, other = new_phone(at=own_server), new_phone(at=own_server)
    ask_code(phone, "piet@bakker.example")
    other.goto(phone.url)
    expect(other.get_by_role("alert")).to_contain_text("Deze code hoort niet bij deze browser.")
