"""Luister plays the server's sound: each sentence, its words marked, with Pauze, Weer, Trager and Stop."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.player import Lesson
from tests.e2e.sounds import MARKED, VOICE, Sounds, lines_shown

CANNOT = "Kan nu niet voorlezen."
HOLDS = "() => { HTMLMediaElement.prototype.play = () => Promise.resolve() }"  # plays on and never ends
NO_LINES = "Object.defineProperty(window, 'Highlight', { value: undefined }); delete CSS.highlights;"
RATE = "() => document.querySelector('.player [aria-pressed]') && window.heard.playbackRate"
CATCH = "const make = Audio; window.Audio = function () { return (window.heard = new make()); };"


def luister(page: Page) -> Locator:
    return page.locator(".tools kw-speech button")


def press(page: Page, name: str) -> None:
    """One of the player's own buttons."""
    page.get_by_role("group", name="Voorlezen").get_by_role("button", name=name).click()


def marked(page: Page, name: str = "kw-word") -> str:
    """The words that are marked now."""
    found: str = page.evaluate(MARKED, name)
    return found


def waits_for(page: Page, sentence: str) -> None:
    """Until this sentence is being read."""
    page.wait_for_function(f"(asked) => ({MARKED})('kw-sentence') === asked", arg=sentence)


def ends(page: Page) -> None:
    expect(page.locator(".is-on")).to_have_count(0)
    expect(luister(page)).to_have_text("Luister")
    expect(page.locator(".player")).to_have_count(0)


@pytest.fixture
def lesson(phone: Page) -> Lesson:
    phone.add_init_script(CATCH)
    return Lesson(phone).open()


@pytest.fixture
def sounds(phone: Page, lesson: Lesson) -> Sounds:
    return Sounds(phone, lesson=lines_shown(phone))


def test_every_line_is_played_and_its_words_are_marked(phone: Page, sounds: Sounds):
    luister(phone).click()
    expect(luister(phone)).to_have_text("Stop")
    waits_for(phone, sounds.lesson[0])
    phone.wait_for_function(f"() => ({MARKED})('kw-word') !== ''")
    assert marked(phone) in sounds.lesson[0]
    style = phone.evaluate("() => getComputedStyle(document.body, '::highlight(kw-word)').textDecorationLine")
    assert style == "underline"
    ends(phone)
    assert sounds.clips == sounds.lesson
    assert marked(phone) == marked(phone, "kw-sentence") == ""


def test_nothing_is_asked_for_before_a_press_and_no_cookie_goes_along(phone: Page, sounds: Sounds):
    phone.context.add_cookies([{"name": "eigenaar", "value": "geheim", "url": phone.url}])
    phone.reload()
    Lesson(phone).ready().go_on()
    assert sounds.asked == []
    assert phone.evaluate("() => window.heard") is None
    Lesson(phone).back.click()
    luister(phone).click()
    ends(phone)
    assert len(sounds.asked) > 2
    for request in sounds.asked:
        headers = request.all_headers()
        assert "cookie" not in headers
        assert request.method == "GET"
        assert not re.search("makkelijk|gewoon|soort", request.url)


def test_pauze_holds_the_sentence_and_speel_goes_on_with_it(phone: Page, sounds: Sounds):
    luister(phone).click()
    waits_for(phone, sounds.lesson[0])
    phone.wait_for_function("() => heard.currentTime > 0")
    press(phone, "Pauze")
    assert phone.evaluate("() => heard.paused")
    at = phone.evaluate("() => heard.currentTime")
    assert marked(phone, "kw-sentence") == sounds.lesson[0]
    press(phone, "Speel")
    expect(phone.get_by_role("button", name="Pauze")).to_be_visible()
    assert phone.evaluate("() => heard.currentTime") >= at
    ends(phone)
    assert sounds.clips == sounds.lesson


def test_weer_says_the_same_sentence_once_more(phone: Page, sounds: Sounds):
    phone.evaluate(HOLDS)
    luister(phone).click()
    waits_for(phone, sounds.lesson[0])
    phone.wait_for_function("() => heard.onended")
    phone.evaluate("() => heard.onended()")
    waits_for(phone, sounds.lesson[1])
    phone.evaluate("() => { heard.currentTime = 0.3 }")
    press(phone, "Weer")
    waits_for(phone, sounds.lesson[1])
    phone.wait_for_function("() => heard.currentTime === 0")


