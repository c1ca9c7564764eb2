"""In without typing: card, pictures, lesson, by touch alone; the lock and its end; the list only while it is open."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, card_of, choose_pictures, is_saved, sign_in, tap_pictures
from tests.e2e.groups import CLASS, OPEN, OPEN_CODE
from tests.e2e.kept import kept
from tests.e2e.no_keys import NoKeys
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]
DEMO_CLASS = "Klas Zorg 2A"


@pytest.fixture
def touch(new_phone: NewPhone, own_server: Server) -> Iterator[Page]:
    page = new_phone(at=own_server, has_touch=True, is_mobile=True)
    keys = NoKeys(page)
    yield page
    assert keys.pressed == []


@pytest.fixture
def teacher(new_phone: NewPhone, own_server: Server) -> Page:
    page = new_phone(at=own_server)
    sign_in(page, "bram")
    return page


def _is_asked(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dag {name}")


def _goes_in(page: Page, name: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Ben jij {name}?")
    page.get_by_role("button", name="Ja, ga verder").tap()
    at_home(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Dag {name}")


def test_from_a_card_over_new_pictures_into_a_lesson_by_touch_alone(touch: Page, teacher: Page, own_server: Server):
    touch.goto(card_of(teacher, DEMO_CLASS, "Bo"))
    choose_pictures(touch, "Boot", "Ster", "Paraplu")
    _goes_in(touch, "Bo")
    expect(touch.get_by_text("Je plaatjes zijn bewaard.")).to_be_visible()
    touch.locator(".dock .btn-main").tap()
    lesson = Lesson(touch).ready()
    touch.locator("[data-next]").tap()
    is_saved(lesson)
    assert kept(own_server).events


def test_the_same_card_and_pictures_lead_in_on_another_phone(touch: Page, teacher: Page):
    address = card_of(teacher, OPEN, "Amina")
    touch.goto(address)
    _is_asked(touch, "Amina")
    assert address.split("/")[-2] not in touch.url
    tap_pictures(touch)
    _goes_in(touch, "Amina")


def test_other_pictures_lock_and_the_teacher_opens_again(touch: Page, teacher: Page):
    address = card_of(teacher, OPEN, "Bilal")
    touch.goto(address)
    for left in (4, 3, 2, 1):
        tap_pictures(touch, "Vis", "Huis", "Zon")
        expect(touch.get_by_role("alert")).to_contain_text(f"nog {left} keer")
        expect(touch.locator(".slots .full")).to_have_count(0)
    tap_pictures(touch, "Vis", "Huis", "Zon")
    expect(touch.locator("main")).to_contain_text("Vraag je docent om nieuwe plaatjes.")
    touch.goto(address)
    tap_pictures(touch)  # the right ones
    expect(touch.get_by_role("heading", level=1)).to_have_text("Je plaatjes zitten op slot")

    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=OPEN).click()
    teacher.get_by_role("link", name="Inloggen").click()
    row = teacher.locator(".pick li").filter(has_text="Bilal")
    expect(row).to_contain_text("Plaatjes op slot")
    row.get_by_role("button", name="Nieuwe plaatjes").click()
    expect(teacher.get_by_role("status").first).to_contain_text("Bilal kiest nieuwe plaatjes.")

    touch.goto(address)
    choose_pictures(touch, "Bel", "Kop", "Boom")
    _goes_in(touch, "Bilal")


def test_the_list_of_names_is_there_only_while_the_teacher_lets_it(touch: Page, teacher: Page):
    address = f"/meedoen/{OPEN_CODE}/wie/"
    touch.goto(address)
    touch.get_by_role("button", name="Chloë").tap()
    _is_asked(touch, "Chloë")
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=OPEN).click()
    teacher.get_by_role("button", name="Zet nu dicht").click()
    tap_pictures(touch)  # too late
    expect(touch.get_by_role("heading", level=1)).to_have_text("Wie ben jij?")
    touch.goto(address)
    expect(touch.get_by_role("heading", level=1)).to_have_text("Inloggen staat nog dicht")
    expect(touch.locator("main")).not_to_contain_text("Chloë")
    teacher.get_by_role("button", name="Zet open voor 15 minuten").click()
    touch.get_by_role("link", name="Probeer opnieuw").tap()
    touch.get_by_role("button", name="Chloë").tap()
    tap_pictures(touch)
    _goes_in(touch, "Chloë")


def test_on_a_shared_phone_two_learners_change_places(touch: Page, teacher: Page):
    for name in ("Amina", "Chloë"):
        touch.goto(card_of(teacher, OPEN, name))
        tap_pictures(touch)
        _goes_in(touch, name)
        touch.goto("/lessen/")
    expect(touch.get_by_text("Jij bent Chloë.")).to_be_visible()
    touch.get_by_role("link", name="Ben je iemand anders?").tap()
    touch.locator(".people").get_by_role("button", name=re.compile("^Amina")).tap()
    _is_asked(touch, "Amina")
    tap_pictures(touch)
    expect(touch.get_by_role("heading", level=1)).to_have_text("Ben jij Amina?")


def test_a_tap_can_be_taken_back_and_a_double_tap_counts_once(touch: Page, teacher: Page):
    touch.goto(card_of(teacher, OPEN, "Amina"))
    touch.locator(".pic[data-word=Vis]").dblclick()
    expect(touch.locator(".slots .full")).to_have_count(1)
    touch.get_by_role("button", name="Terug").tap()
    expect(touch.locator(".slots .full")).to_have_count(0)
    touch.locator(".pic[data-word=Huis]").tap()
    expect(touch.get_by_role("button", name="Huis plaatje 1")).to_have_attribute("aria-pressed", "true")
    expect(touch.locator("[data-told]")).to_have_text("Plaatje 1 van 3: Huis.")
    tap_pictures(touch, "Vis", "Zon")
    _goes_in(touch, "Amina")


def test_all_of_it_goes_without_javascript(new_phone: NewPhone, own_server: Server, teacher: Page):
    phone = new_phone(at=own_server, java_script_enabled=False, has_touch=True)
    phone.goto(card_of(teacher, DEMO_CLASS, "Esra"))
    choose_pictures(phone, "Boot", "Ster", "Paraplu")
    _goes_in(phone, "Esra")
    phone.context.clear_cookies()
    phone.goto(card_of(teacher, DEMO_CLASS, "Esra"))
    tap_pictures(phone, "Boot", "Ster")
    expect(phone.locator(".slots .full")).to_have_count(2)
    phone.get_by_role("button", name="Terug").tap()
    expect(phone.locator(".slots .full")).to_have_count(1)
    tap_pictures(phone, "Ster", "Paraplu")
    _goes_in(phone, "Esra")


def test_who_just_joined_is_offered_pictures(new_phone: NewPhone, own_server: Server, teacher: Page):
    from tests.e2e.arriving import join

    phone = new_phone(at=own_server, has_touch=True)
    join(phone, "Femke")
    phone.get_by_role("link", name="Bekijk het").tap()
    choose_pictures(phone, "Bel", "Kop", "Boom")
    at_home(phone)
    expect(phone.get_by_text("Kies 3 plaatjes.")).to_have_count(0)
    phone.context.clear_cookies()
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=CLASS).click()
    teacher.get_by_role("link", name="Inloggen").click()
    row = teacher.locator(".pick li").filter(has_text="Femke")
    expect(row).to_contain_text("Heeft plaatjes")
    row.get_by_role("link", name="Kaart").click()
    teacher.get_by_role("button", name="Maak een kaart").click()
    phone.goto(teacher.locator(".qrbox a").get_attribute("href") or "")
    tap_pictures(phone, "Bel", "Kop", "Boom")
    _goes_in(phone, "Femke")
