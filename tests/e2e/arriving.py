"""How people come in: with an account, with a code, as someone else on the same phone, on another phone."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.groups import CLASS_CODE, PICTURES
from tests.e2e.player import Lesson
from tests.e2e.serving import PASSWORD


def sign_in(page: Page, name: str, password: str = PASSWORD) -> None:
    """Fill in the form and send it."""
    page.goto("/inloggen/")
    page.get_by_label("Je naam").fill(name)
    page.get_by_label("Je wachtwoord").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()


def sign_out(page: Page) -> None:
    """On a page of the desk, where it is in the menu under one's name."""
    page.locator(".me > summary").click()
    page.get_by_role("button", name="Log uit").click()


def type_code(page: Page, code: str) -> None:
    """From the front door to the second step."""
    page.goto("/")
    page.get_by_label("Typ je code").fill(code)
    page.get_by_role("button", name="Ga verder").click()


def join(page: Page, name: str, code: str = CLASS_CODE) -> None:
    """Into a class, with a name; ends at home."""
    type_code(page, code)
    page.get_by_label("Hoe heet je?").fill(name)
    page.get_by_role("button", name="Doe mee").click()
    at_home(page)


def at_home(page: Page) -> None:
    expect(page).to_have_url(re.compile("/mijn/$"))


def someone_else(page: Page) -> None:
    """'Niet Anna?' at home, and then: no, I am not."""
    page.goto("/mijn/")
    page.get_by_role("link", name=re.compile("Niet .+|Iemand anders")).click()
    page.get_by_role("button", name="Nee, ik ben iemand anders").click()
    expect(page).to_have_url(re.compile("/$"))


def back_as(page: Page, name: str) -> None:
    """'Wie ben jij?', and then the one whose name stands there."""
    page.goto("/wie/")
    page.locator(".people").get_by_role("button", name=re.compile(f"^{re.escape(name)}")).click()
    at_home(page)


def begin(page: Page, slug: str = "laat-het-weg") -> Lesson:
    """The first step of a lesson, so that something is kept of whoever is here."""
    lesson = Lesson(page, slug).open()
    lesson.go_on()
    is_saved(lesson)
    return lesson


def is_saved(lesson: Lesson) -> None:
    expect(lesson.saved).to_have_text("Opgeslagen.")


def hand_over(page: Page) -> str:
    """'Verder op een andere telefoon': the address in the picture, without the host."""
    page.goto("/mijn/")
    page.get_by_role("link", name="Verder op een andere telefoon").click()
    page.get_by_role("button", name="Maak een code").click()
    address = page.locator(".qrbox a").get_attribute("href") or ""
    return re.sub(r"^https?://[^/]+", "", address)


def tap_pictures(page: Page, *pictures: str) -> None:
    """Tap pictures by their words; the third sends them."""
    for picture in pictures or PICTURES:
        page.locator(f".pic[data-word={picture}]").tap()


def choose_pictures(page: Page, *pictures: str) -> None:
    """Draw them, see them, draw them again."""
    tap_pictures(page, *pictures)
    expect(page.get_by_role("heading", level=1)).to_have_text("Onthoud je plaatjes")
    page.get_by_role("button", name="Ik weet ze").tap()
    tap_pictures(page, *pictures)


def card_of(teacher: Page, cohort: str, learner: str) -> str:
    """The address on the card of a learner, from the teacher's screen."""
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=cohort).click()
    teacher.get_by_role("link", name="Inloggen").click()
    row = teacher.locator(".pick li").filter(has_text=learner)
    row.get_by_role("link", name="Kaart").click()
    return teacher.locator(".qrbox a").get_attribute("href") or ""
