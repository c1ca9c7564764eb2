"""In a leadership group: what one writes for oneself stays on the device; a product goes from hand to hand."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import LEADERS
from tests.e2e.serving import Server
from tests.e2e.test_reflectie import OWN, SECRET, Listener, held_by


def as_lead(new_phone: Callable[..., Page], name: str, **options: object) -> Page:
    """A device on which this lead is signed in."""
    page = new_phone(**options)
    sign_in(page, name)
    expect(page).not_to_have_url(re.compile("/inloggen/"))
    return page


def group_number(server: Server, name: str = LEADERS) -> str:
    """The number of a group in addresses."""
    ask = f"from leadership.models import ProgrammeGroup as G; print(G.objects.get(cohort__name='{name}').pk)"
    return server.manage("shell", "-v0", "-c", ask)


# Looking back, for oneself


def test_what_one_writes_looking_back_never_leaves_the_device(new_phone: Callable[..., Page], own_server: Server):
    device = as_lead(new_phone, "gijs", at=own_server)
    listener = Listener(device)
    address = f"/programma/{group_number(own_server)}/terugkijken/2/"
    device.goto(address)
    field = device.get_by_label("Wat verraste me?")
    field.press_sequentially(SECRET)
    expect(device.get_by_role("status")).to_have_text("Bewaard op dit toestel.")
    device.context.set_offline(True)
    field.press_sequentially(" nog eens")
    device.context.set_offline(False)
    device.evaluate("dispatchEvent(new Event('online'))")
    device.goto("/programma/")
    device.goto(address)
    expect(field).to_have_value(f"{SECRET} nog eens")
    assert any(address in line for line in listener.sent), "the listener hears what is sent"
    assert [line for line in listener.sent if SECRET in line] == []
    assert SECRET not in str(device.context.cookies())
    device.goto(f"/programma/{group_number(own_server)}/terugkijken/1/")
    expect(field).to_have_value("")
    own_server.stop()
    assert held_by(own_server) == []


def test_someone_else_on_the_device_sees_nothing_of_it(new_phone: Callable[..., Page], server: Server):
    device = as_lead(new_phone, "gijs")
    address = f"/programma/{group_number(server)}/terugkijken/1/"
    device.goto(address)
    device.get_by_label("Wat durf ik nog niet?").fill(SECRET)
    device.get_by_role("button", name="Log uit").click()
    sign_in(device, "hilde")
    device.goto(address)
    expect(device.get_by_label("Wat durf ik nog niet?")).to_have_value("")
    device.get_by_label("Wat durf ik nog niet?").fill("van Hilde")
    device.get_by_role("button", name="Log uit").click()
    sign_in(device, "gijs")
    device.goto(address)
    expect(device.get_by_label("Wat durf ik nog niet?")).to_have_value(SECRET)


def test_it_can_be_copied_printed_and_wiped(new_phone: Callable[..., Page], server: Server):
    device = as_lead(new_phone, "ilse", permissions=["clipboard-read", "clipboard-write"])
    device.goto(f"/programma/{group_number(server)}/terugkijken/1/")
    device.get_by_label("Wat verraste me?").fill("Veel.\n<b>Echt</b>")
    device.get_by_role("button", name="Kopieer").click()
    expect(device.get_by_role("status")).to_have_text("Gekopieerd.")
    copied = device.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("Wat verraste me?\nVeel.\n<b>Echt</b>\n\nWie profiteert")
    device.emulate_media(media="print")
    expect(device.locator("[data-paper=verrast]")).to_be_visible()
    assert device.locator("[data-paper=verrast]").inner_text() == "Veel.\n<b>Echt</b>"
    expect(device.locator("textarea").first).not_to_be_visible()
    device.emulate_media(media="screen")
    device.get_by_text("Wis wat ik schreef").click()
    device.get_by_role("button", name="Ja, wis het").click()
    expect(device.get_by_role("status")).to_have_text("Gewist.")
    expect(device.get_by_label("Wat verraste me?")).to_be_focused()
    assert device.evaluate(OWN) == []


def test_without_a_script_one_writes_on_paper(new_phone: Callable[..., Page], server: Server):
    device = as_lead(new_phone, "gijs", java_script_enabled=False)
    device.goto(f"/programma/{group_number(server)}/terugkijken/1/")
    expect(device.get_by_text("Print deze bladzijde en schrijf op papier.")).to_be_visible()
    expect(device.locator("textarea")).to_have_count(0)
    device.emulate_media(media="print")
    expect(device.locator(".ruled li")).to_have_count(3)
    expect(device.locator(".desk > header")).not_to_be_visible()
