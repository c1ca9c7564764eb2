"""A passkey in a real browser, with an authenticator of the browser's own (WebAuthn, over its debugging protocol)."""

import re
from collections.abc import Callable

from playwright.sync_api import CDPSession, Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.serving import Server


def with_authenticator(page: Page, *, knows_who: bool = True) -> tuple[CDPSession, str]:
    """A device that holds keys and asks for a finger; `knows_who`: the finger is the right one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": knows_who, "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session, made["authenticatorId"]


def make_key(page: Page, name: str) -> None:
    page.goto("/mijn/inloggen/")
    page.get_by_role("link", name="Maak een toegangssleutel").click()
    page.get_by_label("Hoe noem je deze sleutel?").fill(name)
    page.get_by_role("button", name="Maak de sleutel").click()
    expect(page).not_to_have_url(re.compile("nieuw"))


def test_a_passkey_is_made_and_signs_in_by_itself(new_phone: Callable[..., Page], own_server: Server):
    page = new_phone(at=own_server)
    session, authenticator = with_authenticator(page)
    sign_in(page, "bram")
    expect(page).to_have_url(re.compile("/mijn/$"))
    make_key(page, "Mijn telefoon")
    page.goto("/mijn/inloggen/")
    expect(page.get_by_text("Mijn telefoon").first).to_be_visible()
    kept = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert [one["isResidentCredential"] for one in kept] == [True]

    page.goto("/mijn/")
    page.get_by_role("button", name="Log uit").click()
    expect(page).to_have_url(re.compile("/$"))
    page.goto("/inloggen/?next=/docent/")
    page.get_by_role("button", name="Log in met een sleutel op dit apparaat").click()
    expect(page).to_have_url(f"{own_server.url}/docent/")
    used = session.send("WebAuthn.getCredentials", {"authenticatorId": authenticator})["credentials"]
    assert used[0]["signCount"] > kept[0]["signCount"]


def test_after_a_password_the_passkey_is_the_second_step(new_phone: Callable[..., Page], own_server: Server):
    page = new_phone(at=own_server)
    with_authenticator(page)
    sign_in(page, "bram")
    make_key(page, "Sleutel")
    page.context.clear_cookies()
    sign_in(page, "bram")
    expect(page).to_have_url(re.compile("tweede-stap"))
    page.get_by_role("button", name=re.compile("sleutel", re.IGNORECASE)).click()
    expect(page).to_have_url(re.compile("/mijn/$"))


def test_another_finger_and_another_device_open_nothing(new_phone: Callable[..., Page], own_server: Server):
    page = new_phone(at=own_server)
    session, authenticator = with_authenticator(page)
    sign_in(page, "bram")
    make_key(page, "Sleutel")
    page.context.clear_cookies()
    session.send("WebAuthn.setUserVerified", {"authenticatorId": authenticator, "isUserVerified": False})
    page.goto("/inloggen/")
    page.get_by_role("button", name="Log in met een sleutel op dit apparaat").click()
    expect(page.get_by_text("Dat lukte niet.")).to_be_visible()
    page.goto("/docent/")
    expect(page).to_have_url(re.compile(r"/inloggen/\?next=/docent/"))

    stranger = new_phone(at=own_server)
    with_authenticator(stranger)
    stranger.goto("/inloggen/")
    stranger.get_by_role("button", name="Log in met een sleutel op dit apparaat").click()
    expect(stranger.get_by_text("Dat lukte niet.")).to_be_visible()
