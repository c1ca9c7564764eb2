"""One phone, more people: pages that stood open, cookies that went, and what stays behind."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import begin, is_saved, join, someone_else
from tests.e2e.kept import kept, nothing_waits
from tests.e2e.player import Lesson, Posted, waiting_events
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
pytestmark = pytest.mark.flaky(reruns=0)  # an answer lost once in many is still lost
REMEMBERED = "Object.keys(localStorage).filter((name) => name.startsWith('les:'))"
COME_BACK = "dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"


def owner_of(page: Page) -> str:
    return next((c["value"] for c in page.context.cookies() if c["name"] == "eigenaar"), "")


def test_in_a_lesson_that_stood_open_the_next_ones_answers_are_kept_as_theirs(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    lesson = begin(phone)
    anna = owner_of(phone)
    someone_else(phone.context.new_page())
    lesson.go_on()
    is_saved(lesson)
    nothing_waits(phone)
    assert owner_of(phone) not in ("", anna)
    assert (kept(own_server).learners, kept(own_server).attempts) == (2, 2)
    assert len({name.split(":")[1] for name in phone.evaluate(REMEMBERED)}) == 2


def test_a_page_of_the_one_before_is_not_shown_again(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    lesson = begin(phone)
    lesson.go_on()
    someone_else(phone.context.new_page())
    with phone.expect_navigation():
        phone.evaluate(COME_BACK)
    lesson.ready()
    assert phone.evaluate("document.cookie").count("eigenaar=") == 0
    phone.goto("/les/laat-het-weg/")
    assert lesson.ready().step_id == lesson.ids[0]


@pytest.mark.parametrize("value", ["", "kapot", "7B0C8F4E"])
def test_a_phone_that_lost_its_key_loses_no_answer(new_phone: NewPhone, own_server: Server, value: str):
    """Safari throws cookies that a script wrote away after a week; the session lives on."""
    phone = new_phone(at=own_server)
    posted = Posted(phone.context)
    lesson = begin(phone)
    key = owner_of(phone)
    phone.context.clear_cookies(name="eigenaar")
    if value:
        phone.context.add_cookies([{"name": "eigenaar", "value": value, "url": own_server.url}])
    lesson.go_on()
    is_saved(lesson)
    nothing_waits(phone)
    assert owner_of(phone) == key
    assert kept(own_server).learners == 1
    assert set(posted.ids) == set(kept(own_server).events)


def test_who_is_taken_off_a_phone_leaves_no_answers_on_it(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    begin(phone)
    key = owner_of(phone)
    phone.route("**/leren/events", lambda route: route.abort("internetdisconnected"))
    lesson = Lesson(phone).open()
    lesson.go_on()
    assert [event["owner"] for event in waiting_events(phone)] == [key]
    someone_else(phone)
    phone.goto("/wie/")
    phone.get_by_role("button", name="Haal weg").click()
    assert key not in phone.url  # nor in the browser's history
    phone.get_by_role("button", name="Ja, haal weg").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Wie ben jij?")
    nothing_waits(phone)
    phone.wait_for_function("!document.cookie.includes('weg=')")
    assert phone.evaluate(REMEMBERED) == []
    assert key not in str(phone.context.cookies())
