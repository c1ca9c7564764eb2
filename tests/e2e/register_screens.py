"""The screens of the AI register and the dossier: empty, filled, and with something wrong in them."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.groups import EMPTY_KEEPER, KEEPER

Opener = Callable[[Page], None]
SHEET = Path(__file__).parent / "register.csv"
WRONG_SHEET = {"name": "lijst.csv", "mimeType": "text/csv", "buffer": b"systeem;risico\nRoosterhulp;enorm\n;hoog\n"}


def open_register(page: Page, who: str = KEEPER) -> None:
    """The register of who keeps one."""
    sign_in(page, who)
    page.goto("/docent/ai/")
    expect(page.get_by_role("heading", level=1)).to_have_text("AI-register")


def open_dossier(page: Page, who: str = KEEPER) -> None:
    """The dossier of who keeps one."""
    open_register(page, who)
    page.get_by_role("link", name="Dossier", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wat wij doen aan AI-geletterdheid")


def _register(who: str = KEEPER, *, unfolded: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_register(page, who)
        if unfolded:
            _unfold(page)

    return opener


def _unfold(page: Page) -> None:
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")


def _system(name: str = "Spraakverslag", *, unfolded: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_register(page)
        page.locator(".pick").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        if unfolded:
            _unfold(page)

    return opener


def _new_system(*, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_register(page)
        page.get_by_role("link", name="Zet een systeem erbij").click()
        if wrong:
            page.get_by_label("Systeem", exact=True).fill("Spraakverslag")
            page.get_by_role("button", name="Bewaar").click()
            expect(page.get_by_role("alert")).to_contain_text("staat al in het register")

    return opener


def _risk(*answers: str) -> Opener:
    """The questions; with answers to the first of them what they lead to, and all others no."""

    def opener(page: Page) -> None:
        _system("Vertaalapp")(page)
        page.get_by_role("link", name="Help mij de klasse vinden").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Welke klasse is")
        if answers:
            groups = page.locator("fieldset").all()
            for group, answer in zip(groups, [*answers, *["Nee"] * (len(groups) - len(answers))], strict=True):
                group.get_by_label(answer, exact=True).check()
            page.get_by_role("button", name="Bekijk de uitkomst").click()
            expect(page.get_by_role("heading", name=re.compile("Uitkomst|Nog niet zeker"))).to_be_visible()

    return opener


def _read_in(*, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_register(page)
        page.get_by_role("link", name="Lees een lijst in").click()
        if wrong:
            page.get_by_label("Kies een bestand").set_input_files(WRONG_SHEET)  # type: ignore[arg-type]
            page.get_by_role("button", name="Lees in").click()
            expect(page.get_by_role("alert")).to_contain_text("Regel 2.")

    return opener


def _dossier(who: str = KEEPER, *, unfolded: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_dossier(page, who)
        if unfolded:
            _unfold(page)

    return opener


def _part(link: str, *, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_dossier(page)
        page.locator("main").get_by_role("link", name=link, exact=True).first.click()
        if wrong:
            page.locator("main form").first.evaluate("form => { form.noValidate = true }")
            page.get_by_role("button", name="Bewaar").click()
            expect(page.get_by_role("alert").first).to_be_visible()

    return opener


def _annexes(who: str = KEEPER, *, wrong: bool = False) -> Opener:
    def opener(page: Page) -> None:
        open_register(page, who)
        page.get_by_role("link", name="Bijlagen").click()
        if wrong:
            page.get_by_label("Het adres van een bewijs").fill("https://voorbeeld.nl/niets")
            page.get_by_role("button", name="Zet het erbij").click()
            expect(page.get_by_role("alert")).to_contain_text("niets te zien")

    return opener


REGISTER: dict[str, Opener] = {
    "desk of the register": _register(unfolded=True),
    "desk of the register, empty": _register(EMPTY_KEEPER),
    "desk of a system": _system(unfolded=True),
    "desk of a system, new": _new_system(),
    "desk of a system, new, wrong": _new_system(wrong=True),
    "desk of a class of risk": _risk(),
    "desk of a class of risk, found": _risk("Nee", "Nee", "Nee", "Nee", "Ja"),
    "desk of a class of risk, not sure": _risk("Weet ik niet"),
    "desk of a sheet of systems": _read_in(),
    "desk of a sheet of systems, wrong": _read_in(wrong=True),
    "desk of the dossier": _dossier(unfolded=True),
    "desk of the dossier, empty": _dossier(EMPTY_KEEPER),
    "desk of a goal": _part("Voeg een doel toe"),
    "desk of a goal, wrong": _part("Voeg een doel toe", wrong=True),
    "desk of a goal, look back, wrong": _part("Schrijf een terugblik", wrong=True),
    "desk of a goal, the dossier as a whole": _part("Wijzig"),
    "desk of annexes": _annexes(),
    "desk of annexes, wrong": _annexes(EMPTY_KEEPER, wrong=True),
}
