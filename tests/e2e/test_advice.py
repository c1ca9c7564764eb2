"""The way of an author: hard words are named while typing, and makkelijk goes online once it is easy."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.serving import PASSWORD, Server

FIELD = 'textarea[name="steps-1-value-text-makkelijk"]'
ADVICE = '[id="advice-steps-1-value-text-makkelijk"]'
HARD = "Indien je structureel namen van klanten typt, dan wordt dat door je organisatie niet geaccepteerd."
EASY = "AI is een programma.\nHet voelt niets.\nDat is gewoon zo."
WIDE = {"width": 1280, "height": 900}


def editor(page: Page, who: str, server: Server) -> None:
    """Open lesson A1 in the editor."""
    page.goto("/admin/login/")
    page.fill('input[name="username"]', who)
    page.fill('input[name="password"]', PASSWORD)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(re.compile(r"^http://[^/]+/admin/$"))
    command = "from modules.models import ModulePage; print('pk', ModulePage.objects.get(code='A1').pk)"
    page.goto(f"/admin/pages/{server.manage('shell', '-c', command).split()[-1]}/edit/")


def press(page: Page, action: str) -> None:
    """A button of the editor's footer, also one that is in its menu."""
    page.locator(f'button[name="{action}"]').first.evaluate("button => button.click()")
    page.wait_for_load_state()


def height(page: Page) -> float:
    """How far the field stands under the top of its form, however far someone scrolled."""
    return page.locator(FIELD).evaluate(
        "field => Math.round(field.getBoundingClientRect().top - field.form.getBoundingClientRect().top)"
    )


def test_a_hard_text_is_named_kept_as_a_draft_and_published_once_it_is_easy(own_server, new_phone):
    eva = new_phone(at=own_server, viewport=WIDE)
    editor(eva, "eva", own_server)
    expect(eva.locator("[data-reading-variants]")).to_contain_text("Makkelijk: niveau A2")
    told = eva.locator(ADVICE)
    expect(told).to_contain_text("Niveau: A2")
    eva.locator(FIELD).fill(HARD)
    place = height(eva)
    expect(told).to_contain_text("Zin van 15 woorden (hoogstens 12). Maak er twee of meer zinnen van.")
    expect(told).to_contain_text("Moeilijk woord: 'structureel'. Probeer: blijvend.")
    expect(told).to_contain_text("Lijdende vorm ('wordt ...'). Zeg wie het doet.")
    assert height(eva) == place, "the field jumped while someone typed"
    assert eva.locator(FIELD).get_attribute("aria-describedby").split()[-1] == "advice-steps-1-value-text-makkelijk"
    expect(eva.locator("[data-reading-said]")).to_contain_text("adviezen")
    expect(eva.locator("[data-reading-blocks]")).to_contain_text("Zin van 15 woorden")
    press(eva, "action-publish") if eva.locator('button[name="action-publish"]').count() else eva.keyboard.press(
        "Control+s"
    )
    expect(eva.locator(FIELD)).to_have_value(HARD)

    chief = new_phone(at=own_server, viewport=WIDE)
    editor(chief, "beheer", own_server)
    chief.locator(FIELD).fill(HARD)
    press(chief, "action-publish")
    expect(chief.locator("body")).to_contain_text("Makkelijk is nog te moeilijk.")
    expect(chief.locator(FIELD)).to_have_value(HARD)
    assert "structureel" not in chief.request.get("/les/wat-is-ai/").text()

    chief.locator(FIELD).fill(EASY)
    expect(chief.locator("[data-reading-free]")).to_be_visible()
    press(chief, "action-publish")
    expect(chief.locator("body")).to_contain_text("gepubliceerd")
    assert "Dat is gewoon zo." in chief.request.get("/les/wat-is-ai/").text()
