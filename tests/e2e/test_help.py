"""A learner asks a teacher for help, or tells the authors that a lesson is wrong."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.e2e.arriving import join, sign_in
from tests.e2e.groups import CLASS
from tests.e2e.player import Lesson
from tests.e2e.serving import Server

NewPhone = Callable[..., Page]


def test_a_teacher_sees_who_asks_for_help_and_with_what(new_phone: NewPhone, own_server: Server):
    phone, teacher = new_phone(at=own_server), new_phone(at=own_server)
    join(phone, "Anna")
    lesson = Lesson(phone).open().go_to("keuze")
    place = lesson.step_id
    phone.get_by_role("link", name="Hulp").click()
    phone.get_by_role("button", name="Vraag om hulp").click()
    expect(phone.get_by_role("heading", name="Je vraagt om hulp")).to_be_visible()
    phone.get_by_role("link", name="Verder met de les").click()
    assert lesson.ready().step_id == place

    sign_in(teacher, "bram")
    teacher.goto("/docent/klassen/")
    teacher.get_by_role("link", name=CLASS).click()
    expect(teacher.get_by_text("1 persoon vraagt om hulp.")).to_be_visible()
    expect(teacher.locator(".help-row")).to_contain_text("Anna")
    expect(teacher.locator(".help-row")).to_contain_text("Bij: Wat deel je niet met AI?")
    teacher.get_by_role("button", name="Geholpen").click()
    expect(teacher.locator(".help-row")).to_have_count(0)

    phone.get_by_role("link", name="Hulp").click()
    expect(phone.get_by_role("heading", name="Vraag je docent om hulp")).to_be_visible()


def test_a_report_about_a_step_reaches_the_authors_without_a_name(new_phone: NewPhone, own_server: Server):
    phone, author = new_phone(at=own_server), new_phone(at=own_server, viewport={"width": 1280, "height": 800})
    join(phone, "Anna")
    lesson = Lesson(phone).open().go_to("keuze")
    step = lesson.step_id
    phone.get_by_role("link", name="Hulp").click()
    phone.get_by_role("link", name="Deze les klopt niet").click()
    phone.get_by_text("Er staat iets wat niet klopt").click()
    phone.get_by_label("Wil je er iets bij zeggen?").fill("Er staan twee goede antwoorden.")
    phone.get_by_role("button", name="Stuur op").click()
    expect(phone.get_by_role("heading", name="Dank je")).to_be_visible()

    sign_in(author, "eva")
    author.goto("/admin/")
    author.get_by_role("link", name="1 melding over lessen").click()
    row = author.get_by_role("row").filter(has_text="Er staan twee goede antwoorden.")
    expect(row).to_contain_text("B2")
    expect(row).to_contain_text(step)
    expect(author.locator("main")).not_to_contain_text("Anna")
    row.get_by_role("link").first.click()
    expect(author.locator("main")).to_contain_text("Er staan twee goede antwoorden.")
    expect(author.locator("main")).not_to_contain_text("Anna")
