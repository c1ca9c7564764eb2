"""The screens of joining, of two on one phone and one on two, of asking for help, and of the desk."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import begin, hand_over, join, sign_in, someone_else, type_code
from tests.e2e.groups import (
    CLASS_CODE,
    EMPTY,
    ENDED_CODE,
    FULL,
    OLD_CODE,
    OPEN,
    OPEN_CODE,
    OPEN_TEAM,
    OPEN_TEAM_CODE,
    RESTING_TEAM,
    STOPPED_TEAM,
    TEAM_CODE,
)

Opener = Callable[[Page], None]


def _goes_to(address: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(address)

    return opener


def _typed(code: str) -> Opener:
    def opener(page: Page) -> None:
        type_code(page, code)

    return opener


def _join_twice(page: Page) -> None:
    """The name is taken: the form says what to do."""
    join(page, "Dubbel")
    someone_else(page)
    type_code(page, CLASS_CODE)
    page.get_by_label("Hoe heet je?").fill("Dubbel")
    page.get_by_role("button", name="Doe mee").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _joined(name: str, then: str) -> Opener:
    def opener(page: Page) -> None:
        join(page, name)
        page.goto(then)

    return opener


def _learnt(name: str, then: str) -> Opener:
    def opener(page: Page) -> None:
        join(page, name)
        begin(page)
        page.goto(then)

    return opener


def _groups_left(page: Page) -> None:
    _joined("Groepen eruit", "/mijn/groepen/")(page)
    page.get_by_text("Uit deze groep gaan").click()
    page.get_by_role("button", name="Ja, ik ga eruit").click()
    expect(page.get_by_role("status")).to_be_visible()


def _were_here(page: Page, name: str) -> None:
    """One with a name and one without were on this phone, and both left."""
    join(page, name)
    someone_else(page)
    begin(page)
    someone_else(page)
    page.goto("/wie/")


def _who_others(page: Page) -> None:
    _were_here(page, "Wie ook")


def _who_both(page: Page) -> None:
    _were_here(page, "Wie weer")
    page.get_by_role("button", name=re.compile("^Wie weer")).click()
    page.goto("/wie/")


def _forget_me(page: Page) -> None:
    _were_here(page, "Wie weg")
    page.get_by_role("button", name=re.compile("Haal weg.*Wie weg")).click()


def _hand_over(page: Page) -> None:
    join(page, "Code gemaakt")
    hand_over(page)


def _take_over(name: str) -> Opener:
    def opener(page: Page) -> None:
        if name:
            join(page, name)
        begin(page)
        address = hand_over(page)
        page.context.clear_cookies()
        page.goto(address)

    return opener


def _asked_to_merge(page: Page, name: str) -> None:
    """On one phone for both: someone nameless learnt something, then this learner goes on there."""
    join(page, name)
    begin(page)
    address = hand_over(page)
    someone_else(page)
    begin(page, "wat-is-ai")
    page.goto(address)
    page.get_by_role("button", name="Ja, ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zijn deze lessen van jou?")


def _merge(page: Page) -> None:
    _asked_to_merge(page, "Samen vraag")


def _merged(page: Page) -> None:
    _asked_to_merge(page, "Samen klaar")
    page.get_by_role("button", name="Ja, van mij").click()
    expect(page.get_by_text("Gelukt.")).to_be_visible()


def _seen_by_all(page: Page) -> None:
    """'Wie ziet wat?' for someone with a class and an employer, all folded out."""
    join(page, "Klas en werk")
    type_code(page, TEAM_CODE)
    page.get_by_role("button", name="Ja, doe mee").click()
    page.goto("/wie-ziet-wat/")
    for summary in page.locator("details:not([open]) > summary").all()[::-1]:
        summary.click()


def _help_from_lesson(name: str, *, asked: bool) -> Opener:
    def opener(page: Page) -> None:
        join(page, name)
        begin(page)
        page.locator("[data-help]").click()
        if asked:
            page.get_by_role("button", name="Vraag om hulp").click()
            expect(page.get_by_role("heading", name="Je vraagt om hulp")).to_be_visible()

    return opener


def _report(page: Page) -> None:
    page.goto("/les/laat-het-weg/klopt-niet/?stap=b2-check-1")


def _report_empty(page: Page) -> None:
    _report(page)
    page.get_by_role("button", name="Stuur op").click()
    expect(page.get_by_role("alert")).to_be_visible()


def _reported(page: Page) -> None:
    _report(page)
    page.get_by_text("Ik begrijp het niet").click()
    page.get_by_role("button", name="Stuur op").click()
    expect(page.get_by_role("heading", name="Dank je")).to_be_visible()


def _at_the_door(name: str, *taps: str, told: str = "") -> Opener:
    """A name of the list was tapped, and then these pictures."""

    def opener(page: Page) -> None:
        page.goto(f"/meedoen/{OPEN_CODE}/")
        page.get_by_role("button", name=name).click()
        for picture in taps:
            page.locator(f".pic[data-word={picture}]").click()
        if told:
            expect(page.get_by_role("alert")).to_contain_text(told)

    return opener


def _nickname(typed: str, *taps: str, told: str = "") -> Opener:
    """At a team a nickname was typed, and then these pictures."""

    def opener(page: Page) -> None:
        page.goto(f"/meedoen/{OPEN_TEAM_CODE}/")
        page.get_by_label("Typ de naam").fill(typed)
        page.get_by_role("button", name="Ga verder").click()
        for picture in taps:
            page.locator(f".pic[data-word={picture}]").click()
        if told:
            expect(page.get_by_role("alert")).to_contain_text(told)

    return opener


def _nickname_forgotten(page: Page) -> None:
    _nickname("Zoë")(page)
    page.get_by_role("link", name="Vergeten?").click()


def _came_by_nickname(page: Page) -> None:
    """In, on a device that may be anyone's: home says whose it is now, and the way out."""
    _nickname("zoe", "Huis", "Vis", "Zon")(page)
    page.get_by_role("button", name="Ja, ga verder").click()


