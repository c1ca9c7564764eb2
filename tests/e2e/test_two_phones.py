"""One learner on two phones, and two learners who turn out to be one: nothing lost, nothing doubled."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, back_as, begin, hand_over, is_saved, join, sign_in
from tests.e2e.kept import kept, nothing_waits
from tests.e2e.player import Lesson, Posted, waiting_events
from tests.e2e.serving import Server

EVENTS = "**/leren/events"
LESSONS = ("wat-is-ai", "persoonsgegevens", "laat-het-weg")
NewPhone = Callable[..., Page]
pytestmark = pytest.mark.flaky(reruns=0)  # an answer lost once in many is still lost


def _go_on(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="Ja, ga verder").click()


def _is_asked(page: Page, what: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text("Zijn deze lessen van jou?")
    expect(page.locator("main .meta")).to_have_text(what)


def test_a_learner_without_account_goes_on_on_another_phone(new_phone: NewPhone, own_server: Server):
    first, second, third = (new_phone(at=own_server) for _ in range(3))
    phones = [Posted(page.context) for page in (first, second)]
    lesson = Lesson(first).open().go_to("keuze")
    is_saved(lesson)
    place = lesson.step_id
    address = hand_over(first)
    expect(first.locator(".qrbox svg")).to_be_visible()
    expect(first.locator(".code")).to_have_text(address.split("/")[2])

    _go_on(second, address)
    at_home(second)
    expect(second.locator(".nowcard")).to_contain_text("Hier ben je")
    other = Lesson(second).open()
    expect(other.step).to_have_attribute("data-step", place)

    lesson.open()
    for phone in (other, lesson):
        phone.go_to("card")
        is_saved(phone)
    found = kept(own_server)
    assert (found.learners, found.attempts, found.done, found.busy) == (1, 1, ["B2"], [])
    assert sorted(found.events) == sorted({key for posted in phones for key in posted.ids})
    for page in (first, second):
        page.goto("/mijn/")
        expect(page.locator(".route .done")).to_contain_text("1 les klaar")

    third.goto(address)
    expect(third.get_by_role("heading", level=1)).to_have_text("Deze code werkt niet meer")


def test_a_look_at_the_link_does_not_use_the_code_up(new_phone: NewPhone, own_server: Server):
    first, curious, second = (new_phone(at=own_server) for _ in range(3))
    begin(first)
    address = hand_over(first)
    curious.goto(address)
    curious.get_by_role("link", name="Nee").click()
    _go_on(second, address)
    at_home(second)


def test_three_lessons_join_those_of_anna_and_nothing_is_lost_or_doubled(new_phone: NewPhone, own_server: Server):
    first, second = new_phone(at=own_server), new_phone(at=own_server)
    phones = [Posted(page.context) for page in (first, second)]
    join(first, "Anna")
    begin(first)
    address = hand_over(first)
    for slug in LESSONS[:2]:
        is_saved(Lesson(second, slug).open().go_to("card"))
    lesson = Lesson(second, LESSONS[2]).open().go_to("keuze")
    is_saved(lesson)
    second.route(EVENTS, lambda route: route.abort("internetdisconnected"))
    lesson.go_to("card")
    expect(lesson.saved).to_contain_text("Geen verbinding")
    waiting = {event["id"] for event in waiting_events(second)}
    assert waiting

    _go_on(second, address)
    _is_asked(second, "3 lessen")
    second.unroute(EVENTS)
    second.get_by_role("button", name="Ja, van mij").click()
    expect(second.get_by_text("Gelukt.")).to_be_visible()
    nothing_waits(second)
    found = kept(own_server)
    assert (found.learners, found.done, found.busy) == (1, ["A1", "B1", "B2"], [])
    assert waiting <= set(found.events)
    assert sorted(found.events) == sorted({key for posted in phones for key in posted.ids})
    assert len(found.events) == len(set(found.events))
    for page in (first, second):
        page.goto("/mijn/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Dag Anna")
        expect(page.locator(".route .done")).to_contain_text("3 lessen klaar")


def test_lessons_of_someone_else_stay_apart_on_the_phone(new_phone: NewPhone, own_server: Server):
    first, second = new_phone(at=own_server), new_phone(at=own_server)
    join(first, "Anna")
    begin(first)
    address = hand_over(first)
    begin(second, "wat-is-ai")
    _go_on(second, address)
    _is_asked(second, "1 les")
    second.get_by_role("button", name="Nee, van iemand anders").click()
    expect(second.get_by_text("De andere lessen blijven apart staan.")).to_be_visible()
    assert (kept(own_server).learners, kept(own_server).busy) == (2, ["A1", "B2"])
    expect(second.locator(".nowcard")).to_contain_text("Wat typ je niet in AI?")
    back_as(second, "Zonder naam")
    expect(second.locator(".nowcard")).to_contain_text("Wat is AI?")
    back_as(second, "Anna")
    expect(second.locator(".nowcard")).to_contain_text("Wat typ je niet in AI?")


def test_someone_who_signs_in_takes_along_what_was_done_before(new_phone: NewPhone, own_server: Server):
    """Anna's account has no lessons yet, so there is nothing to ask."""
    phone = new_phone(at=own_server)
    begin(phone)
    sign_in(phone, "anna")
    at_home(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dag Anna")
    expect(phone.get_by_text("Van deze telefoon meegenomen: 1 les.")).to_be_visible()
    expect(phone.locator(".nowcard")).to_contain_text(re.compile("Hier ben je.*Wat typ je niet in AI?", re.DOTALL))
    assert kept(own_server).learners == 1


def test_someone_who_signs_in_with_lessons_of_their_own_is_asked(new_phone: NewPhone, own_server: Server):
    first, second = (new_phone(at=own_server) for _ in range(2))
    sign_in(first, "anna")
    at_home(first)
    begin(first, "wat-is-ai")
    begin(second)
    sign_in(second, "anna")
    _is_asked(second, "1 les")
    second.get_by_role("button", name="Ja, van mij").click()
    at_home(second)
    found = kept(own_server)
    assert (found.learners, found.busy) == (1, ["A1", "B2"])
