"""The first ten minutes of a teacher: a class of 28 with a route, cards that print, and phones that join."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import at_home, card_of, choose_pictures, join, sign_in
from tests.e2e.player import Lesson
from tests.e2e.serving import Server
from tests.e2e.test_path_builder import NAME, begin, by_keyboard, in_weeks

NAMES = (
    "Amina", "Bram", "Chantal", "Daan", "Danuta", "Eline", "Fatima", "Femke", "Gerben", "Hanna", "Ilse", "Jasper",
    "Joud", "Kevin", "Lieke", "Maryam", "Menno", "Naomi", "Nynke", "Omar", "Petra", "Ruben", "Samira", "Sjoerd",
    "Tesfay", "Tirza", "Wietske", "Yusuf",
)  # fmt: skip
CLASS, LESSON = "Zorghulp 4D", "wat-is-ai"


def make_class(teacher: Page, name: str) -> str:
    """A class with the pasted names in it; gives its address."""
    teacher.goto("/docent/")
    teacher.get_by_role("link", name="Nieuwe klas").click()
    teacher.get_by_label("Hoe heet de klas?").fill(name)
    teacher.get_by_role("button", name="Maak de klas").click()
    teacher.get_by_label("Plak of typ de namen").fill("\n".join(NAMES))
    teacher.get_by_role("button", name="Zet deze leerlingen erbij").click()
    expect(teacher.get_by_text("28 leerlingen staan in")).to_be_visible()
    return re.sub("inloggen/$", "", teacher.url)


def take_path(teacher: Page, address: str) -> None:
    """The ready path for zorg in an order of one's own, in weeks."""
    begin(teacher)
    by_keyboard(teacher)
    in_weeks(teacher)
    teacher.goto(f"{address}route/")
    choice = teacher.get_by_label("Welke route doet de klas?")
    choice.select_option(label=choice.locator("option", has_text=NAME).first.inner_text())
    teacher.get_by_role("button", name="Zet klaar", exact=True).click()
    expect(teacher.get_by_role("heading", name="Alle lessen")).to_be_visible()


def print_cards(teacher: Page, address: str) -> None:
    """The sheets for all, as the printer gets them."""
    teacher.goto(f"{address}inloggen/")
    expect(teacher.get_by_role("button", name="Print 4 bladen met kaarten")).to_be_visible()
    reply = teacher.request.post(f"{address}inloggen/kaarten.pdf", headers={"sec-fetch-site": "same-origin"})
    assert reply.status == 200
    assert reply.body().startswith(b"%PDF")


def come_with_card(phone: Page, card: str, name: str) -> None:
    """The first time: scan, choose three pictures and tap them again."""
    phone.goto(card)
    choose_pictures(phone, "Boot", "Ster", "Paraplu")
    expect(phone.get_by_role("heading", level=1)).to_have_text(f"Ben jij {name}?")
    phone.get_by_role("button", name="Ja, ga verder").tap()
    at_home(phone)


def test_ten_minutes_from_nothing_to_a_class_that_works(new_phone: Callable[..., Page], own_server: Server):
    teacher = new_phone(at=own_server, viewport={"width": 1280, "height": 800})
    sign_in(teacher, "bram")
    address = make_class(teacher, CLASS)
    take_path(teacher, address)
    print_cards(teacher, address)

    phones = [new_phone(at=own_server, has_touch=True, is_mobile=True) for _ in range(3)]
    for phone, name in zip(phones, ("Danuta", "Tesfay"), strict=False):
        come_with_card(phone, card_of(teacher, CLASS, name), name)
    teacher.goto(f"{address}bord/")
    expect(teacher.get_by_text("2 telefoons doen mee")).to_be_visible()
    join(phones[2], "Zeynep", teacher.locator(".board-code").inner_text())
    expect(phones[2].get_by_text("Met je klas:")).to_be_visible()
    expect(teacher.get_by_text("3 telefoons doen mee")).to_be_visible(timeout=15_000)  # it looks again by itself
    expect(teacher.locator("main")).not_to_contain_text("Danuta")

    lesson = Lesson(phones[0], LESSON).open()
    lesson.go_on()
    phones[0].get_by_role("button", name="Ik wil hulp").click()
    expect(phones[0].get_by_text("Je docent weet het.")).to_be_visible()

    teacher.goto(f"{address}?les=A1")
    expect(teacher.get_by_text("29 mensen doen mee.")).to_be_visible()
    expect(teacher.locator(".help-row")).to_contain_text("Danuta")
    expect(teacher.locator(".seats li", has_text="Danuta")).to_contain_text("bezig, vraagt om hulp")
    teacher.get_by_role("button", name="Geholpen").click()
    expect(teacher.locator(".help-row")).to_have_count(0)
    phones[0].reload()
    expect(phones[0].get_by_role("button", name="Ik wil hulp")).to_be_visible()