def test_trager_is_slower_keeps_the_pitch_and_is_kept_on_this_phone_only(phone: Page, sounds: Sounds):
    phone.evaluate(HOLDS)
    luister(phone).click()
    waits_for(phone, sounds.lesson[0])
    press(phone, "Trager")
    trager = phone.get_by_role("button", name="Trager")
    expect(trager).to_have_attribute("aria-pressed", "true")
    assert phone.evaluate("() => [heard.playbackRate, heard.preservesPitch]") == [0.7, True]
    phone.reload()
    phone.evaluate(HOLDS)
    luister(phone).click()
    expect(trager).to_have_attribute("aria-pressed", "true")
    waits_for(phone, sounds.lesson[0])
    phone.wait_for_function("() => heard.playbackRate === 0.7")
    press(phone, "Trager")
    expect(trager).to_have_attribute("aria-pressed", "false")
    assert phone.evaluate("() => heard.playbackRate") == 1
    assert phone.evaluate("() => localStorage.length") == 0
    assert not [cookie for cookie in phone.context.cookies() if "trager" in str(cookie)]


def stops_at_the_step(page: Page) -> None:
    Lesson(page).main.click()


def stops_at_the_text(page: Page) -> None:
    page.locator(".switch").get_by_text("Gewoon").click()


def stops_at_escape(page: Page) -> None:
    page.keyboard.press("Escape")


def stops_at_stop(page: Page) -> None:
    luister(page).click()


def stops_when_hidden(page: Page) -> None:
    page.evaluate("""() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }""")


@pytest.mark.parametrize(
    "ending", [stops_at_the_step, stops_at_the_text, stops_at_escape, stops_at_stop, stops_when_hidden]
)
def test_it_stops(phone: Page, sounds: Sounds, ending: Callable[[Page], None]):
    phone.evaluate(HOLDS)
    luister(phone).click()
    waits_for(phone, sounds.lesson[0])
    ending(phone)
    ends(phone)
    assert phone.evaluate("() => heard.paused")
    assert marked(phone) == marked(phone, "kw-sentence") == ""


def test_a_sheet_ends_the_reading_of_the_page_and_is_read_itself(phone: Page, lesson: Lesson):
    while not phone.locator("a.word:visible").count():
        lesson.solve()
        lesson.go_on()
    word = phone.locator("a.word:visible").first
    sounds = Sounds(phone, lesson=[*lines_shown(phone), "Wat betekent"], seconds=3)
    luister(phone).click()
    waits_for(phone, sounds.lesson[0])
    word.click()
    sheet = phone.get_by_role("dialog")
    ends(phone)
    sheet.get_by_role("button", name="Luister").click()
    expect(sheet.get_by_role("group", name="Voorlezen")).to_be_visible()
    expect(sheet.get_by_role("button", name="Stop")).to_be_visible()
    sheet.get_by_role("button", name="Sluit").click()
    ends(phone)


def test_the_focus_does_not_get_lost_with_the_buttons(phone: Page, sounds: Sounds):
    phone.evaluate(HOLDS)
    luister(phone).focus()
    phone.keyboard.press("Enter")
    waits_for(phone, sounds.lesson[0])
    expect(luister(phone)).to_be_focused()
    phone.get_by_role("button", name="Weer").focus()
    phone.keyboard.press("Escape")
    expect(luister(phone)).to_be_focused()


def test_without_highlights_the_word_stands_in_a_span_and_the_page_is_as_it_was(phone: Page):
    phone.add_init_script(CATCH + NO_LINES)
    Lesson(phone).open()
    lines = lines_shown(phone)
    Sounds(phone, lesson=lines)
    before = phone.locator("main").evaluate("main => main.textContent")
    luister(phone).click()
    word = phone.locator(".lit-w")
    expect(word).to_have_count(1)
    look = word.evaluate("w => [getComputedStyle(w).textDecorationLine, getComputedStyle(w).backgroundColor]")
    assert look == ["underline", "rgb(255, 201, 60)"]
    ends(phone)
    expect(phone.locator(".lit, .lit-w")).to_have_count(0)
    assert phone.locator("main").evaluate("main => main.textContent") == before


def test_without_sound_and_voice_it_says_so_once_and_goes_on_with_what_it_can(phone: Page, lesson: Lesson):
    lines = lines_shown(phone)
    sounds = Sounds(phone, lesson=lines[-1:])
    luister(phone).click()
    ends(phone)
    told = phone.locator(".tools [role=status]")
    expect(told).to_have_text(CANNOT)
    expect(told.locator("svg")).to_be_visible()
    assert sounds.clips == lines[-1:]
    lesson.go_on()
    expect(told).to_have_text("")


