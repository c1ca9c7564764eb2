"""The desk of HR at an employer: a team and its route, and per person nothing but what the OR agreed to."""

import io
import re
from collections.abc import Callable

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.e2e.arriving import join, sign_in
from tests.e2e.groups import CLASS_CODE
from tests.e2e.player import Lesson
from tests.e2e.serving import Server
from tests.e2e.test_path_builder import begin, by_keyboard, titles

NewPhone = Callable[..., Page]
TEAM, ROUTE = "Team Planning", "Veilig plannen"
BUSY, IDLE = "Sven", "Tess"  # who did a lesson and is busy with a second; who did nothing
DONE_LESSON, BUSY_LESSON = ("wat-is-ai", "A1"), ("wel-of-geen-ai", "A6")


def in_words_of_a_team(page: Page) -> None:
    """Nothing on this page, seen or heard or folded away, speaks of a school."""
    spoken = f"{page.title()} {page.locator('body').inner_html()}".lower().replace("/docent/klassen/", "")
    assert re.findall(r"\b(?:klas|leerling)\w*", spoken) == []


def make_team(lead: Page) -> str:
    """From the desk; gives its address."""
    lead.goto("/docent/klassen/")
    expect(lead.get_by_role("heading", level=1)).to_have_text("Mijn teams")
    in_words_of_a_team(lead)
    lead.get_by_role("link", name="Nieuw team").click()
    in_words_of_a_team(lead)
    lead.get_by_label("Hoe heet het team?").fill(TEAM)
    lead.get_by_role("button", name="Maak het team").click()
    expect(lead.get_by_role("heading", level=1)).to_have_text(TEAM)
    in_words_of_a_team(lead)
    return lead.url


def give_route(lead: Page) -> list[str]:
    """A route in an order of one's own, for the team; gives its lessons."""
    for page in ("/docent/routes/", "/docent/routes/nieuw/"):
        lead.goto(page)
        in_words_of_a_team(lead)
    begin(lead, ROUTE)
    in_words_of_a_team(lead)
    expect(lead.get_by_role("button", name="Bekijk als medewerker")).to_be_visible()
    by_keyboard(lead)
    lessons = titles(lead)
    lead.get_by_role("button", name="Zet klaar of deel").click()
    expect(lead.get_by_role("heading", name="Zet klaar voor je team")).to_be_visible()
    in_words_of_a_team(lead)
    lead.get_by_role("link", name=TEAM).click()
    in_words_of_a_team(lead)
    choice = lead.get_by_label("Welke route doet het team?")
    expect(choice.locator("option:checked")).to_contain_text(ROUTE)
    lead.get_by_role("button", name="Zet klaar", exact=True).click()
    expect(lead.get_by_role("status").first).to_contain_text(f"{TEAM} doet nu: {ROUTE}.")
    return lessons


def works(phone: Page) -> None:
    """One lesson whole, a part of another. Help cannot be asked of a team, so of a class that they are in too."""
    Lesson(phone, DONE_LESSON[0]).open().go_to("card")
    lesson = Lesson(phone, BUSY_LESSON[0]).open()
    lesson.go_on()
    phone.get_by_role("button", name="Ik wil hulp").click()
    expect(phone).to_have_url(re.compile(f"/hulp/\\?les={BUSY_LESSON[0]}$"))  # there it says whom to ask
    phone.goto(f"/meedoen/{CLASS_CODE}/")
    phone.get_by_role("button", name="Ja, doe mee").click()
    Lesson(phone, BUSY_LESSON[0]).open()
    phone.get_by_role("button", name="Ik wil hulp").click()
    expect(phone.get_by_text("Je docent weet het.")).to_be_visible()


def nothing_per_person(lead: Page, address: str) -> None:
    """Not on a page of the team, not behind it, and in no file."""
    for part in ("", "?les=A1", "route/", "inloggen/", "bord/", "beheer/"):
        lead.goto(address + part)
        for name in (BUSY, IDLE):
            assert name not in lead.content()
        in_words_of_a_team(lead)
    lead.goto(address)
    expect(lead.get_by_role("heading", name="Hier staat niets per persoon")).to_be_visible()
    expect(lead.get_by_role("link", name="CSV")).to_have_count(0)
    for file in ("voortgang.csv", "voortgang.xlsx", "vragen.csv", "vragen.xlsx"):
        assert lead.request.get(address + file).status == 404


