"""'Dit doe ik vandaag': own words stay on the phone; a week later home asks 'Gelukt?'."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.e2e.arriving import is_saved, someone_else
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
WORDS = "Ik vraag het aan Xandertje"
OWN = "label.choice:has([value=zelf])"
A_WEEK_LATER = """
from datetime import timedelta
from assessments.models import Response
from learning.models import PlanOutcome
for row in Response.objects.filter(kind="dit_doe_ik"):
    Response.objects.filter(pk=row.pk).update(received_at=row.received_at - timedelta(days=8))
for row in PlanOutcome.objects.exclude(ask_again_at=None):
    PlanOutcome.objects.filter(pk=row.pk).update(ask_again_at=row.ask_again_at - timedelta(days=8))
"""


def a_week_later(server: Server) -> None:
    server.manage("shell", "-v0", "-c", A_WEEK_LATER)


def choose_own(page: Page) -> Lesson:
    """To the plan of a lesson, with own words."""
    lesson = Lesson(page).open().go_to("dit_doe_ik")
    words = lesson.step.get_by_label("Wat ga je doen?")
    expect(words).to_be_hidden()
    lesson.step.locator(OWN).click()
    words.fill(WORDS)
    return lesson


class Sent:
    """Everything that leaves a phone."""

    def __init__(self, page: Page) -> None:
        self.requests: list[Request] = []
        page.context.on("request", lambda request: self.requests.append(request))

    def holds(self, word: str) -> list[str]:
        """The addresses to which this word went, in whatever place of the request."""
        return [
            request.url
            for request in self.requests
            if word in f"{request.url} {request.all_headers()}" or word.encode() in (request.post_data_buffer or b"")
        ]


def test_own_words_never_leave_the_phone_and_come_back_in_the_question(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    sent = Sent(phone)
    lesson = choose_own(phone)
    lesson.go_on()
    expect(lesson.step.locator("[data-plan]")).to_have_text(WORDS)
    expect(lesson.saved).to_have_text("Opgeslagen.")
    phone.reload()
    expect(lesson.ready().step.locator("[data-plan]")).to_have_text(WORDS)
    a_week_later(own_server)
    phone.goto("/mijn/")
    card = phone.get_by_role("region", name="Gelukt?")
    expect(card).to_contain_text(WORDS)
    card.get_by_role("button", name="Ja", exact=True).click()
    expect(phone.get_by_text("Mooi.")).to_be_visible()
    expect(card).to_have_count(0)
    assert any(request.url.endswith("/leren/events") for request in sent.requests)
    assert sent.holds("zelf"), "the answer itself is sent, so this watch sees what goes"
    assert sent.holds("Xandertje") == []
    assert not [file for file in own_server.data.rglob("*") if file.is_file() and b"Xandertje" in file.read_bytes()]


def test_own_words_are_not_shown_to_the_next_one_on_this_phone(phone: Page):
    lesson = choose_own(phone)
    lesson.go_on()
    is_saved(lesson)
    someone_else(phone)
    other = Lesson(phone).open().go_to("dit_doe_ik")
    other.step.locator(OWN).click()
    expect(other.step.get_by_label("Wat ga je doen?")).to_have_value("")
    assert WORDS not in phone.content()


def test_the_plan_can_be_changed_from_the_card(phone: Page):
    lesson = choose_own(phone)
    lesson.go_on()
    lesson.step.get_by_role("link", name="Kies iets anders").click()
    assert lesson.kind == "dit_doe_ik"
    expect(lesson.step.get_by_label("Wat ga je doen?")).to_have_value(WORDS)
    plan = lesson.step.locator("label.choice").first
    plan.click()
    chosen = plan.inner_text().strip()
    lesson.go_on()
    expect(lesson.step.locator("[data-plan]")).to_have_text(chosen)
    is_saved(lesson)


def test_a_finished_lesson_that_is_opened_again_still_knows_the_plan(phone: Page):
    lesson = choose_own(phone)
    lesson.go_on()
    is_saved(lesson)
    phone.goto("/mijn/")
    lesson.open()
    assert lesson.step_id == lesson.ids[0]
    lesson.go_to("dit_doe_ik")
    lesson.step.locator(OWN).click()
    expect(lesson.step.get_by_label("Wat ga je doen?")).to_have_value(WORDS)


@pytest.mark.parametrize("kept", [True, False])
def test_without_script_the_question_works_too(new_phone: NewPhone, own_server: Server, kept: bool):
    plain_phone = new_phone(at=own_server, java_script_enabled=False)
    plain_phone.goto("/les/laat-het-weg/")
    step = plain_phone.locator(".step:has([data-kind=dit_doe_ik])")
    expect(step.get_by_label("Wat ga je doen?")).to_be_hidden()
    step.locator(OWN).click()
    step.get_by_role("button", name="Bewaar").click()
    expect(plain_phone.locator(".fb")).to_contain_text("Bewaard.")
    a_week_later(own_server)
    plain_phone.goto("/mijn/")
    card = plain_phone.get_by_role("region", name="Gelukt?")
    expect(card).to_contain_text("Iets wat je zelf bedacht.")
    card.get_by_role("button", name="Nog niet").click()
    expect(plain_phone.get_by_role("heading", level=1)).to_have_text("Dat geeft niet.")
    if not kept:
        plain_phone.get_by_role("link", name="Kies een ander plan").click()
        expect(plain_phone).to_have_url(re.compile(r"/les/laat-het-weg/#stap-\d+$"))
        return
    plain_phone.get_by_role("button", name="Nog een week").click()
    expect(plain_phone.get_by_text("nog één keer")).to_be_visible()
    expect(card).to_have_count(0)
    a_week_later(own_server)
    plain_phone.goto("/mijn/")
    expect(card).to_be_visible()
