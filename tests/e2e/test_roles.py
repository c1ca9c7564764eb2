"""From an empty site to a teacher at her desk, on pages alone: who runs the site makes a school, who manages the school
invites a colleague by e-mail, and the trail says who gave what."""

import re
from collections.abc import Callable
from email import message_from_string
from email.policy import default

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, sign_in
from tests.e2e.groups import WATCHER
from tests.e2e.serving import Server
from tests.e2e.test_passkey import make_key, with_authenticator


def mailed(server: Server) -> str:
    return str(message_from_string(server.last_mail(), policy=default).get_content())


def with_key(new_phone: Callable[..., Page], server: Server, name: str) -> Page:
    """Someone who signed in with a password and made a passkey, but did not show it yet."""
    page = new_phone(at=server)
    with_authenticator(page)
    sign_in(page, name)
    at_home(page)
    make_key(page, "Sleutel")
    return page


def show_key(page: Page) -> None:
    expect(page.get_by_text("Log eerst nog een keer in")).to_be_visible()
    page.get_by_role("button", name="Log in met een sleutel op dit apparaat").click()


def test_a_school_gets_an_administrator_and_a_teacher_without_a_shell(
    new_phone: Callable[..., Page], own_server: Server
):
    chief = with_key(new_phone, own_server, WATCHER)
    chief.goto("/admin/organisaties/")
    chief.get_by_role("link", name="Nieuwe organisatie").click()
    chief.get_by_label("Naam").fill("Waddenschool")
    chief.get_by_role("button", name="Maak de organisatie").click()
    chief.get_by_role("link", name="Geef een rol").click()
    show_key(chief)
    chief.get_by_label("Gebruikersnaam of e-mailadres").fill("bram")
    chief.get_by_label("Beheerder.").check()
    chief.get_by_role("button", name="Geef de rol").click()
    expect(chief.get_by_text("is nu Beheerder bij Waddenschool")).to_be_visible()
    chief.get_by_role("link", name="Neem weg").click()
    expect(chief.get_by_text("Dit is de laatste beheerder.")).to_be_visible()

    bram = with_key(new_phone, own_server, "bram")
    bram.goto("/mijn/")
    expect(bram.get_by_text("Je bent nu Beheerder bij Waddenschool.")).to_be_visible()
    bram.get_by_role("link", name="Mensen en rollen").click()
    bram.get_by_role("link", name="Nodig een collega uit").click()
    show_key(bram)
    bram.get_by_label("E-mailadres van je collega").fill("sara@wad.example")
    bram.get_by_label("Hoe heet je collega?").fill("Sara")
    bram.get_by_label("Docent").check()
    bram.get_by_role("button", name="Stuur de uitnodiging").click()
    expect(bram.get_by_text("De uitnodiging ging naar sara@wad.example.")).to_be_visible()

    address = re.search(r"http\S+(/inloggen/code/\S+)", mailed(own_server))
    assert address
    sara = new_phone(at=own_server)
    with_authenticator(sara)
    sara.goto(address[1])
    sara.get_by_label("Met welk e-mailadres?").fill("sara@wad.example")
    sara.get_by_role("button", name="Stuur mij de code").click()
    sara.get_by_label("Je code").fill(re.search(r"Je code is (\d{6})", mailed(own_server))[1])  # type: ignore[index]
    sara.get_by_role("button", name="Ga verder").click()
    expect(sara).to_have_url(f"{own_server.url}/docent/")
    expect(sara.get_by_text("Je bent nu Docent bij Waddenschool")).to_be_visible()
    make_key(sara, "Mijn telefoon")
    sara.goto("/docent/")
    sara.get_by_role("link", name="Nieuwe klas").click()
    sara.get_by_label("Hoe heet de klas?").fill("Klas 1")
    sara.get_by_role("button", name="Maak de klas").click()
    expect(sara.get_by_text("Klas 1 is gemaakt.")).to_be_visible()

    bram.get_by_role("link", name="Mensen", exact=True).click()
    bram.locator(".pick li", has_text="Sara").get_by_role("link", name="Wijzig").click()
    bram.locator("summary", has_text="Neem deze rol weg").click()
    bram.get_by_role("button", name="Neem weg: Docent").click()
    expect(bram.get_by_role("heading", name="Niemand leidt deze groepen")).to_be_visible()
    sara.reload()
    expect(sara.get_by_role("heading", level=1)).not_to_contain_text("Klas 1")
    bram.goto("/docent/logboek/")
    line = bram.locator(".trail li", has_text="Rol gegeven").filter(has_text="Sara")
    expect(line).to_contain_text("Bram")
    expect(bram.locator(".trail li", has_text="Rol weggenomen")).to_contain_text("Sara")
