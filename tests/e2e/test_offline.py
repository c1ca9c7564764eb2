"""Lessons without signal: after one visit they are there, and what is not there says so."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, begin, card_of, is_saved, join, sign_in, someone_else, tap_pictures
from tests.e2e.faults import Line
from tests.e2e.groups import CLASS, CLASS_CODE, OLD_CODE, OPEN
from tests.e2e.keeping import LESSON, REFUSE_CACHES, SHELL, fill_the_phone, kept_on, texts_kept, wait_until_kept
from tests.e2e.kept import kept, nothing_waits
from tests.e2e.player import Lesson, Posted
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
OFFLINE = re.compile("Geen internet")
WORKER = "/sw.js"
WITHOUT_OEFENCHAT = """
from modules.models import ModulePage
page = ModulePage.objects.get(code="B2")
raw = [step for step in page.steps.get_prep_value() if step["type"] != "oefenchat"]
page.steps = page.steps.stream_block.to_python(raw)
page.save_revision().publish()
"""


def _is_calm(page: Page) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(OFFLINE)
    expect(page.get_by_text("We bewaren alles.")).to_be_visible()
    assert not page.get_by_text("fout", exact=False).locator("visible=true").count()


def test_a_lesson_opens_without_signal_after_one_visit_and_loses_nothing(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    posted = Posted(phone.context)
    phone.goto(LESSON)
    wait_until_kept(phone, LESSON)
    own_server.stop()
    again = phone.context.new_page()
    lesson = Lesson(again).open()
    assert again.evaluate("document.fonts.ready.then(() => document.fonts.size)")
    for variant in ("Gewoon", "Makkelijk"):
        lesson.choose(variant)
        expect(lesson.step.locator("h2")).to_be_visible()
    again.locator("a.word:visible").first.click()
    again.get_by_role("dialog").get_by_role("button", name="Sluit").click()
    lesson.go_to("card")
    expect(lesson.saved).to_contain_text("Geen verbinding")
    lesson.press("Naar mijn lessen")
    _is_calm(again)
    expect(again.locator("kw-saved")).to_contain_text("Geen verbinding")
    own_server.start()
    again.get_by_role("link", name="Probeer opnieuw").click()
    nothing_waits(again)
    again.reload()
    expect(again.locator(".route .done")).to_contain_text("1 les klaar")
    assert kept(own_server).done == ["B2"]
    assert set(kept(own_server).events) == set(posted.ids)


def test_after_one_visit_of_home_its_lessons_open_without_signal(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    phone.goto("/mijn/")
    addresses = phone.eval_on_selector_all(".route a[href^='/les/']", "links => links.map(link => link.pathname)")
    assert len(addresses) > 20
    wait_until_kept(phone, *addresses)
    own_server.stop()
    for address in (addresses[0], addresses[11], addresses[-1]):
        Lesson(phone, address.split("/")[2]).open().go_on()


def test_a_page_that_is_not_here_says_what_is(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    phone.goto("/hulp/")
    wait_until_kept(phone)
    own_server.stop()
    phone.goto("/lessen/")
    _is_calm(phone)
    expect(phone.get_by_text("staan nog geen lessen")).to_be_visible()
    own_server.start()
    Lesson(phone).open().go_on()
    wait_until_kept(phone, LESSON)
    own_server.stop()
    phone.goto("/mijn/")
    _is_calm(phone)
    expect(phone.locator("[data-here] a")).to_contain_text(["Wat typ je niet in AI?Hier ben je"])
    phone.get_by_role("link", name="Begin met een les").click()
    Lesson(phone).ready()


def test_the_text_that_was_chosen_shows_without_signal_too(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    Lesson(phone).open()
    wait_until_kept(phone, LESSON)
    phone.goto("/hulp/")
    phone.locator(".switch").get_by_text("Gewoon").click()
    own_server.stop()
    Lesson(phone).open()
    expect(phone.locator(".switch a:has-text('Gewoon')")).to_have_attribute("aria-current", "true")
    assert phone.get_attribute("html", "data-variant") == "standaard"


def test_what_the_server_changed_is_seen_at_once_and_kept(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    lesson = Lesson(phone).open()
    wait_until_kept(phone, LESSON)
    before = phone.get_attribute("kw-player", "data-revision") or ""
    own_server.manage(
        "shell", "-v0", "-c",
        "from modules.models import ModulePage; ModulePage.objects.get(code='B2').save_revision().publish()",
    )  # fmt: skip
    lesson.open()
    after = phone.get_attribute("kw-player", "data-revision") or ""
    assert after != before
    for _ in range(50):
        if any(f"data-revision={after}" in text for text in texts_kept(phone)):
            break
        phone.wait_for_timeout(200)
    own_server.stop()
    lesson.open()
    assert phone.get_attribute("kw-player", "data-revision") == after


def test_a_new_worker_waits_for_the_end_of_the_lesson(new_phone: NewPhone, own_server: Server):
    waiting = "navigator.serviceWorker.getRegistration().then(({ waiting }) => !!waiting)"
    with Line(own_server.port) as line:
        phone = new_phone(at=line)
        lesson = Lesson(phone).open()
        wait_until_kept(phone, LESSON)
        line.behind[WORKER] = b"\n// a new edition"
        phone.context.new_cdp_session(phone).send("Network.clearBrowserCache")
        phone.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
        phone.wait_for_function(f"() => {waiting}")
        lesson.go_to("card")
        assert phone.evaluate(waiting), "in the middle of a lesson nothing changes"
        lesson.press("Naar mijn lessen")
        expect(phone.locator(".route")).to_be_visible()
        phone.wait_for_function(f"() => {waiting}.then((still) => !still)")
        assert LESSON in kept_on(phone)["pages"], "and what was kept is still there"


def test_a_new_page_whose_script_does_not_come_never_takes_the_place_of_the_one_that_is_whole(
    new_phone: NewPhone, own_server: Server
):
    with Line(own_server.port) as line:
        phone = new_phone(at=line)
        lesson = Lesson(phone).open()
        wait_until_kept(phone, LESSON)
        before = phone.get_attribute("kw-player", "data-revision") or ""
        files = [file for file in kept_on(phone)["files"] if file.startswith("/opdrachten/")]
        assert len(files) == 2
        own_server.manage("shell", "-v0", "-c", WITHOUT_OEFENCHAT)
        line.gone = ("/opdrachten/",)
        phone.goto(LESSON)
        assert phone.get_attribute("kw-player", "data-revision") != before
        lesson.ready()  # what both have is here: the new page can be read, with forms where a script misses
        phone.wait_for_timeout(4000)  # what would be kept of it is kept by now
        line.is_down = True
        phone.goto(LESSON)
        lesson.ready()
        assert phone.get_attribute("kw-player", "data-revision") == before
        lesson.go_to("card")
        line.is_down, line.gone = False, ()
        phone.goto(LESSON)
        lesson.ready()
        now = phone.get_attribute("kw-player", "data-revision")
        for _ in range(50):
            if any(f"data-revision={now}" in text for text in texts_kept(phone)):
                break
            phone.wait_for_timeout(200)
        line.is_down = True
        phone.goto(LESSON)
        lesson.ready()
        assert phone.get_attribute("kw-player", "data-revision") == now != before


def test_the_rules_of_a_kept_lesson_count_without_signal(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    lesson = Lesson(phone).open()
    look = "getComputedStyle(document.querySelector('[data-next]')).backgroundColor"
    wait_until_kept(phone, LESSON)
    with_signal = phone.evaluate(look)
    own_server.stop()
    lesson.open()
    assert phone.evaluate(look) == with_signal != "rgba(0, 0, 0, 0)"
    assert [file for file in kept_on(phone)["files"] if "/fonts/" in file]


def test_nothing_of_a_person_is_kept_on_the_phone(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    sign_in(phone, "bram")
    at_home(phone)
    wait_until_kept(phone, LESSON)
    for address in ("/docent/", "/docent/klassen/", "/admin/", "/onderweg/", "/herhalen/", "/startmeting/", "/wie/"):
        phone.goto(address)
    begin(phone)
    wait_until_kept(phone, LESSON)
    found = kept_on(phone)
    assert all(re.fullmatch(r"/les/[\w-]+/|" + SHELL, address) for address in found["pages"])
    assert all(address.startswith(("/static/", "/opdrachten/", "/bestanden/beeld/")) for address in found["files"])
    assert found["sounds"] == []
    key = next(cookie["value"] for cookie in phone.context.cookies() if cookie["name"] == "eigenaar")
    assert not [text for text in texts_kept(phone) if "Dag Bram" in text or key in text or "csrf" in text]


def test_two_on_a_phone_find_their_own_place_without_signal(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    lesson = begin(phone)
    lesson.go_on()
    is_saved(lesson)
    wait_until_kept(phone, LESSON)
    someone_else(phone)
    own_server.stop()
    phone.goto("/mijn/")
    expect(phone.locator("[data-here] a").first).to_be_visible()
    assert not phone.get_by_text("Hier ben je").locator("visible=true").count()
    assert "Anna" not in phone.locator("body").inner_text()
    assert lesson.open().step_id == lesson.ids[0], "the next one begins at the beginning"


def test_a_phone_that_refuses_storage_goes_on_with_signal(phone: Page, server: Server):
    posted = Posted(phone.context)
    phone.add_init_script(REFUSE_CACHES)
    lesson = Lesson(phone).open()
    lesson.go_on()
    is_saved(lesson)
    phone.goto("/onderweg/")
    expect(phone.get_by_text("Deze browser bewaart niets.")).to_be_visible()
    expect(phone.get_by_role("button", name="Bewaar voor onderweg")).to_be_hidden()
    assert posted.ids


def test_a_full_phone_goes_on_with_signal_and_says_so(new_phone: NewPhone, sounding_server: Server):
    phone = new_phone(at=sounding_server)
    phone.goto("/onderweg/")
    wait_until_kept(phone)
    fill_the_phone(phone, sounding_server.url, 1000)
    phone.get_by_role("button", name="Bewaar voor onderweg").click()
    expect(phone.get_by_role("status").filter(has_text="Je telefoon is vol.")).to_be_visible()
    lesson = Lesson(phone).open()
    lesson.go_on()
    is_saved(lesson)


def test_a_route_is_kept_with_its_sound_and_can_be_heard_without_signal(new_phone: NewPhone, sounding_server: Server):
    phone = new_phone(at=sounding_server)
    phone.goto("/routes/logistiek/")
    phone.wait_for_function("() => navigator.serviceWorker.controller")  # which claims no page that is still coming
    phone.get_by_role("link", name="Bewaar voor onderweg").click()
    wait_until_kept(phone)
    button = phone.get_by_role("button", name="Bewaar voor onderweg")
    expect(button).to_contain_text(re.compile(r"Met geluid: [\d,]+\sMB"))
    button.click()
    status = phone.get_by_role("status").filter(has_text="van")
    expect(status).to_contain_text("Les 1 van")
    expect(phone.get_by_role("progressbar")).to_be_visible()
    phone.get_by_role("button", name="Stop").click()
    expect(phone.get_by_text("Gestopt.")).to_be_visible()
    button.click()
    expect(phone.get_by_text("Klaar. Je kunt nu zonder internet leren.")).to_be_visible(timeout=120_000)
    row = phone.locator("[data-lesson-here]:visible").first
    expect(row.get_by_text("Staat op je telefoon")).to_be_visible()
    expect(row.get_by_role("button")).to_be_hidden()
    address = (row.get_attribute("data-lesson-here") or "").split(" ")[0]
    assert f"/geluid{address[:-1]}.json" in kept_on(phone)["sounds"]
    phone.context.set_offline(True)
    lesson = Lesson(phone, address.split("/")[2]).open()
    phone.get_by_role("button", name="Luister").click()
    expect(phone.get_by_role("button", name="Pauze")).to_be_visible()
    phone.context.set_offline(False)
    lesson.ready()


def test_room_is_made_and_stays_made(new_phone: NewPhone, sounding_server: Server):
    phone = new_phone(at=sounding_server)
    phone.goto("/onderweg/")
    wait_until_kept(phone)
    row = phone.locator("[data-lesson-here]:visible").first
    address = (row.get_attribute("data-lesson-here") or "").split(" ")[0]
    row.get_by_role("button", name="Bewaar").click()
    expect(phone.get_by_text("Klaar.")).to_be_visible()
    assert kept_on(phone)["sounds"]
    phone.get_by_text("Zo maak je ruimte").click()
    expect(phone.locator("[data-kept-here] li")).to_have_count(1)
    expect(phone.locator("[data-kept-here] .meta")).to_contain_text("met geluid")
    phone.get_by_role("button", name="Haal weg").click()
    expect(phone.locator("[data-kept-here] li")).to_have_count(0)
    found = kept_on(phone)
    assert address not in found["pages"]
    assert found["sounds"] == []
    assert not [file for file in found["files"] if file.startswith("/opdrachten/")]
    phone.goto("/mijn/")
    wait_until_kept(phone, LESSON)
    assert address not in kept_on(phone)["pages"], "home does not bring it back"


def test_a_code_scanned_without_signal_lets_the_lesson_begin_and_joins_later(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    phone.goto("/mijn/")
    wait_until_kept(phone, LESSON)
    own_server.stop()
    phone.goto(f"/meedoen/{CLASS_CODE}/")
    expect(phone.get_by_text("Je hoort straks bij de klas.")).to_be_visible()
    phone.get_by_role("link", name="Begin met een les").click()
    lesson = Lesson(phone, phone.url.split("/")[4]).ready()
    lesson.go_on()
    expect(lesson.saved).to_contain_text("Geen verbinding")
    own_server.start()
    phone.goto("/mijn/")
    nothing_waits(phone)
    phone.get_by_role("link", name="Ga naar je klas").click()
    phone.get_by_label("Hoe heet je?").fill("Anna")
    phone.get_by_role("button", name="Doe mee").click()
    expect(phone.get_by_text(f"Je doet mee met {CLASS}.")).to_be_visible()
    expect(phone.locator(".nowcard")).to_contain_text("Hier ben je")
    expect(phone.locator("[data-card-waits]")).to_be_hidden()
    assert kept(own_server).learners == 1


def test_a_card_scanned_without_signal_lets_the_lesson_begin_and_is_of_its_learner_later(
    new_phone: NewPhone, own_server: Server
):
    teacher = new_phone(at=own_server)
    sign_in(teacher, "bram")
    card = card_of(teacher, OPEN, "Amina")
    phone = new_phone(at=own_server, has_touch=True)
    phone.goto("/mijn/")
    wait_until_kept(phone, LESSON)
    own_server.stop()
    phone.goto(card)
    expect(phone.get_by_text("Je hoort straks bij de klas.")).to_be_visible()
    assert "Amina" not in phone.locator("body").inner_text()
    phone.get_by_role("link", name="Begin met een les").click()
    lesson = Lesson(phone, phone.url.split("/")[4]).ready()
    lesson.go_on()
    expect(lesson.saved).to_contain_text("Geen verbinding")
    own_server.start()
    phone.goto("/mijn/")
    nothing_waits(phone)
    phone.get_by_role("link", name="Ga naar je klas").click()
    tap_pictures(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ben jij Amina?")
    phone.get_by_role("button", name="Ja, ga verder").tap()
    at_home(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dag Amina")
    expect(phone.locator(".nowcard")).to_contain_text("Hier ben je")


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (f"/meedoen/{OLD_CODE}/", "Deze code werkt niet meer"),
        ("/meedoen/kade-9-boom/", "kennen we niet"),
        ("/meedoen/?code=bestaatniet", "Een code is een woord"),
        ("/kaart/nietvanons/", "Deze kaart werkt nu niet"),
    ],
)
def test_what_is_wrong_with_a_code_is_told_later_and_nothing_is_lost(phone: Page, address: str, told: str):
    lesson = begin(phone)
    wait_until_kept(phone, LESSON)
    phone.context.set_offline(True)
    phone.goto(address)
    expect(phone.get_by_text("Je hoort straks bij de klas.")).to_be_visible()
    lesson.open().go_on()
    phone.context.set_offline(False)
    is_saved(lesson)
    phone.goto("/mijn/")
    phone.get_by_role("link", name="Ga naar je klas").click()
    expect(phone.locator("main")).to_contain_text(told)
    phone.goto("/mijn/")
    expect(phone.locator("[data-card-waits]")).to_be_hidden()
    expect(phone.locator(".nowcard")).to_contain_text("Hier ben je")


def test_a_code_that_one_scanned_is_not_shown_to_the_next(phone: Page):
    begin(phone)
    wait_until_kept(phone, LESSON)
    phone.context.set_offline(True)
    phone.goto(f"/meedoen/{CLASS_CODE}/")
    phone.context.set_offline(False)
    phone.goto("/mijn/")
    expect(phone.locator("[data-card-waits]")).to_be_visible()
    someone_else(phone)
    begin(phone)
    phone.goto("/mijn/")
    expect(phone.locator("[data-card-waits]")).to_be_hidden()


def test_kortwijs_can_be_put_among_the_apps(phone: Page, server: Server):
    phone.goto("/")
    session = phone.context.new_cdp_session(phone)
    found = session.send("Page.getAppManifest")
    assert not found["errors"]
    manifest = phone.evaluate("fetch('/app.webmanifest').then((reply) => reply.json())")
    assert manifest["start_url"] == "/mijn/"
    for icon in manifest["icons"]:
        size = phone.evaluate(
            "(address) => fetch(address).then((reply) => reply.blob()).then(createImageBitmap)"
            ".then(({ width, height }) => `${width}x${height}`)",
            icon["src"],
        )
        assert size == icon["sizes"]
