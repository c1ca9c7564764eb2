"""Every kind of screen, and how to come there. Used by the accessibility tests and by look.py."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import sign_in
from tests.e2e.builder_screens import BUILDER
from tests.e2e.class_screens import CLASSES
from tests.e2e.credential_screens import CREDENTIALS
from tests.e2e.digiscan_screens import DIGISCAN
from tests.e2e.facilitator_screens import FACILITATORS
from tests.e2e.figure_screens import FIGURES
from tests.e2e.groups import PLAN_DUE, PLAN_IDS, PLAN_KEPT, PLAN_LAST, PLAN_NOT_YET, PLAN_OWN
from tests.e2e.joining_screens import DESKS, JOINING
from tests.e2e.offline_screens import OFFLINE
from tests.e2e.peer_screens import PEERS
from tests.e2e.player import Lesson, key_of, one_of
from tests.e2e.programme_screens import PROGRAMME
from tests.e2e.register_screens import REGISTER
from tests.e2e.review_screens import REVIEWS
from tests.e2e.role_screens import ROLES
from tests.e2e.sign_on_screens import SIGN_ON
from tests.e2e.watch_screens import WATCHING

Opener = Callable[[Page], None]


def _goes_to(address: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(address)

    return opener


def _home_busy(page: Page) -> None:
    lesson = Lesson(page).open()
    lesson.go_on()
    lesson.go_on()
    expect(lesson.saved).to_have_text("Opgeslagen.")
    page.goto("/mijn/")


def _home_done(page: Page) -> None:
    lesson = Lesson(page).open()
    lesson.go_to("card")
    expect(lesson.saved).to_have_text("Opgeslagen.")
    page.goto("/mijn/")
    expect(page.locator(".route .done")).to_be_visible()
    page.locator(".route .done summary").click()


def _wrong_password(page: Page) -> None:
    sign_in(page, "anna", "verkeerd")
    expect(page.get_by_role("alert")).to_be_visible()


def _notice(page: Page) -> None:
    sign_in(page, "anna")
    expect(page.get_by_role("button", name="Gelezen")).to_be_visible()


def _word(page: Page) -> None:
    Lesson(page).open()
    address = page.locator("a.word").first.get_attribute("href") or ""
    page.goto(address)


def _sheet(page: Page) -> None:
    Lesson(page).open()
    page.locator("a.word:visible").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _sheet_in_arabic(page: Page) -> None:
    _sheet(page)
    sheet = page.get_by_role("dialog")
    sheet.get_by_role("button", name="Andere taal").click()
    sheet.get_by_label("Andere taal").select_option("ar")
    expect(sheet.locator(".other")).to_be_visible()


def _words_in_arabic(page: Page) -> None:
    page.goto("/woord/")
    page.get_by_label("Andere taal").select_option("ar")
    expect(page.locator(".wordlist .other:visible").first).to_be_visible()


def _all_folded_out(address: str) -> Opener:
    def opener(page: Page) -> None:
        page.goto(address)
        for summary in page.locator("details:not([open]) > summary").all()[::-1]:
            summary.click()

    return opener


def _step_page(*, right: bool | None) -> Opener:
    """The page that asks and answers without JavaScript."""

    def opener(page: Page) -> None:
        page.goto("/les/laat-het-weg/b2-check-1/")
        if right is not None:
            page.locator(one_of("response", key_of(page.locator(".step"))["right"], right=right)).first.click()
            expect(page.locator(".fb")).to_be_visible()

    return opener


def _plan(who: str, *, home: bool = False) -> Opener:
    """Someone who chose a plan 8 days ago, at home or on the page after 'Nog niet'."""

    def opener(page: Page) -> None:
        sign_in(page, who)
        expect(page).to_have_url(re.compile("/mijn/$"))
        page.goto("/mijn/" if home else f"/plan/{PLAN_IDS[who]}/")

    return opener


def _question(number: int, choice: int = 0) -> Opener:
    """The startmeting with this question answered; with 0 its first screen."""

    def opener(page: Page) -> None:
        page.goto("/startmeting/")
        for asked in range(number + 1):
            if asked:
                page.locator("section.step:not([hidden]) .choice").nth(choice).click()
            if asked < number:
                page.locator("[data-next]").click()
        expect(page.locator("[data-dock]")).to_be_visible()

    return opener


def _measured(page: Page, address: str, choice: int) -> None:
    page.goto(address)
    page.locator("[data-next]").click()
    for _ in range(12):
        page.locator("section.step:not([hidden]) .choice").nth(choice).click()
        page.locator("[data-next]").click()
    expect(page.get_by_role("heading", name="Jouw uitslag")).to_be_visible()


def _result(choice: int, address: str = "/startmeting/") -> Opener:
    return lambda page: _measured(page, address, choice)


def _difference(page: Page) -> None:
    _measured(page, "/startmeting/", 0)
    _measured(page, "/startmeting/na/", 1)


def _home_with_route(page: Page) -> None:
    _measured(page, "/startmeting/", 2)
    page.get_by_role("button", name="Neem deze route").click()
    expect(page.locator(".nowcard")).to_be_visible()


def _follows_path(address: str, after: str = "") -> Opener:
    """A learner without an account who follows a ready route, after some of a lesson."""

    def opener(page: Page) -> None:
        lesson = Lesson(page).open()
        lesson.go_on()
        expect(lesson.saved).to_have_text("Opgeslagen.")
        page.goto(address)
        page.get_by_role("button", name="Volg deze route").click()
        expect(page).to_have_url(re.compile("/mijn/$"))
        page.goto(after or address)

    return opener


def _own_routes(page: Page) -> None:
    """The routes for someone who works in a shop and follows the route for an office."""
    page.goto("/vak/")
    page.get_by_role("button", name="Winkel").click()
    _follows_path("/routes/kantoor/", "/routes/")(page)


def _no_signal_at_sending(page: Page) -> None:
    _question(12)(page)
    page.context.route("**/startmeting/", lambda route: route.abort("internetdisconnected"))
    page.locator("[data-next]").click()
    expect(page.locator("[data-told]")).to_contain_text("Geen verbinding.")


PAGES: dict[str, Opener] = {
    "start": _goes_to("/"),
    "home, empty": _goes_to("/mijn/"),
    "home, busy": _home_busy,
    "home, done": _home_done,
    "home, with a notice": _notice,
    "home, gelukt": _plan(PLAN_DUE, home=True),
    "home, gelukt, own words": _plan(PLAN_OWN, home=True),
    "plan, nog niet": _plan(PLAN_NOT_YET),
    "plan, kept": _plan(PLAN_KEPT),
    "plan, last time": _plan(PLAN_LAST),
    "lessons": _goes_to("/lessen/"),
    "lessons, choosing": _all_folded_out("/lessen/?vak=zorg&voor=W"),
    "lessons, found": _goes_to("/lessen/?zoek=wachtwoort"),
    "lessons, nothing found": _goes_to("/lessen/?zoek=gugevun"),
    "trade": _goes_to("/vak/"),
    "startmeting": _question(0),
    "startmeting, text": _question(1),
    "startmeting, trade": _question(2),
    "startmeting, question": _question(9),
    "startmeting, no signal": _no_signal_at_sending,
    "startmeting, result begin": _result(2),
    "startmeting, result verder": _result(1),
    "startmeting, difference": _difference,
    "home, with a route": _home_with_route,
    "routes": _goes_to("/routes/"),
    "routes, own": _own_routes,
    "route": _goes_to("/routes/logistiek/"),
    "route, makkelijk first": _goes_to("/routes/mbo-entree-en-2/"),
    "route, followed": _follows_path("/routes/zorg/"),
    "home, with a ready route": _follows_path("/routes/mbo-3-en-4/", "/mijn/"),
    "help": _all_folded_out("/hulp/"),
    "for everybody": _all_folded_out("/toegankelijkheid/"),
    "who sees what": _all_folded_out("/wie-ziet-wat/"),
    "makers": _goes_to("/beeld/"),
    "word": _word,
    "word list": _goes_to("/woord/"),
    "sign in": _goes_to("/inloggen/"),
    "sign in, wrong": _wrong_password,
    "not found": _goes_to("/bestaat-niet/"),
    "word list, in Arabic": _words_in_arabic,
    "sheet of a word": _sheet,
    "sheet of a word in Arabic": _sheet_in_arabic,
    "step page": _step_page(right=None),
    "step page, nog niet": _step_page(right=False),
    "step page, klopt": _step_page(right=True),
    **PROGRAMME,
    **FACILITATORS,
    **JOINING,
    **REVIEWS,
    **SIGN_ON,
    **DIGISCAN,
    **DESKS,
    **CLASSES,
    **BUILDER,
    **REGISTER,
    **FIGURES,
    **PEERS,
    **CREDENTIALS,
    **OFFLINE,
    **WATCHING,
    **ROLES,
}


def variants(page: Page) -> tuple[str, ...]:
    """The texts that this screen has; a desk has one."""
    return ("makkelijk", "gewoon") if page.locator(".switch").count() else ("gewoon",)


def switch(page: Page, variant: str) -> None:
    """Press Makkelijk or Gewoon; while a sheet lies over the page, from behind it. On a desk nothing."""
    if len(variants(page)) == 1:
        return
    link = page.locator(f".switch [data-variant-choice={variant}]")
    if page.locator("dialog[open]").count():
        link.evaluate("link => link.click()")
    elif link.get_attribute("aria-current") is None:
        link.click()
    expect(link).to_have_attribute("aria-current", "true")
