"""A lesson that changed, and a lesson on a phone of several people: what the first screens say."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, is_saved, join, someone_else
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

ADD_A_STEP = """
import json
from modules.models import ModulePage
lesson = ModulePage.objects.get(code="B2")
steps = list(lesson.steps.get_prep_value())
new = {**next(step for step in steps if step["type"] == "screen"), "id": "b2-nieuw"}
lesson.steps = json.dumps([*steps[:-1], new, steps[-1]])
lesson.save_revision().publish()
"""


def test_who_was_done_finds_what_is_new_and_stays_done(new_phone: Callable[..., Page], own_server: Server):
    page = new_phone(at=own_server)
    lesson = Lesson(page).open().go_to("card")
    is_saved(lesson)
    lesson.press("Naar mijn lessen")
    at_home(page)
    own_server.manage("shell", "-v0", "-c", ADD_A_STEP)
    page.goto("/mijn/")
    page.get_by_text("1 les klaar").click()
    done = page.locator(".route .done")
    expect(done).to_contain_text("1 nieuw scherm")
    done.get_by_role("link").first.click()
    lesson.ready()
    expect(lesson.step).to_have_attribute("data-step", "b2-nieuw")
    expect(lesson.step.locator(".is-new")).to_have_text("Nieuw")
    lesson.go_on()
    is_saved(lesson)
    expect(lesson.step.locator(".is-new")).to_have_count(0)
    page.goto("/mijn/")
    page.get_by_text("1 les klaar").click()
    expect(done).not_to_contain_text("nieuw")


def test_a_lesson_says_who_is_learning_only_on_a_phone_of_several(phone: Page):
    join(phone, "Ella")
    note = phone.locator("[data-who]")
    lesson = Lesson(phone).open()
    expect(note).to_be_hidden()  # her own phone so far
    lesson.go_on()
    is_saved(lesson)
    someone_else(phone)
    join(phone, "Finn")
    lesson = Lesson(phone).open()
    expect(note).to_contain_text("Jij bent Finn.")
    lesson.go_on()
    expect(note).to_be_hidden()
    Lesson(phone, "persoonsgegevens").open()
    note.get_by_role("link").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ben jij Finn?")
    phone.get_by_role("button", name="Ja, ga verder").click()
    expect(phone).to_have_url(re.compile("/les/persoonsgegevens/"))
