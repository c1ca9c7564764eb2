"""A scenario: two decisions, three endings, and another way at once; by tap, by keyboard and with forms alone."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.player import STEP, Lesson, Posted, key_of
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys, press_main

SLUG = "wel-of-geen-ai"
ENDS = {"goed": "Dit gaat goed.", "beter": "Dit kan beter.", "herstel": "Dit kun je herstellen."}


def at_the_scenario(phone: Page) -> Lesson:
    lesson = Lesson(phone, SLUG).open()
    number = next(n for n in range(1, 20) if phone.locator(f"#stap-{n} kw-scenario").count())
    phone.goto("about:blank")
    phone.goto(f"/les/{SLUG}/#stap-{number}")
    lesson.ready()
    assert lesson.kind == "scenario"
    return lesson


def ways(lesson: Lesson) -> dict[str, list[str]]:
    """Per ending one way to it, that makkelijk has too."""
    shown = [
        way
        for way in key_of(lesson.step)["paths"]
        if lesson.step.locator(f"label:has([value='{way[0]}'])").is_visible()
    ]
    return {ending: [first, second] for first, second, ending in reversed(shown)}


def test_every_ending_says_what_to_do_next_time_and_one_may_try_another_way_at_once(phone: Page, server: Server):
    posted = Posted(phone.context)
    lesson = at_the_scenario(phone)
    found = ways(lesson)
    assert set(found) == set(ENDS)
    for ending, way in found.items():
        for choice in way:
            lesson._decide(choice)
        expect(lesson.feedback.locator("h3")).to_have_text(ENDS[ending])
        expect(lesson.feedback).to_contain_text("Volgende keer")
        assert phone.evaluate("document.activeElement.tagName") == "H3", "reading begins at the ending"
        expect(lesson.main).to_have_text("Verder")
        lesson.step.get_by_role("button", name="Opnieuw vanaf het begin").click()
        expect(lesson.step.locator(f"[value='{way[0]}']")).to_be_checked()
        assert lesson.step.locator(".moment:visible").count() == 1
    expect(lesson.saved).to_have_text("Opgeslagen.")
    assert [event["response"] for event in posted.events if event.get("response")] == list(found.values())
    told = [statement.get("result", {}).get("extensions", {}) for statement in server.statements()]
    assert set(found) <= {name for extensions in told for name in extensions.values()}


def test_terug_goes_to_the_choice_before_and_keeps_it_marked(phone: Page):
    lesson = at_the_scenario(phone)
    first, second = ways(lesson)["goed"]
    lesson._decide(first)
    assert phone.evaluate("document.activeElement.matches('.ask-card')"), "reading begins at the new moment"
    lesson._decide(second)
    previous = lesson.step.get_by_role("button", name="Terug naar de vorige keuze")
    previous.click()
    expect(lesson.step.locator(f"[value='{second}']")).to_be_checked()
    expect(lesson.feedback).to_have_count(0)
    previous.click()
    expect(lesson.step.locator(f"[value='{first}']")).to_be_checked()
    expect(previous).to_be_hidden()


def test_the_ending_is_there_after_a_reload_and_in_the_other_text(phone: Page):
    lesson = at_the_scenario(phone)
    lesson.tap()
    told = lesson.feedback.inner_text()
    phone.reload()
    lesson.ready()
    expect(lesson.feedback).to_have_text(told, use_inner_text=True)
    lesson.choose("Gewoon")
    assert lesson.feedback.inner_text() != told
    lesson.choose("Makkelijk")
    lesson.step.get_by_role("button", name="Terug naar de vorige keuze").click()
    lesson.choose("Gewoon")
    assert lesson.step.locator(".moment:visible").count() == 1


def test_another_way_by_keyboard(phone: Page):
    at_the_scenario(phone)
    keys = Keys(phone)
    for selector in ("[name=first]", ".moment:not([hidden]) [name^=then]"):
        keys.tab_to(f"{STEP} {selector}")
        keys.press("Space")
        press_main(keys, "Dit kies ik")
    keys.tab_to("[data-begin]")
    keys.press("Enter")
    assert phone.evaluate("document.activeElement.matches('[data-moment=\"0\"] .ask-card')")
    keys.tab_to(f"{STEP} [name=first]")
    keys.press("ArrowDown")
    press_main(keys, "Dit kies ik")
    assert phone.evaluate("document.activeElement.matches('[data-moment=\"2\"] .ask-card')")


def test_without_scripts_a_choice_opens_its_moment_and_the_form_gives_the_ending(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    phone.goto(f"/les/{SLUG}/?soort=makkelijk")
    form = phone.locator("kw-scenario")
    paths = key_of(phone.locator(".step:has(kw-scenario)"))["paths"]
    expect(form.locator(".moment:visible")).to_have_count(1)
    first, second, _ = next(way for way in paths if way[2] == "herstel")
    form.locator(f"label:has([value='{first}'])").click()
    expect(form.locator(".moment:visible")).to_have_count(2)
    form.get_by_role("button", name="Kijk hoe het afloopt").click()
    expect(phone.get_by_role("alert")).to_contain_text("Kies ook wat je daarna doet.")
    for choice in (first, second):
        phone.locator(f"label:has([value='{choice}'])").click()
    phone.get_by_role("button", name="Kijk hoe het afloopt").click()
    expect(phone.locator(".fb")).to_contain_text(ENDS["herstel"])
    expect(phone.locator(".fb")).to_contain_text("Volgende keer")
    expect(phone.get_by_text("Opgeslagen.")).to_be_visible()
    expect(phone.locator("kw-scenario")).to_be_visible()
