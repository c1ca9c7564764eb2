"""In at a team of an employer: the lead opens it, a nickname is typed, the pictures are tapped; and out again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, choose_pictures, join, sign_in, tap_pictures
from tests.e2e.groups import OPEN_TEAM, OPEN_TEAM_CODE, TEAM, TEAM_CODE
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]


@pytest.fixture
def lead(new_phone: NewPhone, own_server: Server) -> Page:
    page = new_phone(at=own_server)
    sign_in(page, "chantal")
    return page


def _to_signing_in(lead: Page, team: str) -> None:
    lead.goto("/docent/klassen/")
    lead.get_by_role("link", name=team).click()
    lead.get_by_role("link", name="Inloggen", exact=True).click()


def _type_nickname(page: Page, name: str) -> None:
    page.get_by_label("Typ de naam").fill(name)
    page.get_by_role("button", name="Ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dag {name}")


def test_the_whole_way_at_a_team(new_phone: NewPhone, own_server: Server, lead: Page):
    """Own phone: joins, chooses pictures. The tablet at work: code, nickname, pictures, a lesson, and out."""
    own = new_phone(at=own_server, has_touch=True)
    join(own, "Tess de Boer", TEAM_CODE)
    own.get_by_role("link", name="Bekijk het").tap()
    choose_pictures(own, "Bel", "Kop", "Boom")
    at_home(own)

    tablet = new_phone(at=own_server, has_touch=True)
    tablet.goto(f"/meedoen/{TEAM_CODE}/wie/")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Inloggen staat nog dicht")
    _to_signing_in(lead, TEAM)
    expect(lead.locator("main")).not_to_contain_text("Tess")
    lead.get_by_role("button", name="Zet open voor 15 minuten").click()
    tablet.get_by_role("link", name="Probeer opnieuw").tap()

    _type_nickname(tablet, "tess deboer")
    tap_pictures(tablet, "Kop", "Bel", "Boom")
    expect(tablet.get_by_role("alert")).to_contain_text("horen niet bij elkaar")
    tap_pictures(tablet, "Bel", "Kop", "Boom")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Ben jij Tess de Boer?")
    tablet.get_by_role("button", name="Ja, ga verder").tap()
    at_home(tablet)
    Lesson(tablet).open().go_on()
    tablet.goto("/lessen/")
    expect(tablet.get_by_text("Jij bent Tess de Boer.")).to_be_visible()
    tablet.goto("/mijn/")
    tablet.get_by_role("button", name="Log uit").tap()
    expect(tablet).to_have_url(re.compile("/$"))
    expect(tablet.get_by_label("Typ je code")).to_be_visible()
    tablet.goto("/wie/")
    expect(tablet.locator("main")).not_to_contain_text("Tess")

    lead.get_by_role("button", name="Zet nu dicht").click()
    tablet.goto(f"/meedoen/{TEAM_CODE}/wie/")
    expect(tablet.get_by_role("heading", level=1)).to_have_text("Inloggen staat nog dicht")


def test_all_of_it_goes_without_javascript_by_keyboard_and_pasted(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server, java_script_enabled=False)
    phone.goto(f"/meedoen/{OPEN_TEAM_CODE}/")
    field = phone.get_by_label("Typ de naam")
    field.focus()
    phone.keyboard.insert_text("JAN  WILLEM")  # as pasting does
    phone.keyboard.press("Enter")
    for picture in ("Huis", "Vis", "Zon"):
        phone.locator(f".pic[data-word={picture}]").focus()
        phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ben jij Jan Willem?")


def test_ten_that_were_not_right_close_it_and_the_lead_opens_it_again(
    new_phone: NewPhone, own_server: Server, lead: Page
):
    phone = new_phone(at=own_server)
    phone.goto(f"/meedoen/{OPEN_TEAM_CODE}/")
    _type_nickname(phone, "Niemand")
    for _ in range(10):
        expect(phone.locator(".slots .full")).to_have_count(0)
        for picture in ("Vis", "Huis", "Zon"):
            phone.locator(f".pic[data-word={picture}]").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Inloggen staat nog dicht")
    _to_signing_in(lead, OPEN_TEAM)
    expect(lead.locator("main")).to_contain_text("Inloggen ging vanzelf dicht.")
    lead.get_by_role("button", name="Zet open voor een uur").click()
    phone.get_by_role("link", name="Probeer opnieuw").click()
    expect(phone.get_by_label("Typ de naam")).to_be_visible()
