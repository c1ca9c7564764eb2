"""In a leadership group: what one writes for oneself stays on the device; a product goes from hand to hand."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in, sign_out
from tests.e2e.peer_screens import group_of
from tests.e2e.serving import Server
from tests.e2e.test_reflectie import OWN, SECRET, Listener, held_by


def as_lead(new_phone: Callable[..., Page], name: str, **options: object) -> tuple[Page, str]:
    """A device on which this lead is signed in, and the address of their group."""
    page = new_phone(**options)
    return page, group_of(page, name)


# Looking back, for oneself


def test_what_one_writes_looking_back_never_leaves_the_device(new_phone: Callable[..., Page], own_server: Server):
    device, group = as_lead(new_phone, "gijs", at=own_server)
    listener = Listener(device)
    address = f"{group}terugkijken/2/"
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
    device.goto(f"{group}terugkijken/1/")
    expect(field).to_have_value("")
    own_server.stop()
    assert held_by(own_server) == []


def test_someone_else_on_the_device_sees_nothing_of_it(new_phone: Callable[..., Page]):
    device, group = as_lead(new_phone, "gijs")
    address = f"{group}terugkijken/1/"
    device.goto(address)
    device.get_by_label("Wat durf ik nog niet?").fill(SECRET)
    sign_out(device)
    sign_in(device, "hilde")
    device.goto(address)
    expect(device.get_by_label("Wat durf ik nog niet?")).to_have_value("")
    device.get_by_label("Wat durf ik nog niet?").fill("van Hilde")
    sign_out(device)
    sign_in(device, "gijs")
    device.goto(address)
    expect(device.get_by_label("Wat durf ik nog niet?")).to_have_value(SECRET)


def test_it_can_be_copied_printed_and_wiped(new_phone: Callable[..., Page]):
    device, group = as_lead(new_phone, "ilse", permissions=["clipboard-read", "clipboard-write"])
    device.goto(f"{group}terugkijken/1/")
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


def test_without_a_script_one_writes_on_paper(new_phone: Callable[..., Page]):
    device, group = as_lead(new_phone, "gijs", java_script_enabled=False)
    device.goto(f"{group}terugkijken/1/")
    expect(device.get_by_text("Print deze bladzijde en schrijf op papier.")).to_be_visible()
    expect(device.locator("textarea")).to_have_count(0)
    device.emulate_media(media="print")
    expect(device.locator(".ruled li")).to_have_count(3)
    expect(device.locator(".desk > header")).not_to_be_visible()


# From hand to hand

MAKE = """
from leadership.models import ProgrammeGroup
from leadership.services import save_product
from people.models import User
group, owner = ProgrammeGroup.objects.get(cohort__name='Voorjaar'), User.objects.get(username='chantal')
print(save_product(group=group, owner=owner, template='start', values={%r: %r}, base=%d).product.pk)
"""


def made(server: Server, text: str, base: int = 0) -> str:
    """A product of Chantal in which this stands; its number."""
    return server.manage("shell", "-v0", "-c", MAKE % ("knelpunt", text, base))


def share(device: Page, product: str, who: str) -> None:
    device.goto(f"/programma/stuk/{product}/delen/")
    device.get_by_label(re.compile(f"^{who}")).check()
    device.get_by_role("button", name="Bewaar deze keuze").click()
    expect(device.get_by_role("status").first).to_contain_text(re.compile("Gedeeld|Opgeslagen"))


def fill_in(device: Page, **other: str) -> None:
    for question, text in {
        "echt": "Ja.",
        "gehoord": "Nog niet.",
        "stoppen": "Bij twee.",
        "maandag": "Bellen.",
        **other,
    }.items():
        device.locator(f"textarea[name={question}]").fill(text)


def test_a_product_goes_from_hand_to_hand_and_comes_back_with_answers(
    new_phone: Callable[..., Page], own_server: Server
):
    product = made(own_server, "Offertes blijven liggen")
    author, _ = as_lead(new_phone, "chantal", at=own_server)
    partner, group = as_lead(new_phone, "gijs", at=own_server)
    address = f"{group}gedeeld/{product}/"
    partner.goto(f"{group}gedeeld/")
    expect(partner.get_by_text("Je duo deelt nu niets met je.")).to_be_visible()
    share(author, product, "Mijn duo")

    partner.goto("/mijn/")
    partner.get_by_text("Je duo deelt een stuk met je.").wait_for()
    partner.get_by_role("link", name="Bekijk het").first.click()
    expect(partner).to_have_url(re.compile(address))
    expect(partner.get_by_text("Offertes blijven liggen")).to_be_visible()
    partner.context.set_offline(True)
    fill_in(partner, gehoord="De nachtdienst niet.\nDe planner wel.")
    partner.get_by_role("button", name="Verstuur", exact=True).click()
    told = partner.locator("[data-told]")
    expect(told).to_contain_text("Geen verbinding. Je antwoorden staan nog hier.")
    partner.context.set_offline(False)
    partner.evaluate("dispatchEvent(new Event('online'))")
    expect(partner.get_by_text("Chantal kan je antwoorden nu lezen.")).to_be_visible()
    expect(told).to_have_text("")
    assert partner.evaluate(OWN) == [], "what the server has, is not kept twice"

    author.goto("/mijn/")
    author.get_by_text("Je duo heeft je stuk gelezen.").wait_for()
    author.get_by_role("link", name="Bekijk het").first.click()
    expect(author.get_by_text("De nachtdienst niet.")).to_be_visible()

    share(author, product, "Alleen ik")
    assert partner.reload().status == 404
    expect(partner.get_by_role("heading", name="Dit stuk wordt nu niet met je gedeeld")).to_be_visible()
    partner.get_by_role("link", name="Gedeelde stukken").click()
    partner.locator("summary").filter(has_text="Startpunt").click()
    expect(partner.get_by_text("De planner wel.")).to_be_visible()


def test_what_was_typed_and_not_sent_is_there_again_and_only_for_who_typed_it(
    new_phone: Callable[..., Page], own_server: Server
):
    product = made(own_server, "Offertes")
    author, _ = as_lead(new_phone, "chantal", at=own_server)
    share(author, product, "De hele groep")
    device, group = as_lead(new_phone, "gijs", at=own_server)
    address = f"{group}gedeeld/{product}/"
    device.goto(address)
    field = device.get_by_label("Wie is gehoord?")
    field.fill("Nog niet klaar")
    expect(device.locator("[data-told]")).to_have_text("Bewaard op dit toestel. Nog niet verstuurd.")
    device.get_by_role("button", name="Verstuur", exact=True).click()  # the others are empty
    expect(device.get_by_role("alert").first).to_contain_text("Nog niet verstuurd.")
    device.goto("about:blank")
    device.goto(address)
    expect(field).to_have_value("Nog niet klaar")
    sign_out(device)
    sign_in(device, "hilde")
    device.goto(address)
    expect(device.locator("textarea")).to_have_count(0)
    sign_out(device)
    sign_in(device, "gijs")
    device.goto(address)
    expect(field).to_have_value("Nog niet klaar")
    share(author, product, "Alleen ik")
    fill_in(device)
    device.get_by_role("button", name="Verstuur", exact=True).click()
    expect(device.get_by_text("Je antwoorden zijn niet verstuurd.")).to_be_visible()
    expect(device.get_by_text("Bij twee.")).to_be_visible()
    share(author, product, "Mijn duo")
    device.goto(address)
    device.get_by_role("button", name="Gooi weg wat niet verstuurd is").click()
    expect(field).to_have_value("")
    assert device.evaluate(OWN) == []


def test_when_the_session_ended_nothing_is_lost(new_phone: Callable[..., Page], own_server: Server):
    product = made(own_server, "Offertes")
    author, _ = as_lead(new_phone, "chantal", at=own_server)
    share(author, product, "Mijn duo")
    device, group = as_lead(new_phone, "gijs", at=own_server)
    device.goto(f"{group}gedeeld/{product}/")
    fill_in(device)
    device.context.clear_cookies(name="kortwijs")
    device.get_by_role("button", name="Verstuur", exact=True).click()
    expect(device.get_by_label("Je naam")).to_be_visible()
    sign_in(device, "gijs")
    device.goto(f"{group}gedeeld/{product}/")
    expect(device.get_by_label("Wat doe je maandag?")).to_have_value("Bellen.")
    expect(device.locator("[data-told]")).to_have_text("Bewaard op dit toestel. Nog niet verstuurd.")
    device.get_by_role("button", name="Verstuur", exact=True).click()
    expect(device.get_by_text("Chantal kan je antwoorden nu lezen.")).to_be_visible()


def test_before_one_shares_the_device_itself_looks_for_names(new_phone: Callable[..., Page], own_server: Server):
    product = made(own_server, "Mevrouw Jansen wacht te lang")
    author, _ = as_lead(new_phone, "chantal", at=own_server)
    listener = Listener(author)
    author.goto(f"/programma/stuk/{product}/delen/")
    found = author.locator("kw-persons")
    expect(found).to_contain_text("Jansen")
    expect(found).to_contain_text("Pas het aan voor je deelt")
    assert [line for line in listener.sent if "Jansen" in line] == []
    made(own_server, "De planner wacht te lang", base=1)
    author.reload()
    expect(found).to_contain_text("Je toestel zag geen namen")
    author.context.route("**/lists*.json", lambda route: route.abort())
    author.reload()
    expect(found).to_contain_text("Kijk zelf of er namen in staan.")


def test_without_a_script_one_shares_and_answers_all_the_same(new_phone: Callable[..., Page], own_server: Server):
    product = made(own_server, "Offertes")
    author, _ = as_lead(new_phone, "chantal", at=own_server, java_script_enabled=False)
    author.goto(f"/programma/stuk/{product}/delen/")
    expect(author.get_by_text("Staan er namen van mensen in?")).to_be_visible()
    share(author, product, "Mijn duo")
    partner, group = as_lead(new_phone, "gijs", at=own_server, java_script_enabled=False)
    partner.goto(f"{group}gedeeld/{product}/")
    partner.get_by_role("button", name="Verstuur", exact=True).click()
    expect(partner.get_by_role("alert").first).to_contain_text("Nog niet verstuurd.")
    fill_in(partner)
    partner.get_by_role("button", name="Verstuur", exact=True).click()
    expect(partner.get_by_text("Chantal kan je antwoorden nu lezen.")).to_be_visible()
    expect(partner.get_by_label("Wat doe je maandag?")).to_have_value("Bellen.")