def record(lead: Page) -> None:
    """What was agreed on with the OR, as HR writes it down."""
    lead.goto("/docent/klassen/")
    lead.get_by_role("link", name="Afspraak met OR of PVT").click()
    in_words_of_a_team(lead)
    lead.get_by_label("Met wie is het afgesproken?").fill("de OR")
    lead.get_by_label("In welk document staat het?").fill("Besluit 12")
    lead.get_by_label("Op welke dag?").fill("2026-01-05")
    lead.get_by_role("button", name="Leg vast").click()
    expect(lead.get_by_role("status").first).to_contain_text("De afspraak met de OR is bewaard.")


def seats(lead: Page) -> dict[str, str]:
    """Per person what the page says, to eye and ear."""
    rows = [row.text_content() or "" for row in lead.locator(".seats li").all()]
    return dict(row.strip().split(": ") for row in rows)


def only_what_is_done(lead: Page, address: str, lessons: list[str]) -> None:
    """Who is busy and asks for help cannot be told from who never began; the files say the same as the page."""
    lead.goto(f"{address}?les={DONE_LESSON[1]}")
    assert seats(lead) == {BUSY: "klaar", IDLE: "nog niet klaar"}
    in_words_of_a_team(lead)
    lead.goto(f"{address}?les={BUSY_LESSON[1]}")
    assert seats(lead) == {BUSY: "nog niet klaar", IDLE: "nog niet klaar"}
    first, second = lead.locator(".seats li").all()
    assert first.inner_html().replace(BUSY, IDLE) == second.inner_html()
    spoken = lead.locator("body").inner_text().lower()
    assert re.findall(r"\bbezig\b|om hulp|\bhelp", spoken) == []
    expect(lead.get_by_text("Je ziet alleen of een les klaar is.")).to_be_visible()

    content = lead.request.get(f"{address}voortgang.csv").body().decode("utf-8-sig")
    rows = [line.split(";") for line in content.splitlines()]
    book = load_workbook(io.BytesIO(lead.request.get(f"{address}voortgang.xlsx").body()))
    assert [[str(cell.value) for cell in row] for row in book.active.iter_rows()] == rows
    assert [column.split(" ", 1)[-1] for column in rows[0]] == ["naam", *lessons]
    done = rows[0].index(next(column for column in rows[0] if column.startswith(f"{DONE_LESSON[1]} ")))
    assert rows[1:] == [
        [BUSY, *("klaar" if place == done else "nog niet klaar" for place in range(1, len(rows[0])))],
        [IDLE, *["nog niet klaar"] * len(lessons)],
    ]


def test_hr_leads_a_team_and_sees_per_person_only_what_the_or_agreed_to(new_phone: NewPhone, own_server: Server):
    lead = new_phone(at=own_server, viewport={"width": 1280, "height": 800})
    sign_in(lead, "chantal")
    address = make_team(lead)
    lessons = give_route(lead)
    code = lead.locator(".qrbox .code").inner_text()
    phones = {name: new_phone(at=own_server) for name in (BUSY, IDLE)}
    for name, phone in phones.items():
        join(phone, name, code)
        expect(phone.locator("main")).to_contain_text(ROUTE)
    works(phones[BUSY])
    nothing_per_person(lead, address)

    record(lead)
    only_what_is_done(lead, address, lessons)
    phones[IDLE].goto("/wie-ziet-wat/")
    expect(phones[IDLE].locator("main")).to_contain_text("afgesproken met de OR")

    lead.goto("/docent/afspraak/")
    lead.get_by_role("button", name=re.compile("^Stop nu")).click()
    expect(lead.get_by_role("status").first).to_contain_text("Vanaf nu staat er niets meer per persoon.")
    nothing_per_person(lead, address)
