"""The practice assistant: what is typed never leaves the phone, and it can be done without typing."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, Request, expect

from tests.e2e.player import STEP, Lesson, key_of, waiting_events

SECRET = "Geheimenstein"
WRONG = f'mevrouw {SECRET} <img src=x onerror="document.title=1">'


def _watch(page: Page) -> list[Request]:
    seen: list[Request] = []
    page.context.on("request", lambda request: seen.append(request))
    page.on("websocket", lambda socket: seen.append(socket))  # type: ignore[arg-type]
    return seen


def _at_the_chat(page: Page) -> Lesson:
    lesson = Lesson(page).open().go_to("oefenchat")
    expect(lesson.saved).to_have_text("Opgeslagen.")
    page.wait_for_load_state("networkidle")
    return lesson


def _stores(page: Page) -> Any:
    return page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie, location.href])")


def test_nothing_leaves_while_practising_and_then_only_a_fixed_word(phone: Page):
    lesson = _at_the_chat(phone)
    seen = _watch(phone)
    field = lesson.step.locator("textarea")
    lesson.step.get_by_role("button", name="Pas zelf aan").click()
    field.fill(f"Schrijf een brief aan {WRONG}")
    lesson.press("Stuur naar de oefen-AI")
    expect(lesson.feedback).to_contain_text("Wacht even.")
    expect(lesson.step.locator("mark")).to_contain_text(SECRET)
    assert lesson.step.locator("img").count() == 0
    lesson.press("Probeer opnieuw")
    expect(field).to_have_value(f"Schrijf een brief aan {WRONG}")
    field.fill("Schrijf een brief aan een huurder.")
    lesson.press("Stuur naar de oefen-AI")
    expect(lesson.step.locator("[data-answer]").first).to_contain_text("Beste huurder")
    assert [request.url for request in seen if not request.service_worker] == []  # the worker keeps lessons meanwhile
    assert waiting_events(phone) == []
    with phone.expect_event("requestfinished", lambda request: request.method == "POST"):
        lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    bodies = [request.post_data or "" for request in seen]
    assert any('"klaar"' in body for body in bodies)
    assert not any(SECRET in body + request.url for body, request in zip(bodies, seen, strict=True))
    assert SECRET not in _stores(phone)


def test_without_its_lists_it_waits_and_calls_nothing_clean(new_phone: Callable[..., Page]):
    phone = new_phone(service_workers="block")  # which would have kept them
    phone.route("**/lists.*.json", lambda route: route.abort())
    lesson = _at_the_chat(phone)
    lesson.step.get_by_role("button", name="Pas zelf aan").click()
    lesson.step.locator("textarea").fill(f"Schrijf aan {WRONG}.")
    lesson.press("Stuur naar de oefen-AI")
    expect(lesson.feedback).to_contain_text("Je telefoon heeft geen verbinding.")
    expect(lesson.step.locator("textarea")).to_have_value(f"Schrijf aan {WRONG}.")
    expect(lesson.step.locator("[data-answer]").first).to_be_hidden()
    phone.unroute("**/lists.*.json")
    lesson.press("Stuur naar de oefen-AI")
    expect(lesson.feedback).to_contain_text("Wacht even.")
    expect(lesson.step.locator("mark")).to_contain_text(SECRET)


def test_it_can_be_done_by_tapping_alone_and_in_both_texts(phone: Page):
    for variant in ("Gewoon", "Makkelijk"):
        lesson = Lesson(phone).open()
        lesson.choose(variant)
        lesson.go_to("oefenchat").solve()
        assert lesson.label == "Verder", variant
        lesson.back.click()
        phone.evaluate("localStorage.clear()")


def test_a_draft_survives_the_other_text_and_can_begin_again(phone: Page):
    lesson = _at_the_chat(phone)
    field = lesson.step.locator("textarea")
    lesson.step.get_by_role("button", name="Pas zelf aan").click()
    note = field.input_value().replace("\n", " ")
    field.fill("Mijn eigen tekst.")
    lesson.choose("Gewoon")
    lesson.choose("Makkelijk")
    expect(field).to_have_value("Mijn eigen tekst.")
    lesson.step.get_by_role("button", name="Begin opnieuw met de tekst").click()
    expect(lesson.step.locator(".draft")).to_have_text(note)


def test_200_kilobyte_in_the_field_is_cut_and_told(phone: Page):
    lesson = _at_the_chat(phone)
    field = lesson.step.locator("textarea")
    lesson.step.get_by_role("button", name="Pas zelf aan").click()
    field.focus()
    phone.keyboard.insert_text("Jan de Vries 0612345678 " * 8500)
    expect(phone.locator(f"{STEP} .meta").first).to_contain_text("hoogstens 2000 tekens")
    assert len(field.input_value()) == 2000
    lesson.press("Stuur naar de oefen-AI")
    expect(lesson.feedback).to_be_visible()


def test_no_signal_is_no_hindrance(phone: Page):
    lesson = _at_the_chat(phone)
    phone.context.set_offline(True)
    lesson.solve()
    assert lesson.label == "Verder"
    phone.context.set_offline(False)


def test_what_was_sent_is_safe_in_the_other_text_too(phone: Page):
    lesson = _at_the_chat(phone)
    lesson.solve()
    lesson.choose("Gewoon")
    sent = lesson.step.locator(".draft")
    expect(sent).to_contain_text("een huurder")
    for word in ("De Groot", "Kadestraat", "840", "depressie"):
        assert word not in sent.inner_text()


def test_without_javascript_one_ticks_what_must_go(new_phone: Callable[..., Page]):
    page = new_phone(java_script_enabled=False)
    page.goto("/les/laat-het-weg/")
    step = page.locator(".step:has([data-kind=oefenchat])")
    parts = {name: part["kind"] for name, part in key_of(step)["parts"].items()}
    pointing = [name for name, kind in parts.items() if kind != "niets"]
    step.locator(f"label:has([name=weg-{pointing[0]}])").click()
    step.get_by_role("button", name="Kijk na").click()
    expect(page.locator(".fb")).to_contain_text("Er staat nog")
    for name in pointing[1:]:  # what was ticked stays ticked
        page.locator(f"label:has([name=weg-{name}])").click()
    page.get_by_role("button", name="Kijk na").click()
    expect(page.locator(".fb")).to_contain_text("Klopt.")
    expect(page.get_by_text("Opgeslagen.")).to_be_visible()
