"""A lead fills in a guided form: whatever happens to the connection, the page or the phone, no letter is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.arriving import sign_in, sign_out
from tests.e2e.leads import LEAD, WRITERS
from tests.e2e.programme_screens import open_form

pytestmark = pytest.mark.flaky(reruns=0)  # a letter lost once in many is still lost
SAVE = "**/bewaar/"
SAVED, OFFLINE = "Opgeslagen.", "Geen internet. We bewaren alles op dit apparaat."
FAILING = "Opslaan lukt nu even niet. Alles staat nog op dit apparaat."


def types(page: Page, text: str, field: str = "knelpunt") -> None:
    """As with a keyboard, after what stands there."""
    box = page.locator(f"#{field}")
    box.focus()
    page.keyboard.press("End")
    page.keyboard.type(text)


def says(page: Page, text: str) -> None:
    expect(page.locator("#stand")).to_contain_text(text)


def stands(page: Page, text: str, field: str = "knelpunt") -> None:
    expect(page.locator(f"#{field}")).to_have_value(text)


def opened(page: Page, address: str) -> Page:
    """The form anew, in a fresh page of the same phone."""
    page.goto(address)
    expect(page.locator("kw-product[data-at-work]")).to_be_visible()
    return page


def lose_reply(route: Route) -> None:
    """The server gets it; the phone never hears so."""
    route.fetch()
    route.abort("connectionreset")


def test_what_is_typed_is_saved_by_itself_and_stands_there_again(new_phone: Callable[..., Page]):
    phone, writer = new_phone(), WRITERS[0]
    address = open_form(phone, writer)
    types(phone, "Offertes blijven liggen")
    says(phone, "Even bewaren")
    says(phone, SAVED)
    phone.locator("#vraag-metingen [data-more]").click()
    phone.keyboard.type("Dagen tot de offerte")
    phone.locator("#metingen-0-wat").fill("Avonden")
    says(phone, SAVED)
    elsewhere = new_phone()
    open_form(elsewhere, writer)
    stands(elsewhere, "Offertes blijven liggen")
    stands(elsewhere, "Avonden", "metingen-0-wat")
    stands(elsewhere, "Dagen tot de offerte", "metingen-1-wat")
    opened(phone, address)
    expect(phone.locator("[data-lacking=merkt]")).to_be_visible()
    expect(phone.locator("[data-lacking=knelpunt]")).to_be_hidden()


FIRST = {"taakscan": "team", "processchets": "proces", "gegevenskaart": "doel"}
CUTS = {
    "before typing": "taakscan",
    "while typing": "processchets",
    "before the reply": "gegevenskaart",
    "and the page is closed": "taakscan",
    "by a server that fails": "processchets",
}


@pytest.mark.parametrize("cut", CUTS)
def test_a_connection_that_is_cut_costs_nothing(new_phone: Callable[..., Page], cut: str):
    phone, first = new_phone(), FIRST[CUTS[cut]]
    address = open_form(phone, WRITERS[1], CUTS[cut])
    before = phone.locator(f"#{first}").input_value()
    if cut in ("before typing", "and the page is closed"):
        phone.context.set_offline(True)
    if cut == "before the reply":
        phone.context.route(SAVE, lose_reply)
    if cut == "by a server that fails":
        phone.context.route(SAVE, lambda route: route.fulfill(status=502))
    types(phone, "Eerste deel", first)
    if cut == "while typing":
        phone.context.set_offline(True)
    phone.locator(f"#{first}").blur()
    says(phone, FAILING if cut == "by a server that fails" else OFFLINE)
    types(phone, ", tweede deel", first)
    if cut == "and the page is closed":
        phone.close()
        phone.context.set_offline(False)
        phone = opened(phone.context.new_page(), address)
    phone.context.unroute_all()
    phone.context.set_offline(False)
    phone.get_by_role("button", name="Bewaar").first.click()
    says(phone, SAVED)
    opened(phone, address)
    stands(phone, before + "Eerste deel, tweede deel", first)
    phone.goto(address + "versies/")
    expect(phone.locator("main")).not_to_contain_text("Apart gelegd")


@pytest.mark.parametrize("letters", [1, 7])
def test_a_page_that_is_killed_while_one_types_loses_no_letter(new_phone: Callable[..., Page], letters: int):
    phone = new_phone()
    address = open_form(phone, WRITERS[2])
    before = phone.locator("#merkt").input_value()
    phone.context.route(SAVE, lambda route: route.abort())
    types(phone, "planner"[:letters], "merkt")
    phone.wait_for_timeout(100)
    phone.close(run_before_unload=False)
    phone.context.unroute_all()
    phone = opened(phone.context.new_page(), address)
    stands(phone, before + "planner"[:letters], "merkt")
    says(phone, SAVED)


def test_of_two_devices_the_second_is_told_and_both_texts_are_there(new_phone: Callable[..., Page]):
    one, other = new_phone(), new_phone()
    address = open_form(one, WRITERS[3])
    open_form(other, WRITERS[3])
    types(one, "Van de een")
    says(one, SAVED)
    types(other, "Van de ander")
    types(other, "De klant", "merkt")
    says(other, "Op een ander apparaat is dit stuk veranderd")
    stands(other, "Van de ander")
    other.get_by_role("button", name="Vergelijk de twee").click()
    compared = other.locator(".conflict")
    expect(compared).to_contain_text("Van de een")
    expect(compared).to_contain_text("Van de ander")
    types(other, "!", "merkt")
    other.get_by_role("button", name=re.compile("Neem dit over.*Het knelpunt")).click()
    stands(other, "Van de een")
    stands(other, "De klant!", "merkt")
    other.get_by_role("button", name="Bewaar die van hier").first.click()
    says(other, SAVED)
    opened(one, address)
    stands(one, "Van de een")
    stands(one, "De klant!", "merkt")
    one.goto(address + "versies/")
    one.locator("summary", has_text="Apart gelegd").last.click()
    expect(one.locator("details[open]")).to_contain_text("Van de ander")
    one.locator("details[open]").get_by_role("button", name=re.compile("Zet deze versie terug")).click()
    stands(one, "Van de ander")


def test_all_of_the_other_device_can_be_taken_at_once(new_phone: Callable[..., Page]):
    one, other = new_phone(), new_phone()
    address = open_form(one, WRITERS[3], "taakscan")
    open_form(other, WRITERS[3], "taakscan")
    types(one, "Planning", "team")
    says(one, SAVED)
    types(other, "Magazijn", "team")
    other.get_by_role("button", name="Vergelijk de twee").click()
    other.get_by_role("link", name="Neem alles van het andere apparaat").click()
    expect(other.locator("kw-product[data-at-work]:not([data-compare])")).to_be_visible()
    stands(other, "Planning", "team")
    opened(other, address)
    stands(other, "Planning", "team")


def test_somebody_else_on_this_device_never_sees_it_and_its_owner_finds_it_again(new_phone: Callable[..., Page]):
    phone = new_phone()
    address = open_form(phone, WRITERS[4])
    phone.context.route(SAVE, lambda route: route.abort())
    types(phone, "Nog niet verstuurd")
    says(phone, OFFLINE)
    sign_out(phone)
    expect(phone).not_to_have_url(address)
    phone.context.unroute_all()
    open_form(phone, WRITERS[5])
    stands(phone, "")
    types(phone, "Van een ander")
    says(phone, SAVED)
    sign_out(phone)
    open_form(phone, WRITERS[4])
    stands(phone, "Nog niet verstuurd")
    says(phone, SAVED)


def test_a_session_that_ended_keeps_what_was_typed_until_its_owner_is_back(new_phone: Callable[..., Page]):
    phone = new_phone()
    open_form(phone, WRITERS[5], "taakscan")
    phone.context.clear_cookies(name="kortwijs")
    types(phone, "Na de sessie", "team")
    says(phone, "Je bent uitgelogd. Wat je typte, staat nog op dit apparaat.")
    phone.get_by_role("link", name="Log weer in.").click()
    phone.get_by_label("Je naam").fill(WRITERS[5])
    phone.get_by_label("Je wachtwoord").fill("kortwijs-demo")
    phone.get_by_role("button", name="Log in", exact=True).click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Taakscan van één team")
    stands(phone, "Na de sessie", "team")
    says(phone, SAVED)


def test_what_the_server_refuses_is_said_at_its_field_and_kept_on_the_device(new_phone: Callable[..., Page]):
    phone = new_phone()
    address = open_form(phone, WRITERS[6])
    phone.locator("#knelpunt").fill("x" * 201)
    told = phone.locator("#fout-knelpunt")
    expect(told).to_have_text("Dit is te lang. Er passen 200 tekens, je hebt er 201.")
    expect(phone.locator("#knelpunt")).to_have_attribute("aria-invalid", "true")
    says(phone, "Nog niet opgeslagen. Kijk bij de rode tekst.")
    phone.close()
    phone = opened(phone.context.new_page(), address)
    stands(phone, "x" * 201)
    says(phone, "Nog niet opgeslagen.")
    phone.locator("#metingen-0-wat").fill("y" * 201)
    phone.locator("#knelpunt").fill("Kort")
    expect(phone.locator("#fout-metingen")).to_contain_text("Rij 1: Dit is te lang.")
    phone.locator("#metingen-0-wat").fill("Kort")
    says(phone, SAVED)
    expect(phone.locator("#fout-metingen")).to_be_empty()


def test_without_a_script_the_form_keeps_all_and_rows_come_and_go(new_phone: Callable[..., Page]):
    phone = new_phone(java_script_enabled=False)
    sign_in(phone, WRITERS[7])
    phone.goto("/programma/")
    phone.goto(phone.url + "stuk/start/")
    phone.locator("#knelpunt").fill("Zonder script")
    phone.locator("#metingen-0-wat").fill("Wachttijd")
    phone.get_by_role("button", name=re.compile("Rij erbij.*Nulmeting")).click()
    stands(phone, "Zonder script")
    phone.locator("#metingen-1-wat").fill("Fouten")
    phone.get_by_role("button", name=re.compile("Haal weg.*Rij 1")).click()
    stands(phone, "Fouten", "metingen-0-wat")
    phone.locator("#merkt").fill("x" * 1501)
    phone.get_by_role("button", name="Bewaar").first.click()
    expect(phone.locator("#fout-merkt")).to_contain_text("Dit is te lang.")
    stands(phone, "Fouten", "metingen-0-wat")
    phone.locator("#merkt").fill("De klant")
    phone.get_by_role("button", name="Bewaar").first.click()
    says(phone, SAVED)
    stands(phone, "De klant", "merkt")
    expect(phone.get_by_text("Een rij is nog niet helemaal gevuld.")).to_be_visible()


def test_the_form_is_filled_in_by_keyboard_alone(new_phone: Callable[..., Page]):
    desk = new_phone(viewport={"width": 1280, "height": 800})
    open_form(desk, WRITERS[6], "processchets")
    desk.locator("#proces").focus()
    desk.keyboard.type("Offerte")
    desk.keyboard.press("Enter")
    says(desk, SAVED)
    desk.keyboard.press("Tab")
    desk.keyboard.type("Opmeten")
    desk.keyboard.press("Tab")
    desk.keyboard.press("ArrowDown")
    expect(desk.locator("#stappen-0-doet")).to_be_focused()
    expect(desk.locator("#stappen-0-doet")).to_have_value("mens")
    more = desk.get_by_role("button", name=re.compile("Rij erbij.*De stappen"))
    rows = desk.locator("#vraag-stappen [data-row]")
    more.focus()
    desk.keyboard.press("Enter")
    expect(rows).to_have_count(4)
    expect(desk.locator("#stappen-3-wat")).to_be_focused()
    desk.keyboard.type("Nakijken")
    desk.get_by_role("button", name=re.compile("Haal weg.*Rij 2")).focus()
    desk.keyboard.press("Space")
    expect(rows).to_have_count(3)
    expect(desk.locator("#stappen-1-wat")).to_be_focused()
    says(desk, SAVED)
    desk.reload()
    stands(desk, "Nakijken", "stappen-1-wat")


def test_what_points_to_a_person_is_marked_here_and_blocks_nothing(new_phone: Callable[..., Page]):
    phone, sent = new_phone(), []
    address = open_form(phone, WRITERS[8])
    phone.context.on("request", lambda request: sent.append(request))
    phone.locator("#merkt").fill("Jan Jansen, jan.jansen@voorbeeld.nl, BSN 111222333, 06-12345678")
    told = phone.locator("#mens-merkt")
    for words in ("‘Jan Jansen’ lijkt een naam. Noem een functie", "mailadres", "BSN", "telefoonnummer"):
        expect(told).to_contain_text(words)
    says(phone, SAVED)
    assert {one.url.split("/")[-2] for one in sent if one.method != "GET"} == {"bewaar"}
    assert not [one.url for one in sent if "ansen" in one.url]  # also not by the worker, which gets lessons meanwhile
    phone.locator("#merkt").fill("De planner merkt dit.")
    expect(told).to_be_empty()
    phone.locator("#metingen-0-wat").fill("Mevrouw De Boer belt")
    expect(phone.locator("#mens-metingen")).to_contain_text("Noem een functie, geen naam.")
    assert address


def test_a_second_window_of_one_device_does_not_write_over_the_first(new_phone: Callable[..., Page]):
    phone = new_phone()
    address = open_form(phone, WRITERS[8], "taakscan")
    types(phone, "Hier", "team")
    second = phone.context.new_page()
    second.goto(address)
    says(second, "Dit stuk staat al open in een ander venster.")
    says(phone, SAVED)
    phone.close()
    expect(second.locator("kw-product[data-at-work]")).to_be_visible()
    stands(second, "Hier", "team")


def test_an_example_is_read_beside_the_form_and_changes_nothing(new_phone: Callable[..., Page]):
    phone = new_phone()
    open_form(phone, LEAD, "taakscan")
    before = phone.locator("#team").input_value()
    phone.get_by_role("link", name="Bekijk een voorbeeld").click()
    example = phone.locator("#voorbeeld details", has_text="Zorg").first
    example.locator("summary").click()
    expect(example).to_contain_text("Planning van een zorginstelling")
    expect(example).to_contain_text("AI doet voorwerk")
    stands(phone, before, "team")
