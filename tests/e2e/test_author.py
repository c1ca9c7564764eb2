"""The author's way in the editor: begin, be told what is missing, send in; another compares, comments, approves."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

DESK = {"width": 1280, "height": 800}
# Fills every field of the steps that is still empty, as typing would; the first answer of a question is right.
FILL = """
() => {
  const set = (field, value) => {
    if (field.type === "checkbox") field.checked = value;
    else field.value = value;
    for (const kind of ["input", "change"]) field.dispatchEvent(new Event(kind, {bubbles: true}));
  };
  for (const field of document.querySelectorAll('[name^="steps-"]')) {
    const name = field.name;
    if (/-options-0-value-right$/.test(name)) set(field, true);
    if (field.value || field.type === "checkbox") continue;
    if (/-scene$/.test(name)) set(field, "naam-weg");
    else if (/-pictogram$/.test(name)) set(field, "erase");
    else if (/-alt$/.test(name)) set(field, "Een gum haalt een naam weg.");
    else if (/-(standaard|makkelijk)$/.test(name)) set(field, "Kijk het goed na.");
  }
}
"""


def choose(page: Page, words: str | re.Pattern[str]) -> None:
    """Another way to save, from the menu beside the button."""
    footer = page.locator("footer")
    footer.get_by_role("button", name="Meer acties").click()
    footer.get_by_role("button", name=words).click()


def saved(page: Page) -> None:
    """Save the draft, and wait for what the editor says of it."""
    page.locator("footer").get_by_role("button", name="Bewaar concept").click()
    expect(page.locator(".messages .success").first).to_be_visible()


def begin(page: Page) -> None:
    """From the first page of the editor to a lesson with all its parts."""
    page.goto("/admin/")
    page.get_by_role("link", name="Nieuwe les").click()
    page.locator("[name='title']").fill("Bellen met AI")
    page.get_by_label("Titel Makkelijk").fill("Bellen")
    page.get_by_label("Leerlijn").select_option("B")
    page.get_by_label("Code").fill("b2")
    page.get_by_label("Keuze:").check()
    page.get_by_role("button", name="Maak de les").click()
    expect(page.get_by_text("Deze code is al van ‘Wat deel je niet met AI?’")).to_be_visible()
    expect(page.get_by_label("Titel Makkelijk")).to_have_value("Bellen")  # what was typed is still there
    page.get_by_label("Code").fill("b9")
    page.get_by_role("button", name="Maak de les").click()
    expect(page.get_by_text("De onderdelen staan klaar.")).to_be_visible()


def test_a_lesson_from_its_empty_parts_to_a_phone(new_phone: Callable[..., Page], own_server: Server):
    eva = new_phone(at=own_server, viewport=DESK)
    sign_in(eva, "eva")
    begin(eva)
    expect(eva.get_by_text("Hier mist nog tekst.")).to_be_visible()
    expect(eva.get_by_text("Stap 1, Haakje: Titel, Tekst")).to_be_visible()
    expect(eva.locator("#panel-child-inhoud-steps-content [data-contentpath]").first).to_be_visible()

    choose(eva, "Stuur door naar Nakijken")
    expect(eva.locator(".messages .error")).to_be_visible()  # not yet: texts are missing, and nothing is lost
    expect(eva.locator("[name='code']")).to_have_value("B9")

    eva.locator("[name='steps-0-value-title-standaard']").fill("De klant belt")
    eva.evaluate(FILL)
    for name in ("goals", "goals_makkelijk"):
        eva.locator(f"[name='{name}']").fill("Je belt goed.")
    saved(eva)
    expect(eva.get_by_text("Elke tekst is er, in Gewoon en in Makkelijk.")).to_be_visible()
    choose(eva, "Stuur door naar Nakijken")
    expect(eva.get_by_text(re.compile("ingediend|ingestuurd|moderatie", re.IGNORECASE)).first).to_be_visible()

    fenna = new_phone(at=own_server, viewport=DESK)
    sign_in(fenna, "fenna")
    fenna.goto("/admin/")
    fenna.get_by_role("link", name="‘Bellen met AI’ wacht op nakijken. Eva stuurde de les in.").click()
    lesson = fenna.url.rstrip("/").rsplit("/", 2)[-2]
    fenna.goto(f"/admin/pages/{lesson}/revisions/compare/earliest...latest/")
    expect(fenna.locator(".step-change h3").first).to_have_text("Stap 1, Haakje: De klant belt")
    fenna.goto(f"/admin/pages/{lesson}/edit/")
    comment(fenna, "steps-0-value-title-standaard", "Mooi begin.")
    saved(fenna)
    choose(fenna, re.compile("^Goedkeuren en publiceren"))
    expect(fenna.locator(".messages .success").first).to_be_visible()

    phone = new_phone(at=own_server)
    Lesson(phone, "bellen-met-ai").open()
    expect(phone.get_by_role("heading", name="Kijk het goed na.").first).to_be_visible()
    eva.goto("/admin/")
    expect(eva.get_by_role("link", name="Je les ‘Bellen met AI’ is goedgekeurd.")).to_be_visible()


def comment(page: Page, field: str, words: str) -> None:
    """Say something about one field, with the balloon beside it."""
    page.get_by_role("button", name="Opmerkingen").first.click()
    place = page.locator(".w-field", has=page.locator(f"[name='{field}']")).last
    place.hover()
    place.locator("[data-comment-add]").click()
    page.locator(".comment textarea").last.fill(words)
    page.locator(".comment").get_by_role("button", name="Opmerking").last.click()
