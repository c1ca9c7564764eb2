"""A question with more than one right answer: boxes and 'Kijk na', by tap, by keyboard and without JavaScript."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.player import Lesson, Posted, key_of

LESSON = "klopt-het-antwoord"
STEP = "a4-check-2"


def opened(phone: Page) -> Lesson:
    return Lesson(phone, LESSON).open_at(STEP)


def label(lesson: Lesson, option: str):
    return lesson.step.locator(f"label.choice:has(input[name='{option}'])")


def test_what_was_right_stays_chosen_and_what_is_missed_is_told_later(phone: Page):
    posted = Posted(phone.context)
    lesson = opened(phone)
    expect(lesson.step.get_by_role("heading", name="Kies alles wat klopt")).to_be_visible()
    first, second = key_of(lesson.step)["right"]
    assert lesson.label == ""
    label(lesson, first).click()
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Nog niet.")
    expect(lesson.feedback).to_contain_text("Er is nog meer goed.")
    expect(lesson.step.get_by_text("Jouw keuze")).to_have_count(1)
    told = lesson.feedback.inner_text()

    lesson.press("Probeer opnieuw")
    expect(label(lesson, first).locator("input")).to_be_checked()
    lesson.press("Kijk na")
    assert lesson.feedback.inner_text() != told, "the second time it says what to look at"
    lesson.press("Probeer opnieuw")
    lesson.choose("Gewoon")
    lesson.choose("Makkelijk")
    label(lesson, second).click()
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Klopt.")
    told = lesson.feedback.inner_text()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    answers = [event["response"] for event in posted.events if event.get("exercise")]
    assert sorted(answers[-1]) == sorted([first, second])
    phone.reload()
    lesson.ready()
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    expect(lesson.step.get_by_text("Jouw keuze")).to_have_count(2)


def test_a_wrong_choice_gets_its_own_why_and_is_let_go_of(phone: Page):
    lesson = opened(phone)
    lesson.tap(right=False)
    expect(lesson.feedback).to_contain_text("Nog niet.")
    expect(lesson.feedback).not_to_contain_text("Er is nog meer goed.")
    lesson.press("Probeer opnieuw")
    expect(lesson.step.locator("input:checked")).to_have_count(1)


def test_it_goes_by_keyboard(phone: Page):
    lesson = opened(phone)
    key = key_of(lesson.step)
    lesson.step.locator("label.choice:visible input").first.focus()
    for _ in lesson.step.locator("label.choice:visible").all():
        if phone.evaluate("document.activeElement.name") in key["right"]:
            phone.keyboard.press("Space")
        phone.keyboard.press("Tab")
    lesson.main.focus()
    phone.keyboard.press("Enter")
    expect(lesson.feedback).to_contain_text("Klopt.")


def test_without_script_it_is_a_form_with_boxes(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/les/{LESSON}/")
    step = phone.locator(f"[data-step={STEP}]")
    first, second = key_of(step)["right"]
    step.locator(f"label.choice:has(input[name='{first}'])").click()
    step.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Er is nog meer goed.")
    expect(phone.locator(f"input[name='{first}']")).to_be_checked()
    phone.locator(f"label.choice:has(input[name='{second}'])").click()
    phone.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Klopt.")
