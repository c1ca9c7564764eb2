"""A learner does the startmeting, gets a route, takes it, and home begins with its first lesson."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import is_saved
from tests.e2e.player import STEP
from tests.e2e.reviewing import days_pass, open_reviews, take_lesson
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys

# Twelve answers by their place on the screen; these know all but what may be typed into a free app.
CHOICES = (2, 1, 1, 0, 0, 1, 0, 1, 2, 1, 1, 0)
ADDRESS = "**/startmeting/"


def _answer(page: Page, number: int, choice: int) -> None:
    expect(page.locator("[data-where]")).to_contain_text(f"Vraag {number} van 12")
    page.locator(f"{STEP} .choice").nth(choice).click()


def _go_on(page: Page) -> None:
    page.locator("[data-next]").click()


def _answer_all(page: Page, *, first: int = 1) -> None:
    for number in range(first, 13):
        _answer(page, number, CHOICES[number - 1])
        if number < 12:
            _go_on(page)


def _has_result(page: Page) -> None:
    expect(page.get_by_role("heading", name="Jouw uitslag")).to_be_visible()
    expect(page).to_have_url(re.compile("/startmeting/uitslag/$"))


def _kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('vragen:'))")
    return found


def test_a_learner_gets_a_route_takes_it_and_home_begins_with_it(phone: Page):
    phone.goto("/mijn/")
    phone.get_by_role("link", name="Doe de startmeting.").click()
    expect(phone.get_by_text("Dit is geen toets.").locator("visible=true")).to_be_visible()
    _go_on(phone)
    _answer_all(phone)
    _go_on(phone)
    _has_result(phone)
    assert _kept(phone) == []
    first = phone.locator(".route .stop").first
    address = first.get_attribute("href")
    expect(first).to_contain_text("Hier leer je wat je niet in AI typt.")
    phone.get_by_role("button", name="Neem deze route").click()
    expect(phone).to_have_url(re.compile("/mijn/$"))
    expect(phone.locator(".nowcard")).to_have_attribute("href", address or "")
    phone.locator(".dock .btn-main").click()
    expect(phone).to_have_url(re.compile(re.escape(address or "") + "#stap-1$"))


def test_from_the_startmeting_over_a_lesson_of_its_route_to_a_review_a_week_later(
    new_phone: Callable[..., Page], own_server: Server
):
    phone = new_phone(at=own_server)
    phone.goto("/startmeting/")
    _go_on(phone)
    _answer_all(phone)
    _go_on(phone)
    _has_result(phone)
    phone.get_by_role("button", name="Neem deze route").click()
    expect(phone).to_have_url(re.compile("/mijn/$"))
    slug = (phone.locator(".nowcard").get_attribute("href") or "").split("/")[2]
    lesson = take_lesson(phone, slug)
    taken = lesson.ids
    phone.goto("/mijn/")
    expect(phone.locator(".route .done")).to_contain_text("1 les klaar")
    expect(phone.locator("a.nowcard", has_text="Herhalen")).to_have_count(0)

    days_pass(own_server, 7)
    reviews = open_reviews(phone)
    assert reviews.step_id in taken, "what comes back is a question of the lesson that was taken"
    reviews.solve()
    reviews.go_on()
    is_saved(reviews)


def test_it_goes_by_keyboard(phone: Page):
    phone.goto("/startmeting/")
    keys = Keys(phone)
    keys.tab_to("[data-next]")
    keys.press("Enter")
    for number in range(1, 13):
        expect(phone.locator("[data-where]")).to_contain_text(f"Vraag {number} van 12")
        assert phone.evaluate("document.activeElement.tagName") == "H2", "the focus goes to the new question"
        assert keys.here["onTop"]
        keys.tab_to(f"{STEP} input[type=radio]")
        assert keys.here["ring"]
        keys.press("Space")
        if number == 3:
            keys.press("ArrowDown")
        keys.press("Enter")  # from the answer itself
    _has_result(phone)


def test_without_javascript_it_is_one_page_that_works_whole(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto("/startmeting/")
    expect(phone.locator("fieldset")).to_have_count(12)
    for number, choice in enumerate(CHOICES):
        phone.locator("fieldset").nth(number).locator(".choice").nth(choice).click()
    phone.get_by_role("button", name="Bekijk je uitslag").click()
    _has_result(phone)
    phone.get_by_role("button", name="Neem deze route").click()
    expect(phone.locator(".nowcard")).to_contain_text("Begin hier")
    assert {cookie["name"]: cookie["value"] for cookie in phone.context.cookies()}["vak"] == "bouw"


def test_without_signal_the_answers_stay_and_go_later(phone: Page):
    phone.goto("/startmeting/")
    _go_on(phone)
    _answer_all(phone)
    phone.context.set_offline(True)
    _go_on(phone)
    told = phone.locator("[data-told]")
    expect(told).to_contain_text("Geen verbinding.")
    expect(told).to_contain_text("Je antwoorden staan op je telefoon.")
    expect(phone.locator("[data-next]")).to_have_text("Stuur nu")
    assert len(_kept(phone)) == 1
    phone.context.set_offline(False)
    _has_result(phone)
    assert _kept(phone) == []


def test_a_reply_that_was_lost_changes_nothing(phone: Page):
    """The server has it, the phone does not know: sent again by a tap, kept once."""
    keys: list[str] = []

    def lose(route):
        if route.request.method != "POST":
            return route.continue_()
        keys.append(re.search(r"key=([^&]+)", route.request.post_data)[1])
        if len(keys) == 1:
            route.fetch()
            return route.abort("connectionreset")
        return route.continue_()

    phone.goto("/startmeting/")
    _go_on(phone)
    _answer_all(phone)
    phone.route(ADDRESS, lose)
    _go_on(phone)
    expect(phone.locator("[data-told]")).to_contain_text("Geen verbinding.")
    _go_on(phone)
    _has_result(phone)
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_half_finished_answers_wait_on_the_phone_and_it_goes_on_there(phone: Page):
    sent: list[str] = []
    phone.context.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    phone.goto("/startmeting/")
    _go_on(phone)
    for number in range(1, 5):
        _answer(phone, number, CHOICES[number - 1])
        _go_on(phone)
    expect(phone.locator("[data-where]")).to_contain_text("Vraag 5 van 12")
    phone.goto("/startmeting/")
    expect(phone.locator("[data-where]")).to_contain_text("Vraag 5 van 12")
    phone.locator("[data-back]").click()
    expect(phone.locator(f"{STEP} .choice:has(:checked)")).to_contain_text("Ik probeer het zelf")
    phone.go_back()
    expect(phone.locator("[data-where]")).to_contain_text("Vraag 5 van 12")
    assert sent == []


def test_the_next_one_on_the_phone_begins_with_their_own(phone: Page):
    phone.goto("/startmeting/")
    _go_on(phone)
    _answer(phone, 1, 0)
    _go_on(phone)
    phone.context.clear_cookies(name="eigenaar")
    phone.goto("/startmeting/")
    expect(phone.locator("[data-where]")).to_contain_text("4 minuten")
    _go_on(phone)
    expect(phone.locator(f"{STEP} :checked")).to_have_count(0)


def test_the_chosen_text_is_set_at_once_and_never_sent(phone: Page):
    posted: list[str] = []
    phone.context.on("request", lambda request: posted.append(request.post_data or ""))
    phone.goto("/startmeting/")
    _go_on(phone)
    _answer(phone, 1, 0)
    expect(phone.locator("[data-variant-choice=gewoon]")).to_have_attribute("aria-current", "true")
    _answer(phone, 1, 1)
    expect(phone.locator("[data-variant-choice=makkelijk]")).to_have_attribute("aria-current", "true")
    _answer(phone, 1, 2)
    expect(phone.locator("[data-variant-choice=makkelijk]")).to_have_attribute("aria-current", "true")
    _go_on(phone)
    expect(phone.locator(".tools [role=status]")).to_have_text("Kan nu niet voorlezen.")  # no voice, no sound here
    _answer_all(phone, first=2)
    _go_on(phone)
    _has_result(phone)
    (body,) = [body for body in posted if "vraag-" in body]
    assert "vraag-vak=" in body
    assert "tekst" not in body
    assert "voorlezen" not in body


def test_looking_at_it_keeps_nothing(phone: Page):
    phone.goto("/startmeting/")
    _go_on(phone)
    phone.locator("[data-back]").click()
    names = {cookie["name"] for cookie in phone.context.cookies()}
    assert names.isdisjoint({"eigenaar", "kortwijs", "soort", "vak"})
    assert _kept(phone) == []
