"""What one writes for oneself never leaves the phone: every request is watched, and the server's storage searched."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.arriving import at_home, begin, is_saved, sign_in
from tests.e2e.player import Lesson, waiting_events
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys

SLUG = "zo-maakt-ai-een-antwoord"
SECRET = "zeehondenbrood"
OWN = "Object.entries(localStorage).filter(([name]) => name.includes(':eigen:'))"


class Listener:
    """Everything that goes out: addresses, headers and bodies, of requests and beacons."""

    def __init__(self, page: Page) -> None:
        self.sent: list[str] = []
        page.context.on("request", self._note)

    def _note(self, request: Request) -> None:
        body = request.post_data_buffer or b""
        self.sent.append(f"{request.method} {request.url} {request.headers}")
        self.sent.append(body.decode(errors="replace"))


def at_the_reflectie(phone: Page) -> Lesson:
    lesson = Lesson(phone, SLUG).open()
    number = next(n for n in range(1, 20) if phone.locator(f"#stap-{n} kw-reflectie").count())
    phone.goto("about:blank")
    phone.goto(f"/les/{SLUG}/#stap-{number}")
    lesson.ready()
    assert lesson.kind == "reflectie"
    return lesson


def held_by(server: Server) -> list[Path]:
    """The files of the server, its database and logs, that hold the secret."""
    files = [file for file in server.data.rglob("*") if file.is_file()]
    return [file for file in files if SECRET.encode() in file.read_bytes()]


def test_a_typed_word_never_leaves_the_phone(new_phone: Callable[..., Page], own_server: Server):
    phone = new_phone(at=own_server)
    listener = Listener(phone)
    lesson = at_the_reflectie(phone)
    field = lesson.step.get_by_label("Voor jezelf")
    field.press_sequentially(SECRET)
    phone.evaluate("document.querySelector('kw-speech button').click()")  # Luister
    lesson.go_on()
    lesson.back.click()
    expect(field).to_have_value(SECRET)
    lesson.choose("Gewoon")
    lesson.choose("Makkelijk")
    phone.context.set_offline(True)
    field.press_sequentially(" nog eens")
    lesson.go_on()
    phone.context.set_offline(False)
    phone.evaluate("dispatchEvent(new Event('online'))")
    expect(lesson.saved).to_have_text("Opgeslagen.")
    lesson.back.click()
    phone.reload()
    lesson.ready()
    expect(field).to_have_value(f"{SECRET} nog eens")
    phone.locator("a[data-help]").click()
    phone.get_by_role("link", name="Deze les klopt niet").click()
    phone.get_by_text("Ik begrijp het niet").click()
    phone.locator("[form=melding], #melding button").first.click()
    phone.goto("/mijn/")
    lesson.open()
    assert not [event for event in waiting_events(phone) if SECRET in str(event)]
    assert any("/leren/events" in line for line in listener.sent), "the listener hears what is sent"
    assert [line for line in listener.sent if SECRET in line] == []
    assert SECRET not in str(phone.context.cookies())
    own_server.stop()
    assert held_by(own_server) == []


def test_it_is_there_again_and_can_be_wiped_by_keyboard(phone: Page):
    lesson = at_the_reflectie(phone)
    keys = Keys(phone)
    keys.tab_to("kw-reflectie textarea")
    phone.keyboard.type(SECRET)
    phone.reload()
    lesson.ready()
    expect(phone.locator("kw-reflectie textarea")).to_have_value(SECRET)
    keys.tab_to("kw-reflectie textarea")
    keys.tab_to("kw-reflectie button")
    keys.press("Enter")
    expect(phone.locator("kw-reflectie textarea")).to_have_value("")
    expect(phone.locator("kw-reflectie textarea")).to_be_focused()
    assert phone.evaluate(OWN) == []


def test_someone_else_on_the_phone_sees_nothing_of_it_and_taken_off_it_is_gone(phone: Page):
    lesson = at_the_reflectie(phone)
    field = phone.locator("kw-reflectie textarea")
    field.fill(SECRET)
    (kept,) = phone.evaluate(OWN)
    owner = kept[0].split(":")[1]
    home = phone.evaluate("location.origin")
    other = "0" * 8 + "-0000-4000-8000-" + "0" * 12
    phone.context.add_cookies([{"name": "eigenaar", "value": other, "url": home}])
    field.press_sequentially("x")
    expect(field).to_have_value("")
    lesson.go_on()
    phone.context.add_cookies([{"name": "weg", "value": owner, "url": home}])
    phone.goto("/mijn/")
    phone.wait_for_function(f"() => {OWN}.length === 0")


@pytest.mark.parametrize("has_lessons", [False, True])
def test_it_goes_along_when_one_signs_in(new_phone: Callable[..., Page], own_server: Server, has_lessons: bool):
    """Also when nothing waits to be sent, so that no answer of the server to events tells it."""
    if has_lessons:
        elsewhere = new_phone(at=own_server)
        sign_in(elsewhere, "anna")
        at_home(elsewhere)
        begin(elsewhere)
    phone = new_phone(at=own_server)
    lesson = at_the_reflectie(phone)
    lesson.step.get_by_label("Voor jezelf").press_sequentially(SECRET)
    lesson.go_on()
    is_saved(lesson)
    sign_in(phone, "anna")
    if has_lessons:
        phone.get_by_role("button", name="Ja, van mij").click()
    at_home(phone)
    phone.wait_for_function("() => document.readyState === 'complete' && !document.cookie.includes('samen=')")
    (kept,) = phone.evaluate(OWN)
    assert kept[0].split(":")[1] == next(c["value"] for c in phone.context.cookies() if c["name"] == "eigenaar")
    at_the_reflectie(phone)
    expect(phone.locator("kw-reflectie textarea")).to_have_value(SECRET)


def test_without_scripts_there_is_a_question_and_no_field(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/les/{SLUG}/")
    expect(phone.locator("kw-reflectie")).to_contain_text("Denk aan:")
    expect(phone.locator("kw-reflectie textarea, kw-reflectie form, kw-reflectie button")).to_have_count(0)
