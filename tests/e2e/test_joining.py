"""Into a class by code, two learners on one phone, a session that ended: each keeps their own."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, back_as, is_saved, join, sign_in, someone_else, type_code
from tests.e2e.groups import CLASS, CLASS_CODE
from tests.e2e.kept import kept, nothing_waits
from tests.e2e.player import Lesson, Posted, waiting_events
from tests.e2e.serving import Server
from tests.e2e.test_keyboard import Keys

EVENTS = "**/leren/events"
NewPhone = Callable[..., Page]


def _class_page(teacher: Page) -> None:
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=CLASS).click()


def test_two_learners_on_one_phone_keep_apart(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    posted = Posted(phone.context)
    type_code(phone, "Kade 7 feits")
    expect(phone).to_have_url(f"/meedoen/{CLASS_CODE}/")
    phone.get_by_label("Hoe heet je?").fill("Anna")
    phone.get_by_role("button", name="Doe mee").click()
    at_home(phone)
    expect(phone.get_by_role("heading", level=1)).to_have_text("Dag Anna")
    lesson = Lesson(phone).open().go_to("keuze")
    is_saved(lesson)
    place = lesson.step_id
    phone.route(EVENTS, lambda route: route.abort("internetdisconnected"))
    lesson.solve()
    expect(lesson.saved).to_contain_text("Geen verbinding")
    (left,) = waiting_events(phone)

    someone_else(phone)
    phone.unroute(EVENTS)
    join(phone, "Bram")
    lesson.open()
    assert lesson.step_id == lesson.ids[0], "Bram begins at the beginning"
    lesson.go_to("card")
    is_saved(lesson)
    phone.wait_for_load_state("networkidle")
    assert waiting_events(phone) == [left], "Anna's answer waits for Anna"
    assert left["id"] not in kept(own_server).events

    back_as(phone, "Anna")
    nothing_waits(phone)
    lesson.open()
    assert lesson.step_id == place
    expect(lesson.feedback).to_contain_text("Klopt.")
    found = kept(own_server)
    assert (found.learners, found.done, found.busy) == (2, ["B2"], ["B2"])
    assert sorted(found.events) == sorted(set(posted.ids))

    teacher = new_phone(at=own_server)
    sign_in(teacher, "bram")
    _class_page(teacher)
    teacher.goto(f"{teacher.url}?les=B2")
    expect(teacher.locator(".seats li")).to_have_text(["Anna: bezig", "Bram: klaar"])


def test_on_a_shared_phone_everybody_sees_their_own_progress(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    Lesson(phone, "wat-is-ai").open().go_to("card")
    is_saved(Lesson(phone))
    someone_else(phone)
    phone.goto("/mijn/")
    expect(phone.locator(".route .done")).to_have_count(0)
    expect(phone.get_by_text("Hier ben je")).to_have_count(0)
    phone.goto("/wie/")
    expect(phone.get_by_role("button", name=re.compile("^Anna"))).to_contain_text("1 les")
    back_as(phone, "Anna")
    expect(phone.locator(".route .done")).to_contain_text("1 les klaar")


def test_a_session_that_ended_asks_who_is_there_and_then_saves(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    posted = Posted(phone.context)
    join(phone, "Anna")
    lesson = Lesson(phone).open().go_to("keuze")
    is_saved(lesson)
    phone.context.clear_cookies(name="kortwijs")
    lesson.solve()
    expect(lesson.saved).to_contain_text("Je antwoorden staan nog op je telefoon.")
    assert waiting_events(phone)
    phone.get_by_role("link", name="Zeg eerst wie je bent.").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Ben jij Anna?")
    phone.get_by_role("button", name="Ja, ga verder").click()
    expect(phone).to_have_url(re.compile("/les/laat-het-weg/"))
    is_saved(lesson.ready())
    found = kept(own_server)
    assert found.learners == 1
    assert sorted(found.events) == sorted(set(posted.ids))


def test_a_link_to_a_class_still_works_after_saying_who_one_is(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    join(phone, "Anna")
    phone.goto("/mijn/groepen/")
    phone.get_by_text("Uit deze groep gaan").click()
    phone.get_by_role("button", name="Ja, ik ga eruit").click()
    phone.context.clear_cookies(name="kortwijs")
    phone.goto(f"/meedoen/{CLASS_CODE}/")
    phone.get_by_label("Hoe heet je?").fill("Anna")
    phone.get_by_role("button", name="Doe mee").click()
    phone.get_by_role("button", name="Ja, ga verder").click()
    phone.get_by_role("button", name="Ja, doe mee").click()
    at_home(phone)
    expect(phone.get_by_role("status").first).to_have_text(f"Je doet mee met {CLASS}.")


def test_doe_mee_tapped_twice_joins_once(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    type_code(phone, CLASS_CODE)
    phone.get_by_label("Hoe heet je?").fill("Anna")
    phone.get_by_role("button", name="Doe mee").dblclick()
    at_home(phone)
    teacher = new_phone(at=own_server)
    sign_in(teacher, "bram")
    _class_page(teacher)
    expect(teacher.locator(".seats li")).to_have_text(["Anna: nog doen"])


def test_joining_and_leaving_go_without_javascript(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server, java_script_enabled=False)
    join(phone, "Anna")
    expect(phone.get_by_role("status").first).to_have_text(f"Je doet mee met {CLASS}.")
    phone.get_by_role("link", name="Mijn groepen").click()
    phone.get_by_text("Uit deze groep gaan").click()
    phone.get_by_role("button", name="Ja, ik ga eruit").click()
    expect(phone.get_by_role("status")).to_contain_text(f"Je doet niet meer mee met {CLASS}.")
    expect(phone.get_by_text("Je doet nog niet mee met een groep.")).to_be_visible()


def test_joining_and_leaving_go_by_keyboard_alone(new_phone: NewPhone, own_server: Server):
    phone = new_phone(at=own_server)
    keys = Keys(phone)
    phone.goto("/")
    keys.tab_to("#id_code")
    phone.keyboard.type(CLASS_CODE)
    keys.press("Enter")
    expect(phone).to_have_url(f"/meedoen/{CLASS_CODE}/")
    keys.tab_to("#id_naam")
    phone.keyboard.type("Anna")
    keys.tab_to("button[form=meedoen]")
    keys.press("Enter")
    at_home(phone)
    keys.tab_to("a[href='/mijn/groepen/']")
    keys.press("Enter")
    expect(phone).to_have_url("/mijn/groepen/")
    keys.tab_to("summary")
    keys.press("Enter")
    keys.tab_to("form[action$='/verlaten/'] button")
    keys.press("Enter")
    expect(phone.get_by_role("status")).to_contain_text("Je doet niet meer mee")


def test_a_new_code_ends_the_old_link_calmly(new_phone: NewPhone, own_server: Server):
    teacher = new_phone(at=own_server)
    sign_in(teacher, "bram")
    _class_page(teacher)
    expect(teacher.locator(".code")).to_have_text(CLASS_CODE)
    teacher.get_by_text("Een nieuwe code maken").click()
    teacher.get_by_role("button", name="Maak een nieuwe code").click()
    expect(teacher.get_by_role("status")).to_contain_text("Er is een nieuwe code.")
    code = teacher.locator(".code").inner_text()
    assert code != CLASS_CODE

    phone = new_phone(at=own_server)
    phone.goto(f"/meedoen/{CLASS_CODE}/")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Deze code werkt niet meer")
    expect(phone.locator("main")).to_contain_text("Vraag je docent om een nieuwe code.")
    join(phone, "Anna", code)
    teacher.reload()
    expect(teacher.locator(".seats li")).to_have_text(["Anna: nog doen"])
