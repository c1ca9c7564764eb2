"""Reviews in a browser: a lesson that was taken a week ago, and its questions that come back."""

from playwright.sync_api import Page, expect

from tests.e2e.arriving import is_saved
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

_EARLIER = """
from datetime import timedelta
from django.db.models import F
from assessments.models import Response
Response.objects.update(received_at=F("received_at") - timedelta(days={days}))
"""


def days_pass(server: Server, days: int) -> None:
    """What everybody on this server answered becomes so many days older."""
    server.manage("shell", "-v0", "-c", _EARLIER.format(days=days))


def take_lesson(page: Page, slug: str = "laat-het-weg") -> Lesson:
    """A whole lesson; the first keuze wrong at first."""
    lesson = Lesson(page, slug).open().go_to("keuze")
    lesson.tap(right=False)
    lesson.press("Probeer opnieuw")
    lesson.go_to("card")
    is_saved(lesson)
    return lesson


def open_reviews(page: Page) -> Lesson:
    """From the card at home; a review is played as a lesson is."""
    page.goto("/mijn/")
    page.locator("a.nowcard", has_text="Herhalen").click()
    reviews = Lesson(page).ready()
    expect(page.locator("h1")).to_have_text("Herhalen")
    return reviews
