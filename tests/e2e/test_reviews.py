"""A learner takes a lesson; a week later its questions come back: by tap, by keyboard, without signal or script."""

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import is_saved
from tests.e2e.player import Lesson, key_of, one_of, waiting_events
from tests.e2e.reviewing import days_pass, open_reviews, take_lesson
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys, choose, press_main

_REVIEWS = """
import json
from assessments.models import Response
from learning.models import Progress
print(json.dumps({
    "reviews": [
        [row.exercise, row.correct] for row in Response.objects.filter(review=True).order_by("received_at", "at")
    ],
    "places": list(Progress.objects.values_list("module", "step", "saved_at").order_by("module")),
}, default=str))
"""


def _kept(server: Server) -> dict:
    return json.loads(server.manage("shell", "-v0", "-c", _REVIEWS))


@pytest.fixture
def phone(new_phone: Callable[..., Page], own_server: Server) -> Page:
    """A phone on which a lesson was taken a week ago."""
    page = new_phone(at=own_server)
    take_lesson(page)
    page.goto("/mijn/")
    expect(page.locator(".route")).to_be_visible()
    expect(page.locator("a.nowcard", has_text="Herhalen")).to_have_count(0)  # not on the same day
    days_pass(own_server, 7)
    return page


def _answer_all(reviews: Lesson) -> list[str]:
    asked = []
    while reviews.is_exercise:
        asked.append(reviews.step_id)
        reviews.solve()
        reviews.go_on()
    return asked


def test_a_week_later_the_questions_come_back_and_are_answered_by_tap(phone: Page, own_server: Server):
    before = _kept(own_server)["places"]
    phone.goto("/mijn/")
    expect(phone.locator("a.nowcard", has_text="Herhalen")).to_contain_text(re.compile(r"\d vra(ag|gen), \d minu"))
    reviews = open_reviews(phone)
    expect(reviews.step.locator(".note")).to_contain_text("Vorige keer lukte deze niet meteen.")
    reviews.tap(right=False)  # another try, without loss
    expect(reviews.feedback).to_contain_text("Nog niet.")
    reviews.press("Probeer opnieuw")
    asked = _answer_all(reviews)
    assert len(asked) >= 2
    expect(reviews.step).to_contain_text("Klaar met herhalen")
    is_saved(reviews)
    kept = _kept(own_server)
    assert [exercise for exercise, _ in kept["reviews"]] == [asked[0], *asked]
    assert kept["places"] == before, "the place in the lesson stayed"
    reviews.press("Naar mijn lessen")
    expect(phone.locator(".route")).to_be_visible()
    expect(phone.locator("a.nowcard", has_text="Herhalen")).to_have_count(0)


def test_reviews_are_answered_by_keyboard_alone(phone: Page, own_server: Server):
    keys = Keys(phone)
    phone.goto("/mijn/")
    keys.tab_to("a.nowcard[href='/herhalen/']")
    keys.press("Enter")
    reviews = Lesson(phone).ready()
    asked = []
    while reviews.is_exercise:
        asked.append(reviews.step_id)
        choose(keys, reviews)
        expect(reviews.feedback).to_contain_text("Klopt.")
        press_main(keys, "Verder")
        phone.wait_for_selector(f"section.step[data-step='{asked[-1]}'][hidden]", state="attached")
    expect(reviews.step).to_contain_text("Klaar met herhalen")
    is_saved(reviews)
    assert _kept(own_server)["reviews"] == [[exercise, True] for exercise in asked]


def test_what_is_reviewed_without_signal_is_kept_when_there_is_signal(phone: Page, own_server: Server):
    reviews = open_reviews(phone)
    phone.context.set_offline(True)
    asked = _answer_all(reviews)
    expect(reviews.step).to_contain_text("Klaar met herhalen")
    expect(reviews.saved).to_contain_text("Geen verbinding")
    waiting = waiting_events(phone)
    assert [(event["exercise"], event["review"]) for event in waiting] == [(exercise, True) for exercise in asked]
    assert _kept(own_server)["reviews"] == []
    phone.context.set_offline(False)
    is_saved(reviews)
    assert _kept(own_server)["reviews"] == [[exercise, True] for exercise in asked]
    phone.goto("/mijn/")
    expect(phone.locator(".route")).to_be_visible()
    expect(phone.locator("a.nowcard", has_text="Herhalen")).to_have_count(0)


def test_going_back_loses_nothing_and_a_lesson_begins_where_it_was(phone: Page, own_server: Server):
    reviews = open_reviews(phone)
    first = reviews.step_id
    reviews.solve()
    reviews.go_on()
    reviews.back.click()
    assert reviews.step_id == first
    expect(reviews.feedback).to_contain_text("Klopt.")
    is_saved(reviews)
    phone.reload()
    reviews.ready()
    assert first not in reviews.ids
    remembered = phone.evaluate("() => Object.keys(localStorage).filter((name) => name.startsWith('les:'))")
    assert len(remembered) == 1, "a review is no lesson to remember"


def test_without_script_one_question_at_a_time_with_the_same_result(
    phone: Page, new_phone: Callable[..., Page], own_server: Server
):
    plain = new_phone(at=own_server, java_script_enabled=False)
    plain.context.add_cookies(phone.context.cookies())
    plain.goto("/mijn/")
    plain.locator("a.nowcard", has_text="Herhalen").click()
    expect(plain.locator("section.step:visible")).to_have_count(1)
    expect(plain.locator(".note:visible").first).to_contain_text("Vorige keer lukte deze niet meteen.")
    asked = []
    while plain.locator("section.step:visible .exercise").count():
        step = plain.locator("section.step:visible")
        asked.append(step.get_attribute("data-step"))
        if not step.locator("[data-kind=keuze]").count():
            break
        right = key_of(step)["right"]
        step.locator(one_of("response", right, right=False)).locator("visible=true").first.click()
        expect(plain.locator(".fb")).to_contain_text("Nog niet.")
        plain.locator(one_of("response", right)).click()
        expect(plain.locator(".fb")).to_contain_text("Klopt.")
        expect(plain.get_by_text("Opgeslagen.")).to_be_visible()
        plain.get_by_role("link", name="Verder").click()
    done = [exercise for exercise, _ in _kept(own_server)["reviews"]]
    assert len(set(done)) >= 2
    assert set(done) <= set(asked)


def test_stopping_and_going_on_are_one_tap(phone: Page):
    open_reviews(phone)
    phone.get_by_role("button", name="Stop met herhalen").click()
    expect(phone.locator("h2")).to_have_text("Herhalen staat uit")
    phone.goto("/mijn/")
    expect(phone.locator(".route")).to_be_visible()
    expect(phone.locator("a.nowcard", has_text="Herhalen")).to_have_count(0)
    phone.get_by_role("link", name="Herhalen").click()
    phone.get_by_role("button", name="Weer aan").click()
    expect(Lesson(phone).ready().step).to_be_visible()


def test_a_learner_chooses_a_reminder(phone: Page):
    phone.goto("/herhalen/instellen/")
    expect(phone.get_by_label("Per e-mail")).to_have_count(0)  # no address is known
    phone.get_by_label("Op mijn pagina").check()
    phone.get_by_label("Hoe laat?").select_option("19 uur")
    phone.get_by_role("button", name="Bewaar").click()
    expect(phone.get_by_text("Je keuze is bewaard.")).to_be_visible()
    expect(phone.get_by_label("Op mijn pagina")).to_be_checked()
    expect(phone.get_by_label("Hoe laat?")).to_have_value("19")
