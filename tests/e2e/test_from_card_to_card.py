"""The whole way of someone who can hardly read: from a paper card to the card of a finished lesson, without help,
without the keyboard, by ear, and without being marked as such."""

import json
import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, Request, expect

from tests.e2e.arriving import at_home, card_of, choose_pictures, is_saved, sign_in, tap_pictures
from tests.e2e.no_keys import NoKeys
from tests.e2e.player import Lesson
from tests.e2e.serving import Server
from tests.e2e.sounds import MARKED

CLASS, LEARNER, PICTURES = "Klas Zorg 2A", "Esra", ("Boot", "Ster", "Paraplu")
TELLING = ("makkelijk", "gewoon", "standaard", "luister", "geluid", "woord")


class Phone:
    """A phone that is touched and listened to, and everything that leaves it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = NoKeys(page)
        self.requests: list[Request] = []
        page.context.on("request", lambda request: self.requests.append(request))

    def listen(self) -> None:
        """Tap Luister, and hear the first words of this screen; then stop."""
        button = self.luister
        button.tap()
        self.page.wait_for_function(f"() => ({MARKED})('kw-word')")
        expect(button).to_have_text("Stop")
        button.tap()
        expect(button).to_have_text("Luister")

    @property
    def luister(self) -> Locator:
        return self.page.locator(".tools kw-speech button")

    @property
    def sounds(self) -> list[Request]:
        return [request for request in self.requests if "/geluid/" in request.url]

    @property
    def told(self) -> list[str]:
        """What it posted."""
        return [f"{request.url} {request.post_data or ''}" for request in self.requests if request.method == "POST"]


def _comes_in(phone: Phone) -> None:
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Ben jij {LEARNER}?")
    phone.listen()
    phone.page.get_by_role("button", name="Ja, ga verder").tap()
    at_home(phone.page)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Dag {LEARNER}")


def _first_time(phone: Phone, card: str) -> None:
    """The card, new pictures drawn twice, and in; then out again, for others use this phone too."""
    phone.page.goto(card)
    phone.listen()
    choose_pictures(phone.page, *PICTURES)
    _comes_in(phone)
    phone.page.get_by_role("link", name=f"Niet {LEARNER}?").tap()
    phone.page.get_by_role("button", name="Nee, ik ben iemand anders").tap()
    expect(phone.page).to_have_url(re.compile("/$"))
    expect(phone.page.get_by_role("heading", level=1)).not_to_contain_text(LEARNER)


def _next_time(phone: Phone, card: str) -> None:
    phone.page.goto(card)
    expect(phone.page.get_by_role("heading", level=1)).to_have_text(f"Dag {LEARNER}")
    phone.listen()
    tap_pictures(phone.page, *PICTURES)
    _comes_in(phone)


def _takes_the_lesson(phone: Phone) -> Lesson:
    """The lesson that home offers, heard and answered screen by screen."""
    phone.listen()
    phone.page.locator(".nowcard a, .dock .btn-main").last.tap()
    phone.page.wait_for_url("**/les/**")
    lesson = Lesson(phone.page, phone.page.url.split("/")[4]).ready()
    expect(phone.page.locator(".switch [aria-current=true]")).to_have_text("Makkelijk")
    steps = lesson.ids
    for step in steps:
        phone.listen()
        if lesson.kind != "reflectie":  # writing there is for oneself, and optional
            lesson.solve()
        if lesson.feedback.count():
            phone.listen()
        if step != steps[-1]:
            lesson.go_on()
    return lesson


def test_from_a_paper_card_to_the_card_of_a_lesson_by_touch_and_by_ear(
    new_phone: Callable[..., Page], sounding_server: Server
):
    teacher = new_phone(at=sounding_server)
    sign_in(teacher, "bram")
    card = card_of(teacher, CLASS, LEARNER)
    phone = Phone(new_phone(at=sounding_server, has_touch=True, is_mobile=True))
    _first_time(phone, card)
    _next_time(phone, card)

    lesson = _takes_the_lesson(phone)
    assert lesson.kind == "card"
    expect(lesson.step.locator(".keep li")).to_have_count(3)
    is_saved(lesson)
    lesson.press("Naar mijn lessen")
    at_home(phone.page)
    expect(phone.page.locator(".route .done")).to_contain_text("1 les klaar")
    assert phone.keys.pressed == []

    # Not marked as such: not by what the phone told, not by what others are told.
    assert [told for told in phone.told if any(word in told.lower() for word in TELLING)] == []
    assert phone.sounds
    assert [sound.url for sound in phone.sounds if "cookie" in sound.all_headers()] == []
    told = json.dumps(sounding_server.statements()).lower()
    assert [word for word in ("makkelijk", "luister", "geluid", "soort") if word in told] == []
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=CLASS).click()
    row = teacher.locator("li, tr").filter(has_text=LEARNER).last
    expect(row).to_contain_text("klaar")
    assert [word for word in TELLING if word in row.inner_text().lower()] == []
