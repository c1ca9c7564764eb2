"""Everything can be done by ear: with a Dutch voice on the phone, Luister says all that a screen shows.

Chromium has no voice here, so these tests give it one that says nothing and writes down what it was asked to say.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.player import Lesson
from tests.e2e.screens import PAGES
from tests.e2e.serving import Server, copied
from tests.e2e.sounds import VOICE
from tests.exercise_cases import cases

BUTTONS = ".vh, button:not(.choice), .btn, textarea, kw-saved, .nojs, details:not([open]) > :not(summary)"


@pytest.fixture(scope="module")
def trial(prepared: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with the lesson of the tests, which has every kind of exercise."""
    server = copied(prepared, tmp_path_factory.mktemp("trial") / "data")
    server.manage("shell", "-v0", "-c", "from tests.every_kind import load; load()")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def with_voice(new_phone: Callable[..., Page], trial: Server) -> Page:
    phone = new_phone(at=trial)
    phone.add_init_script(VOICE)
    return phone


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def shown(part: Locator) -> str:
    """The text of a part of the screen, without the names of its buttons: those a screen reader says."""
    found: str = part.evaluate(
        """(part, buttons) => {
          const hidden = [...part.querySelectorAll(buttons)].filter((one) => !one.hidden);
          for (const one of hidden) one.hidden = true;
          const text = part.innerText;
          for (const one of hidden) one.hidden = false;
          return text;
        }""",
        BUTTONS,
    )
    return found


def said(page: Page) -> str:
    """What Luister says of the screen as it is now."""
    button = page.locator("kw-speech:visible button").first
    page.evaluate("said.length = 0")
    button.click()
    page.wait_for_function("() => said.length > 0")
    expect(button).to_have_text("Luister")
    spoken: list[str] = page.evaluate("said")
    return "\n".join(spoken)


def all_is_said(page: Page, part: Locator, before: str = "") -> None:
    spoken = words(f"{before} {said(page)}")
    assert [word for word in words(shown(part)) if word not in spoken] == []


@pytest.mark.parametrize("step", [case.id for case in cases()])
def test_luister_says_every_kind_of_exercise_and_its_feedback(with_voice: Page, step: str):
    lesson = Lesson(with_voice, "proefles").open_at(step)
    for variant in ("Makkelijk", "Gewoon"):
        lesson.choose(variant)
        all_is_said(with_voice, lesson.step)
    for _ in lesson.states_here():
        feedback = shown(lesson.feedback.first) if lesson.feedback.count() else ""
        fresh = said(with_voice)
        if feedback:
            assert words(fresh)[:2] == words(feedback)[:2], "Luister begins at what is new"
        all_is_said(with_voice, lesson.step, fresh)


@pytest.mark.parametrize(
    "screen", ["startmeting, text", "startmeting, trade", "digiscan question", "reviews", "plan, nog niet"]
)
def test_luister_says_every_question_beside_the_lessons(with_voice: Page, screen: str):
    PAGES[screen](with_voice)
    all_is_said(with_voice, with_voice.locator("main"))


def test_luister_stops_when_asked_and_never_begins_by_itself(with_voice: Page):
    lesson = Lesson(with_voice).open()
    lesson.go_on()
    assert with_voice.evaluate("said") == []
    with_voice.evaluate("() => { speechSynthesis.speak = (asked) => said.push(asked.text) }")  # never ends
    with_voice.locator("kw-speech:visible button").first.click()
    stop = with_voice.get_by_role("button", name="Stop")
    expect(with_voice.get_by_role("group", name="Voorlezen")).to_be_visible()
    stop.click()
    expect(with_voice.get_by_role("group", name="Voorlezen")).to_have_count(0)
    assert len(with_voice.evaluate("said")) == 1
