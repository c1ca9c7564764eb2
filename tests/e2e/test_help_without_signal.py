"""'Ik wil hulp' without signal: it waits, says so, and reaches the teacher once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.arriving import back_as, begin, join, sign_in, someone_else
from tests.e2e.groups import CLASS
from tests.e2e.player import Lesson, nothing_waits, waiting_events
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
EVENTS = "**/leren/events"
WAITS, KNOWN = "Je vraag wacht op internet.", "Je docent weet het."
pytestmark = pytest.mark.flaky(reruns=0)  # a question lost once in many is still lost


def ask(page: Page) -> Locator:
    return page.get_by_role("button", name="Ik wil hulp")


def asked(page: Page) -> list[bool]:
    """What waits on this phone about help, oldest first."""
    return [event["help"] for event in waiting_events(page) if "help" in event]


def those_who_ask(new_phone: NewPhone, server: Server) -> list[str]:
    """What the teacher of the class sees."""
    teacher = new_phone(at=server)
    sign_in(teacher, "bram")
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=CLASS).click()
    expect(teacher.get_by_role("heading", level=1)).to_have_text(CLASS)
    return [row.inner_text().strip() for row in teacher.locator(".help-row b").all()]


def test_a_question_without_signal_waits_and_then_the_teacher_knows(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    lesson = begin(phone)
    phone.context.set_offline(True)
    ask(phone).dblclick()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    expect(phone.get_by_text(KNOWN)).to_be_hidden()
    assert set(asked(phone)) == {True}
    assert those_who_ask(new_phone, own_server) == []

    phone.context.set_offline(False)
    expect(phone.get_by_text(KNOWN)).to_be_visible()
    assert asked(phone) == []
    assert those_who_ask(new_phone, own_server) == ["Anna"]
    lesson.go_on()
    expect(phone.get_by_text(KNOWN)).to_be_visible()
    phone.get_by_role("button", name="Het lukt weer").click()
    expect(ask(phone)).to_be_visible()
    expect(ask(phone)).to_be_focused()
    assert those_who_ask(new_phone, own_server) == []


def test_a_question_is_asked_before_anything_else_was_done(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    Lesson(phone).open()
    phone.context.set_offline(True)
    ask(phone).click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text(KNOWN)).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(KNOWN)).to_be_visible()


def test_a_page_that_was_closed_forgets_no_question(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    begin(phone)
    phone.context.set_offline(True)
    ask(phone).click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    phone.close()
    phone = phone.context.new_page()
    phone.context.set_offline(False)
    phone.route(EVENTS, lambda route: route.abort("internetdisconnected"))
    Lesson(phone).open()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    phone.unroute(EVENTS)
    phone.goto("/mijn/")
    nothing_waits(phone)
    assert those_who_ask(new_phone, own_server) == ["Anna"]
    Lesson(phone).open()
    expect(phone.get_by_text(KNOWN)).to_be_visible()


def test_what_is_taken_back_while_it_waits_is_never_seen(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    lesson = begin(phone)
    phone.context.set_offline(True)
    ask(phone).click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    phone.get_by_role("button", name="Het lukt weer").click()
    expect(ask(phone)).to_be_visible()
    phone.context.set_offline(False)
    expect(lesson.saved).to_have_text("Opgeslagen.")
    assert those_who_ask(new_phone, own_server) == []


def test_on_a_shared_phone_a_question_waits_for_who_asked_it(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    begin(phone)
    phone.route(EVENTS, lambda route: route.abort("internetdisconnected"))
    ask(phone).click()
    expect(phone.get_by_text(WAITS)).to_be_visible()
    someone_else(phone)
    join(phone, "Bea")
    phone.unroute(EVENTS)
    begin(phone)
    expect(ask(phone)).to_be_visible()
    assert asked(phone) == [True]
    assert those_who_ask(new_phone, own_server) == []
    back_as(phone, "Anna")
    nothing_waits(phone)
    assert those_who_ask(new_phone, own_server) == ["Anna"]


def test_who_has_no_teacher_here_is_told_whom_to_ask(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    begin(phone)
    ask(phone).click()
    phone.wait_for_url("**/hulp/?les=laat-het-weg")