def test_without_signal_the_phones_own_voice_reads(new_phone: Callable[..., Page]):
    phone = new_phone()
    phone.add_init_script(VOICE)
    lesson = Lesson(phone).open()
    sounds = Sounds(phone, lesson=lines_shown(phone))
    luister(phone).click()  # brings the player here
    ends(phone)
    assert phone.evaluate("() => said") == []
    lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")  # it is among the lines that are read
    phone.context.unroute_all()
    phone.context.set_offline(True)
    luister(phone).click()
    ends(phone)
    in_memory = sounds.lesson  # what also stood on the first screen, such as 'Verder'
    assert phone.evaluate("() => said") == [line for line in lines_shown(phone) if line not in in_memory]
    assert sounds.clips == sounds.lesson


def test_a_clip_that_does_not_come_is_said_by_the_voice(new_phone: Callable[..., Page]):
    phone = new_phone()
    phone.add_init_script(VOICE)
    Lesson(phone).open()
    sounds = Sounds(phone, lesson=lines_shown(phone))
    sounds.miss(sounds.lesson[1])
    luister(phone).click()
    ends(phone)
    assert phone.evaluate("() => said") == [sounds.lesson[1]]


def test_of_low_sound_the_phones_voice_goes_first(new_phone: Callable[..., Page]):
    phone = new_phone()
    phone.add_init_script(VOICE)
    Lesson(phone).open()
    sounds = Sounds(phone, lesson=lines_shown(phone), low=True)
    luister(phone).click()
    ends(phone)
    assert phone.evaluate("() => said") == sounds.lesson
    assert sounds.clips == []


def test_voices_that_come_late_still_read(new_phone: Callable[..., Page]):
    phone = new_phone()
    phone.add_init_script(
        VOICE
        + """
      const there = speechSynthesis.getVoices;
      speechSynthesis.getVoices = () => [];
      window.voicesCome = () => {
        speechSynthesis.getVoices = there;
        speechSynthesis.dispatchEvent(new Event("voiceschanged"));
      };
    """
    )
    Lesson(phone).open()
    Sounds(phone)
    luister(phone).click()
    phone.evaluate("() => setTimeout(voicesCome, 50)")
    ends(phone)
    assert phone.evaluate("() => said") == lines_shown(phone)


def test_an_error_is_heard_first(phone: Page):
    sign_in(phone, "anna", "verkeerd")
    error = phone.get_by_role("alert")
    expect(error).to_be_visible()
    lines = lines_shown(phone)
    sounds = Sounds(phone, site=lines)
    luister(phone).click()
    waits_for(phone, error.inner_text().split("\n")[0])
    ends(phone)
    assert sounds.clips[0] in error.inner_text()


def test_what_is_read_is_scrolled_into_view_above_the_dock(phone: Page, lesson: Lesson):
    phone.goto("/wie-ziet-wat/")
    sounds = Sounds(phone, site=lines_shown(phone), seconds=0.1)
    phone.evaluate("() => { window.unseen = []; }")
    phone.evaluate("""() => {
      const look = () => {
        for (const range of CSS.highlights.get("kw-word") ?? []) {
          const box = range.getBoundingClientRect();
          const dock = document.querySelector(".dock").getBoundingClientRect().top;
          const inDock = range.startContainer.parentElement.closest(".dock");
          if (!inDock && (box.top < 60 || box.bottom > dock)) unseen.push(String(range));
        }
        requestAnimationFrame(look);
      };
      look();
    }""")
    luister(phone).click()
    ends(phone)
    assert len(sounds.clips) > 10
    assert phone.evaluate("() => unseen") == []


@pytest.mark.parametrize("size", ["360", "320", "200%"])
def test_the_buttons_fit_every_screen(phone: Page, sounds: Sounds, size: str):
    if size == "320":
        phone.set_viewport_size({"width": 320, "height": 640})
    if size == "200%":
        phone.evaluate("() => { document.documentElement.style.fontSize = '250%' }")
    phone.evaluate(HOLDS)
    luister(phone).click()
    group = phone.get_by_role("group", name="Voorlezen")
    expect(group).to_be_visible()
    for button in group.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 48
        assert box["width"] >= 48
        assert button.evaluate("b => b.scrollWidth <= b.clientWidth")
        assert button.locator("svg").count() == 1
    assert phone.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