def _choosing(name: str, *taps: str) -> Opener:
    def opener(page: Page) -> None:
        join(page, name)
        page.goto("/plaatjes/kiezen/")
        for picture in taps:
            page.locator(f".pic[data-word={picture}]").click()
        if taps:
            expect(page.get_by_role("heading", level=1)).to_have_text("Onthoud je plaatjes")

    return opener


def _desk_of_signing_in(cohort: str, learner: str = "", who: str = "bram") -> Opener:
    def opener(page: Page) -> None:
        desk_of(who, cohort)(page)
        page.get_by_role("link", name="Inloggen", exact=True).click()
        if learner:
            row = page.locator(".pick li").filter(has_text=learner)
            row.get_by_role("link", name="Kaart").click()
            expect(page.get_by_role("heading", level=1)).to_have_text(f"Kaart van {learner}")

    return opener


def desk_of(who: str, cohort: str = "") -> Opener:
    """The page of a class or team, for who leads it; without a name all of theirs."""

    def opener(page: Page) -> None:
        sign_in(page, who)
        page.goto("/docent/klassen/")
        if cohort:
            page.get_by_role("link", name=cohort).click()
            expect(page.get_by_role("heading", level=1)).to_have_text(cohort)

    return opener


JOINING: dict[str, Opener] = {
    "enter code": _goes_to("/meedoen/"),
    "enter code, wrong": _typed("kade-7"),
    "enter code, unknown": _typed("zon-2-zebra"),
    "enter code, no word of ours": _typed("ziekenhuisopname-7-fiets"),
    "join class": _typed(CLASS_CODE),
    "join class, name taken": _join_twice,
    "join team": _typed(TEAM_CODE),
    "join, known": _joined("Bekend", f"/meedoen/{TEAM_CODE}/"),
    "own data": _learnt("Gegevens", "/mijn/gegevens/"),
    "own data, all": _learnt("Gegevens alles", "/mijn/gegevens/alles/"),
    "own data, erase": _learnt("Gegevens weg", "/mijn/gegevens/wissen/"),
    "own data, of nobody": lambda page: page.goto("/mijn/gegevens/"),
    "home, joined": lambda page: join(page, "Net binnen"),
    "code too old": _typed(OLD_CODE),
    "code too old, group ended": _typed(ENDED_CODE),
    "groups, none": _goes_to("/mijn/groepen/"),
    "groups, one": _joined("Groepen een", "/mijn/groepen/"),
    "groups, left": _groups_left,
    "who, nobody": _goes_to("/wie/"),
    "who, here": _joined("Wie hier", "/wie/"),
    "who, others": _who_others,
    "who, here and others": _who_both,
    "forget me": _forget_me,
    "who is there": _goes_to(f"/meedoen/{OPEN_CODE}/wie/"),
    "signing in is closed": _goes_to(f"/meedoen/{CLASS_CODE}/wie/"),
    "signing in is closed, team": _goes_to(f"/meedoen/{TEAM_CODE}/wie/"),
    "pictures, two": _at_the_door("Amina", "Huis", "Vis"),
    "pictures, nog niet": _at_the_door("Bilal", "Huis", "Vis", "Bel", told="Nog niet."),
    "pictures, locked": _at_the_door("Sjoerd", "Huis", "Vis", "Zon", told="5 keer"),
    "pictures forgotten": _goes_to("/plaatjes/vergeten/"),
    "nickname": _goes_to(f"/meedoen/{OPEN_TEAM_CODE}/wie/"),
    "nickname, empty": _nickname("...", told="Typ een naam met letters."),
    "nickname, pictures": _nickname("Jan Willem", "Huis"),
    "nickname, nog niet": _nickname("Niemand", "Huis", "Vis", "Bel", told="Nog niet."),
    "nickname, pictures forgotten": _nickname_forgotten,
    "home, by nickname": _came_by_nickname,
    "choose pictures": _choosing("Kiest"),
    "remember pictures": _choosing("Onthoudt", "Bel", "Boot", "Paraplu"),
    "card ended": _goes_to("/kaart/van-niemand/"),
    "hand over, nothing": _goes_to("/telefoon/"),
    "hand over, before": _joined("Code straks", "/telefoon/"),
    "hand over, made": _hand_over,
    "take over": _take_over("Verder hier"),
    "take over, nameless": _take_over(""),
    "card ended, hand over": _goes_to("/verder/zon-2-zebra-lamp/"),
    "merge": _merge,
    "merged": _merged,
    "who sees what, class and employer": _seen_by_all,
    "help, class": _joined("Hulp klas", "/hulp/"),
    "help, from a lesson": _help_from_lesson("Hulp les", asked=False),
    "help, asked": _help_from_lesson("Hulp gevraagd", asked=True),
    "report": _report,
    "report, empty": _report_empty,
    "reported": _reported,
}
DESKS: dict[str, Opener] = {
    "desk with groups": desk_of("bram"),
    "desk with groups, none": desk_of("eva"),
    "desk of a class": desk_of("bram", FULL),
    "desk of a class, empty": desk_of("bram", EMPTY),
    "desk of signing in": _desk_of_signing_in(OPEN),
    "desk of signing in, closed": _desk_of_signing_in(FULL),
    "desk of a card": _desk_of_signing_in(OPEN, "Amina"),
    "desk of a team": desk_of("chantal", "Team Kantoor"),
    "desk of signing in, team": _desk_of_signing_in("Team Kantoor", who="chantal"),
    "desk of signing in, team open": _desk_of_signing_in(OPEN_TEAM, who="chantal"),
    "desk of signing in, team stopped": _desk_of_signing_in(STOPPED_TEAM, who="chantal"),
    "desk of signing in, team rests": _desk_of_signing_in(RESTING_TEAM, who="chantal"),
}
