"""A hard word: tap for a short meaning, picture and sound, in another language too; it closes in place (rule 28)."""

import re

from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.player import Lesson

WORD = "a.word:visible"
CHOSEN = "() => localStorage.getItem('kw-taal')"


def open_sheet(page: Page) -> Locator:
    """The sheet of the first word on the screen."""
    page.locator(WORD).first.click()
    return page.get_by_role("dialog")


def choose(sheet: Locator, language: str) -> None:
    if sheet.get_by_role("button", name="Andere taal").count():
        sheet.get_by_role("button", name="Andere taal").click()
    sheet.get_by_label("Andere taal").select_option(language)


def test_a_word_opens_in_place_and_closes_with_the_focus_back(phone: Page):
    lesson = Lesson(phone).open()
    step, address = lesson.step_id, phone.url
    word = phone.locator(WORD).first
    sheet = open_sheet(phone)
    expect(sheet.get_by_role("heading")).to_be_visible()
    expect(sheet.locator("svg.i-xl")).to_be_visible()
    expect(sheet.get_by_role("button", name="Sluit")).to_be_focused()
    assert sheet.locator("p:not(.meta)").first.inner_text()
    sheet.get_by_role("button", name="Sluit").click()
    expect(sheet).to_have_count(0)
    expect(word).to_be_focused()
    assert (lesson.step_id, phone.url) == (step, address)


def test_a_tap_beside_the_sheet_closes_it_too(phone: Page):
    Lesson(phone).open()
    sheet = open_sheet(phone)
    phone.mouse.click(20, 20)
    expect(sheet).to_have_count(0)
    expect(phone.locator(WORD).first).to_be_focused()


def test_a_word_in_arabic_runs_from_right_to_left_and_is_remembered(phone: Page):
    Lesson(phone).open()
    sheet = open_sheet(phone)
    choose(sheet, "ar")
    said = sheet.locator(".other")
    expect(said).to_have_attribute("lang", "ar")
    expect(said).to_have_attribute("dir", "rtl")
    expect(said).to_have_text(re.compile(r"[\u0600-\u06ff]"))
    assert said.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert sheet.evaluate("element => getComputedStyle(element).direction") == "ltr"
    sheet.get_by_role("button", name="Sluit").click()
    phone.reload()
    sheet = open_sheet(phone)
    expect(sheet.locator(".other")).to_have_attribute("lang", "ar")
    choose(sheet, "")
    expect(sheet.locator(".other")).to_have_count(0)
    assert phone.evaluate(CHOSEN) is None


def test_all_of_it_by_keyboard(phone: Page):
    Lesson(phone).open()
    phone.locator(WORD).first.focus()
    phone.keyboard.press("Enter")
    sheet = phone.get_by_role("dialog")
    expect(sheet.get_by_role("button", name="Sluit")).to_be_focused()
    for _ in range(4):
        if phone.evaluate("document.activeElement.matches('[data-languages] button')"):
            break
        phone.keyboard.press("Shift+Tab")
    phone.keyboard.press("Enter")
    expect(sheet.get_by_label("Andere taal")).to_be_focused()
    phone.keyboard.press("ArrowDown")
    expect(sheet.locator(".other")).to_have_attribute("lang", "en")
    phone.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    expect(phone.locator(WORD).first).to_be_focused()


def test_which_word_and_which_language_stay_on_the_phone(phone: Page):
    asked: list[Request] = []
    phone.on("request", lambda request: asked.append(request))
    Lesson(phone).open()
    asked.clear()
    sheet = open_sheet(phone)
    choose(sheet, "tr")
    expect(sheet.locator(".other")).to_have_attribute("lang", "tr")
    phone.wait_for_load_state("networkidle")
    sent = [request for request in asked if "/static/" not in request.url]
    assert [request.url.rpartition("/")[2] for request in sent] == ["talen.json"]
    assert "cookie" not in sent[0].all_headers()
    assert "taal" not in str(phone.context.cookies())


def test_without_signal_the_meaning_opens_and_the_sheet_says_what_cannot_be_now(phone: Page):
    Lesson(phone).open()
    phone.context.set_offline(True)
    sheet = open_sheet(phone)
    expect(sheet.get_by_role("heading")).to_be_visible()
    sheet.get_by_role("button", name="Andere taal").click()
    expect(sheet.get_by_role("status")).to_contain_text("Nu geen verbinding.")
    phone.context.set_offline(False)
    sheet.get_by_role("button", name="Andere taal").click()
    expect(sheet.get_by_label("Andere taal")).to_be_visible()


def test_a_word_in_feedback_opens_too(phone: Page):
    lesson = Lesson(phone, "klopt-het-antwoord").open()
    lesson.go_to("volgorde")
    lesson.tap()
    lesson.step.locator(f".fb {WORD}").first.click()
    expect(phone.get_by_role("dialog").get_by_role("heading")).to_have_text("bron")


def test_the_word_list_shows_the_chosen_language_by_each_word(phone: Page):
    phone.goto("/woord/")
    phone.get_by_label("Andere taal").select_option("uk")
    expect(phone.locator("#datalek > div > .other")).to_have_text(re.compile("витік даних"))
    phone.reload()
    expect(phone.locator("#datalek > div > .other")).to_have_attribute("lang", "uk")
    phone.get_by_role("navigation", name="Kies een letter").get_by_role("link", name="T", exact=True).click()
    expect(phone.locator("#taalmodel")).to_be_in_viewport()


def test_each_word_is_marked_once_on_a_screen(phone: Page):
    lesson = Lesson(phone).open()
    for variant in ("makkelijk", "gewoon"):
        phone.locator(f"[data-variant-choice={variant}]").click()
        marked = phone.locator(f"[data-step='{lesson.step_id}'] {WORD}").evaluate_all(
            "links => links.map((a) => a.href)"
        )
        assert len(marked) == len(set(marked))
