"""Tap what is wrong in a message: by tap, by keyboard and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.player import Lesson, Posted, key_of
from tests.e2e.serving import Server

LESSON = "persoonsgegevens"
STEP = "b1-zoek"


def opened(phone: Page) -> Lesson:
    return Lesson(phone, LESSON).open_at(STEP)


def box(lesson: Lesson, part: str):
    return lesson.step.locator(f"input[name='{part}']")


def test_what_was_found_stays_found_and_the_count_is_calm(phone: Page):
    lesson = opened(phone)
    key = key_of(lesson.step)
    assert lesson.label == "", "nothing to check yet"
    lesson.tap(right=False)
    expect(lesson.feedback).to_contain_text("Nog niet.")
    expect(lesson.feedback).to_contain_text("Je vond er 1 van de 6.")
    expect(lesson.feedback).to_contain_text("Zoek er nog 5.")
    expect(lesson.step.get_by_text("Geen fout")).to_have_count(1)
    assert box(lesson, key["wrong"][0]).is_disabled()
    lesson.feedback.get_by_text("Bekijk wat je vond").click()
    expect(lesson.feedback.locator("dt")).to_have_count(1)

    lesson.press("Probeer opnieuw")
    expect(lesson.feedback).to_have_count(0)
    expect(box(lesson, key["wrong"][0])).to_be_checked()
    assert lesson.step.locator("input:checked").count() == 1, "what was no mistake is let go of"
    lesson.tap()
    expect(lesson.feedback).to_contain_text("Klopt.")
    expect(lesson.feedback.locator("dt")).to_have_count(6)


def test_everything_tapped_is_not_right_and_says_what_to_take_away(phone: Page):
    lesson = opened(phone)
    for label in lesson.step.locator(".spot").all():
        label.click()
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Haal weg wat wel klopt.")


def test_an_answer_comes_back_after_a_reload_and_a_switch_of_text_loses_nothing(phone: Page):
    lesson = opened(phone)
    first, *_ = key_of(lesson.step)["wrong"]
    lesson.step.locator(f".spot:has(input[name='{first}'])").click()
    lesson.choose("Gewoon")
    expect(box(lesson, first)).to_be_checked()
    lesson.choose("Makkelijk")
    lesson.tap(right=False)
    told = lesson.feedback.inner_text()
    phone.reload()
    lesson.ready()
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    expect(lesson.main).to_have_text("Probeer opnieuw")
    expect(box(lesson, first)).to_be_checked()


def test_it_goes_by_keyboard_in_the_order_of_reading(phone: Page):
    lesson = opened(phone)
    key = key_of(lesson.step)
    box(lesson, key["parts"][0]).focus()
    for part in key["parts"]:
        assert phone.evaluate("document.activeElement.name") == part
        if part in key["wrong"]:
            phone.keyboard.press("Space")
        phone.keyboard.press("Tab")
    lesson.main.focus()
    phone.keyboard.press("Enter")
    expect(lesson.step.locator("[aria-live=polite]")).to_contain_text("Klopt.")


def test_a_screen_reader_hears_boxes_in_a_named_group(phone: Page):
    lesson = opened(phone)
    group = lesson.step.get_by_role("group", name="De chat")
    expect(group.get_by_role("checkbox")).to_have_count(len(key_of(lesson.step)["parts"]))
    name = group.get_by_role("checkbox", name="mevrouw J.", exact=True)
    name.check(force=True)
    lesson.press("Kijk na")
    expect(group.get_by_role("checkbox", name=re.compile("mevrouw J. Gevonden"))).to_be_checked()


def test_only_what_was_tapped_is_sent(phone: Page):
    posted = Posted(phone.context)
    lesson = opened(phone)
    lesson.tap()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    (answer,) = [event["response"] for event in posted.events if event.get("exercise")]
    assert sorted(answer) == sorted(key_of(lesson.step)["wrong"])


@pytest.fixture
def in_the_trial(own_server: Server, new_phone: Callable[..., Page]) -> Callable[[str], Lesson]:
    """Opens the lesson of the tests, which has every shape of this exercise, at a step."""
    own_server.manage("shell", "-v0", "-c", "from tests.every_kind import load; load()")
    return lambda step: Lesson(new_phone(at=own_server), "proefles").open_at(step)


def test_in_a_drawing_one_taps_the_place_and_the_list_says_the_same(in_the_trial: Callable[[str], Lesson]):
    lesson = in_the_trial("e-zoek-tekening")
    note, letter, plant = (lesson.step.locator(f"[data-area=e-t{number}]") for number in (2, 3, 4))
    plant.click()
    expect(box(lesson, "e-t4")).to_be_checked()
    plant.click()
    expect(box(lesson, "e-t4")).not_to_be_checked()
    note.click()
    box(lesson, "e-t3").focus()
    lesson.page.keyboard.press("Space")
    expect(letter).to_have_class("is-on")
    lesson.press("Kijk na")
    expect(lesson.feedback).to_contain_text("Klopt.")
    plant.click()
    expect(box(lesson, "e-t4")).not_to_be_checked()  # what is answered stays as it was
    expect(lesson.step.get_by_role("img", name="Een bureau met een scherm")).to_be_visible()
    expect(lesson.step.get_by_role("checkbox", name="Een brief van een klant")).to_be_checked()


@pytest.mark.parametrize("step", ["e-zoek", "e-zoek-chat", "e-zoek-beeld", "e-zoek-tekening"])
def test_every_shape_goes_by_tap_and_by_keyboard(in_the_trial: Callable[[str], Lesson], step: str):
    lesson = in_the_trial(step)
    lesson.tap(right=False)
    expect(lesson.feedback).to_contain_text("Nog niet.")
    lesson.press("Probeer opnieuw")
    for part in key_of(lesson.step)["wrong"]:
        if not box(lesson, part).is_checked():
            box(lesson, part).focus()
            lesson.page.keyboard.press("Space")
    lesson.page.keyboard.press("Enter")
    expect(lesson.feedback).to_contain_text("Klopt.")


def test_without_script_it_is_a_form_with_boxes(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/les/{LESSON}/")
    step = phone.locator(f"[data-step={STEP}]")
    key = key_of(step)
    first, *rest = key["wrong"]
    step.get_by_role("button", name="Kijk na").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kies eerst wat niet klopt.")
    phone.goto(f"/les/{LESSON}/")
    step.locator(f".spot:has(input[name='{first}'])").click()
    step.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Zoek er nog 5.")
    expect(phone.locator(f"input[name='{first}']")).to_be_checked()
    for part in rest:
        phone.locator(f".spot:has(input[name='{part}'])").click()
    phone.get_by_role("button", name="Kijk na").click()
    expect(phone.locator(".fb")).to_contain_text("Klopt.")
