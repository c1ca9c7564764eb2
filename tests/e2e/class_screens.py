"""The screens of a class and of a team beyond their first page, for who leads them."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import CLASS, EMPTY, FULL, HR, OPEN, ROUTED
from tests.e2e.joining_screens import desk_of

Opener = Callable[[Page], None]
TWICE = "Amina\nBilal\namina\n1234\n" + "Zonneveld" * 12


def _at(address: str, who: str = "bram") -> Opener:
    def opener(page: Page) -> None:
        sign_in(page, who)
        page.goto(address)

    return opener


def _part(cohort: str, tab: str, heading: str, who: str = "bram") -> Opener:
    """A page of a group, from its tabs."""

    def opener(page: Page) -> None:
        desk_of(who, cohort)(page)
        page.locator(".subtabs").get_by_role("link", name=tab, exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))

    return opener


def _unfolded(opener: Opener) -> Opener:
    def unfold(page: Page) -> None:
        opener(page)
        for summary in page.locator("main details:not([open]) > summary").all()[::-1]:
            summary.click()

    return unfold


def _without_code(page: Page) -> None:
    _part(EMPTY, "Op het bord", "Doe mee met")(page)
    expect(page.get_by_text("Er is nog geen code.")).to_be_visible()


def _names(page: Page) -> None:
    desk_of("bram", EMPTY)(page)
    page.get_by_role("link", name="Leerlingen erbij").click()


def _names_wrong(page: Page) -> None:
    _names(page)
    page.get_by_label("Plak of typ de namen").fill(TWICE)
    page.get_by_role("button", name="Zet deze leerlingen erbij").click()
    expect(page.get_by_role("alert")).to_contain_text("Er is nog niets toegevoegd")


def _sent(content: str, told: str) -> Opener:
    """A file with classes; what was done, or what is not right in it."""

    def opener(page: Page) -> None:
        _at("/docent/klassen/lijst/")(page)
        file = {"name": "klassen.csv", "mimeType": "text/csv", "buffer": content.encode()}
        page.get_by_label("Kies een bestand").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Lees het bestand").click()
        expect(page.get_by_text(told).first).to_be_visible()

    return opener


def _new_wrong(page: Page) -> None:
    _at("/docent/klassen/nieuw/")(page)
    page.get_by_label("Hoe heet de klas?").fill("***")
    page.get_by_role("button", name="Maak de klas").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _learner(page: Page) -> None:
    _part(OPEN, "Inloggen", "Inloggen van")(page)
    page.locator(".pick li").filter(has_text="Amina").get_by_role("link", name="Wijzig").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Amina")


def _route_wrong(page: Page) -> None:
    _part(ROUTED, "Route", "Route van")(page)
    page.evaluate("() => { for (const one of document.forms) one.noValidate = true }")
    page.get_by_label("Welke route?").select_option("")
    page.get_by_role("button", name="Zet klaar voor hen").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _agreement_wrong(page: Page) -> None:
    _at("/docent/afspraak/", "chantal")(page)
    page.get_by_label("Met wie is het afgesproken?").fill("de PVT")
    page.get_by_label("In welk document staat het?").fill("Verslag 12")
    page.get_by_label("Op welke dag?").fill("2199-01-01")
    page.get_by_role("button", name="Leg vast").click()
    expect(page.get_by_role("alert")).to_be_visible()


LONG_LIST = "naam;klas\n" + "".join(f"{number};Klas X\n" for number in range(60))

CLASSES: dict[str, Opener] = {
    "desk of a class, with a route": desk_of("bram", ROUTED),
    "desk of a team, with an agreement": _at("/docent/klassen/", HR),
    "desk of questions": _part(ROUTED, "Vragen", "Vragen om over te praten"),
    "desk of questions, too few": _part(EMPTY, "Vragen", "Vragen om over te praten"),
    "desk of the board": _part(ROUTED, "Op het bord", "Doe mee met"),
    "desk of the board, nobody yet": _part(CLASS, "Op het bord", "Doe mee met"),
    "desk of the board, no code": _without_code,
    "desk of the board, team": _part("Team Kantoor", "Op het bord", "Doe mee met", "chantal"),
    "desk of managing": _unfolded(_part(FULL, "Beheer", "Beheer van")),
    "desk of managing, team": _part("Team Kantoor", "Beheer", "Beheer van", "chantal"),
    "desk of whose route": _part(ROUTED, "Route", "Route van"),
    "desk of whose route, wrong": _route_wrong,
    "desk of whose route, empty": _part(EMPTY, "Route", "Route van"),
    "desk of whose route, team": _part("Team Kantoor", "Route", "Route van", "chantal"),
    "desk of names": _names,
    "desk of names, wrong": _names_wrong,
    "desk of a list with classes": _at("/docent/klassen/lijst/"),
    "desk of a list": _sent("naam;klas\nAmina;Klas L1\nBilal;Klas L2\n", "2 leerlingen staan op de lijst"),
    "desk of a list, wrong": _sent(LONG_LIST, "Er is nog niets toegevoegd"),
    "desk of a list, no names": _sent("kleur;maat\nrood;3\n", "Er is nog niets toegevoegd"),
    "desk of a new class": _at("/docent/klassen/nieuw/"),
    "desk of a new class, wrong": _new_wrong,
    "desk of a new class, team": _at("/docent/klassen/nieuw/", "chantal"),
    "desk of a learner": _unfolded(_learner),
    "desk of agreements": _at("/docent/afspraak/", HR),
    "desk of agreements, none": _at("/docent/afspraak/", "chantal"),
    "desk of agreements, wrong": _agreement_wrong,
}
