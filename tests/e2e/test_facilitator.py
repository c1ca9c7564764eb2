"""Fenna begins a group, plans when it meets, moves that, and opens a week; who takes part hears of it."""

import re
from datetime import date, timedelta

from icalendar import Calendar
from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.leads import NEW_LEAD

NAME = "Winter in Assen"
DESK = {"viewport": {"width": 1280, "height": 800}}


def next_monday() -> date:
    today = date.today()
    return today + timedelta(days=7 - today.weekday())


def begin(page: Page) -> str:
    """From the desk to a new group; a day that is no Monday is named first. Gives the code."""
    page.goto("/docent/")
    page.get_by_role("link", name="Programma", exact=True).click()
    page.get_by_role("link", name="Begin een groep").click()
    page.get_by_label("Hoe heet de groep?").fill(NAME)
    day = page.get_by_label("Op welke maandag begint de groep?")
    day.fill((next_monday() + timedelta(days=1)).isoformat())
    page.get_by_role("button", name="Maak de groep").click()
    expect(page.get_by_role("alert")).to_contain_text("Dit is een dinsdag. Kies maandag")
    expect(page.get_by_label("Hoe heet de groep?")).to_have_value(NAME)
    day.fill(next_monday().isoformat())
    page.get_by_role("button", name="Maak de groep").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{NAME} begeleiden")
    expect(page.get_by_text("Nog niemand.")).to_be_visible()
    return page.locator(".code").inner_text()


def join(page: Page, code: str) -> None:
    sign_in(page, NEW_LEAD)
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    page.goto(f"/meedoen/{code}/")
    page.get_by_role("button", name="Ja, doe mee").click()
    expect(page).to_have_url(re.compile("/mijn/$"))


def plan(page: Page, at: str, place: str) -> None:
    """Without a place it is not planned; then it is."""
    page.locator("#week-1").get_by_role("link", name=re.compile("Plan|Verplaats")).click()
    page.get_by_label("Op welke dag?").fill((next_monday() + timedelta(days=1)).isoformat())
    page.get_by_label("Hoe laat begint het?").fill(at)
    page.get_by_label("Waar?").fill("")
    page.get_by_role("button", name=re.compile("^(Plan|Verplaats)$")).click()
    expect(page.get_by_role("alert")).to_have_text("Typ waar jullie samenkomen.")
    expect(page.get_by_label("Hoe laat begint het?")).to_have_value(at)
    page.get_by_label("Waar?").fill(place)
    page.get_by_role("button", name=re.compile("^(Plan|Verplaats)$")).click()
    expect(page.locator("#week-1")).to_contain_text(f"{at.replace(':', '.')} uur, {place}")


def test_a_facilitator_begins_a_group_plans_and_opens_a_week(new_phone):
    page, lead = new_phone(**DESK), new_phone()
    sign_in(page, "fenna")
    code = begin(page)
    join(lead, code)
    page.reload()
    expect(page.get_by_text("1 deelnemer uit 1 organisatie.")).to_be_visible()
    plan(page, "14:00", "Assen, zaal 3")
    plan(page, "15:30", "Assen of online")
    with page.expect_download() as download:
        page.get_by_role("link", name="Zet in je agenda").click()
    [event] = Calendar.from_ical(download.value.path().read_bytes()).walk("VEVENT")
    assert (int(event["sequence"]), str(event["location"])) == (1, "Assen of online")
    page.locator("#week-1").get_by_role("button", name="Open deze week nu").click()
    expect(page.locator("#week-1")).to_contain_text("Staat open")
    lead.goto("/mijn/")
    expect(lead.get_by_text("Week 1 staat open: Meten en terugkoppelen.")).to_be_visible()
    expect(lead.get_by_text(re.compile("De bijeenkomst van week 1 is"))).to_have_count(1)
    lead.goto("/programma/")
    expect(lead.get_by_text("Assen of online")).to_be_visible()


def test_the_outline_of_a_meeting_is_printed_without_the_desk(new_phone):
    page = new_phone(**DESK)
    sign_in(page, "femke")
    page.goto("/programma/")
    page.get_by_role("link", name=re.compile("^Noord, voorjaar")).click()
    page.get_by_role("link", name=re.compile("Week 4")).first.click()
    expect(page.get_by_text("Stap voor stap")).to_be_visible()
    page.emulate_media(media="print", color_scheme="dark")
    expect(page.get_by_role("navigation")).to_be_hidden()
    expect(page.get_by_text("Stap voor stap")).to_be_visible()
    shown = "getComputedStyle(document.querySelector('.paper')).color + getComputedStyle(document.body).color"
    assert page.evaluate(shown).startswith("rgb(0, 0, 0)")
