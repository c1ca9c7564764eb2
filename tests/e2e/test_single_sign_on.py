"""Signing in with a school, in a real browser: there and back again, with cookies that stay Lax and a strict policy."""

import re

from playwright.sync_api import Browser, expect

from tests.e2e.arriving import sign_in
from tests.e2e.player import Lesson
from tests.e2e.serving import PHONE, Server
from tests.integrations.single_sign_on.provider import CLIENT, SECRET, Provider, provider_runs

REGISTER = """
from people.models import Organisation
from integrations.single_sign_on.services import add_provider
school = Organisation.objects.filter(kind="school").first()
add_provider(organisation=school, kind="other", name="Voorbeeldschool", issuer={issuer!r}, client_id={client!r},
             secret={secret!r}, actor=None)
"""


def register(server: Server, idp: Provider) -> None:
    server.manage("shell", "-v0", "-c", REGISTER.format(issuer=idp.issuer, client=CLIENT, secret=SECRET))


def test_a_learner_signs_in_with_the_school_and_what_was_done_comes_along(browser: Browser, own_server: Server):
    with provider_runs(asks=True) as idp:
        register(own_server, idp)
        context = browser.new_context(viewport=PHONE, base_url=own_server.url)  # type: ignore[arg-type]
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text) if "Content Security" in message.text else None)
        lesson = Lesson(page).open()
        lesson.go_on()
        expect(lesson.saved).to_have_text("Opgeslagen.")

        page.goto("/inloggen/?next=/lessen/")
        page.get_by_role("link", name="Log in met Voorbeeldschool").click()
        expect(page).to_have_url(re.compile(re.escape(f"{idp.address}/authorize")))
        page.get_by_role("button", name="Ja, dat ben ik").click()
        expect(page).to_have_url(f"{own_server.url}/lessen/")
        assert {cookie["sameSite"] for cookie in context.cookies(own_server.url)} == {"Lax"}
        assert not [cookie for cookie in context.cookies(own_server.url) if cookie["name"].startswith("sso-")]
        page.goto("/mijn/")
        expect(page.get_by_text("Van deze telefoon meegenomen: 1 les.")).to_be_visible()

        page.get_by_role("button", name="Log uit").click()
        expect(page.get_by_role("heading", name="Je bent hier uitgelogd")).to_be_visible()
        page.get_by_role("link", name="Log uit bij Voorbeeldschool").click()
        expect(page.get_by_role("heading", name="Uitgelogd bij Voorbeeldschool")).to_be_visible()
        assert refused == []
        context.close()


def test_a_teacher_links_the_school_at_the_own_account(browser: Browser, own_server: Server):
    with provider_runs(asks=True) as idp:
        register(own_server, idp)
        context = browser.new_context(viewport=PHONE, base_url=own_server.url)  # type: ignore[arg-type]
        page = context.new_page()
        sign_in(page, "bram")
        expect(page).to_have_url(re.compile("/mijn/$"))
        page.goto("/mijn/inloggen/")
        page.get_by_role("link", name="Log in met je school of je werk").click()
        page.get_by_role("link", name="Koppel Voorbeeldschool").click()
        page.get_by_role("button", name="Ja, dat ben ik").click()
        expect(page.get_by_text("Je kunt nu ook inloggen met Voorbeeldschool.")).to_be_visible()
        context.clear_cookies()
        page.goto("/inloggen/?next=/docent/")
        page.get_by_role("link", name="Log in met Voorbeeldschool").click()
        page.get_by_role("button", name="Ja, dat ben ik").click()
        expect(page).to_have_url(f"{own_server.url}/docent/")
        context.close()


def test_a_link_from_an_intranet_shows_a_button_first(browser: Browser, own_server: Server):
    with provider_runs(asks=True) as idp:
        register(own_server, idp)
        page = browser.new_page(viewport=PHONE)  # type: ignore[arg-type]
        page.goto(f"{own_server.url}/inloggen/")
        door = page.get_by_role("link", name="Log in met Voorbeeldschool").get_attribute("href")
        page.goto(f"{idp.address}/logout")
        page.evaluate("address => { location.href = address; }", f"{own_server.url}{door}")
        expect(page.get_by_role("heading", name="Log in met Voorbeeldschool")).to_be_visible()
        page.get_by_role("link", name="Ga verder").click()
        expect(page.get_by_role("button", name="Ja, dat ben ik")).to_be_visible()
        page.close()
