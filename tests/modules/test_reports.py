"""The reports: what is missing, stale or unused, and the same as a sheet."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import Collection

from language.models import Fact, GlossaryTerm
from media.models import Picture
from modules.models import ModulePage
from modules.reports.findings import Finding, missing, stale, unused
from modules.reports.views import REPORTS, MissingView
from modules.services.writing import Beginning, begin_lesson
from tests.modules.test_editing import member_of
from tests.modules.test_lesson_list import change

pytestmark = pytest.mark.django_db
ADDRESSES = {view: f"/admin/reports/{view.export_filename}/" for view in REPORTS}


@pytest.fixture
def author(as_user):
    return as_user(member_of("Auteurs"))


def of(findings: list[Finding], name: str) -> list[str]:
    return [finding.what for finding in findings if finding.name.startswith(name)]


def test_what_a_lesson_misses_is_found(lesson):
    lesson.goals_makkelijk = ""
    picture = {"scene": "naam-weg", "pictograms": [], "alt": ""}
    change(lesson, screen={"title": {"standaard": "Titel", "makkelijk": ""}, "picture": picture})
    found = of(missing(), "E99")
    assert "1 tekst leeg in Makkelijk" in found
    assert "1 plaatje zonder uitleg" in found
    assert "Onderdeel mist" in found
    todo = [finding.todo for finding in missing() if finding.name.startswith("E99")]
    assert "Schrijf doelen in Makkelijk." in todo
    assert "Schrijf doelen in Gewoon." not in todo
    assert "Nog geen geluid" in found


def test_a_new_lesson_from_the_template_misses_its_texts():
    begin_lesson(beginning=Beginning("B9", "B", "Nieuw", "", "sorteer", 3), user=member_of("Auteurs"))
    found = of(missing(), "B9")
    assert any("leeg in Gewoon" in what for what in found)
    assert not any("geluid" in what.lower() for what in found)  # it is not online


def test_a_lesson_that_is_only_announced_is_no_work_yet(coming):
    assert of(missing(), "E97") == []


def test_what_nobody_looked_at_is_found(lesson, settings):
    assert of(stale(), "E99") == []
    Fact.objects.filter(code="F901").update(review_by=timezone.localdate())
    ModulePage.objects.filter(pk=lesson.pk).update(latest_revision_created_at=timezone.now() - timedelta(days=366))
    found = stale()
    assert any("Staat in: E99" in what for what in of(found, "F901"))
    assert any("Niet veranderd sinds" in what for what in of(found, "E99"))


def test_a_front_door_that_is_old_or_broken_is_named(settings, tmp_path, monkeypatch):
    from modules import front_door

    broken = tmp_path / "front_door.yaml"
    broken.write_text("regions: 3")
    settings.FRONT_DOOR = broken
    front_door.front_door.cache_clear()
    assert any(finding.kind == "Loket" and "Herstel" in finding.todo for finding in stale())
    front_door.front_door.cache_clear()


def test_facts_and_words_that_stand_nowhere_are_found():
    Fact.objects.create(
        code="F999", text_standaard="=SOM(1)", text_makkelijk="x", source="x",
        checked_on=timezone.localdate(), review_by=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    GlossaryTerm.objects.create(term="kwaakdoos", slug="kwaakdoos", explanation="Bestaat niet.")
    found = unused()
    assert of(found, "F999") == ["Staat in geen les"]
    assert of(found, "kwaakdoos") == ["Staat in geen les"]


def test_a_word_that_is_only_found_by_itself_is_used(lesson):
    GlossaryTerm.objects.create(term="kwaakdoos", slug="kwaakdoos", explanation="Bestaat niet.")
    text = {"standaard": "Wat is een kwaakdoos?", "makkelijk": "Kijk."}
    change(lesson, screen={"text": text})
    assert of(unused(), "kwaakdoos") == []


def test_a_photo_that_stands_in_no_lesson_is_found(lesson):
    collection = Collection.get_first_root_node()
    titles = ("Ongebruikt", "Gebruikt")
    photos = [Picture(title=title, file=f"{title}.jpg", width=9, height=9, collection=collection) for title in titles]
    for photo in Picture.objects.bulk_create(photos):
        if photo.title == "Gebruikt":
            picture = {"scene": "", "photo": photo.pk, "pictograms": [], "alt": "Een foto."}
            change(lesson, screen={"picture": picture})
    assert of(unused(), "Ongebruikt") == ["Staat in geen les"]
    assert of(unused(), "Gebruikt") == []


@pytest.mark.parametrize("view", REPORTS, ids=lambda view: view.export_filename)
def test_each_report_can_be_read_and_taken_along(author, lesson, view):
    page = author.get(ADDRESSES[view]).content.decode()
    assert view.page_title in page
    assert view.explanation in page
    assert author.get(ADDRESSES[view] + "results/").status_code == 200
    sheet = author.get(ADDRESSES[view], {"export": "csv"})
    assert b"".join(sheet.streaming_content).decode().startswith("Soort,Wat,Wat is er,Wat te doen")
    book = author.get(ADDRESSES[view], {"export": "xlsx"})
    rows = list(load_workbook(BytesIO(b"".join(book.streaming_content))).active.values)
    assert rows[0] == ("Soort", "Wat", "Wat is er", "Wat te doen")


def test_the_menu_shows_them(author):
    page = author.get("/admin/").content.decode()
    for view in REPORTS:
        assert view.page_title in page


def test_an_empty_report_says_what_to_do_next(author, monkeypatch):
    monkeypatch.setattr(MissingView, "find", staticmethod(list))
    page = author.get(ADDRESSES[MissingView]).content.decode()
    assert MissingView.when_empty in page


def test_a_title_is_never_a_formula_in_a_sheet(author, lesson):
    ModulePage.objects.filter(pk=lesson.pk).update(draft_title="x", code="=1+1")
    sheet = b"".join(author.get(ADDRESSES[MissingView], {"export": "csv"}).streaming_content).decode()
    assert "'=1+1" in sheet
    assert ",=1+1" not in sheet


def test_a_report_asks_few_queries_however_many_lessons(author, tmp_path, django_assert_max_num_queries):
    missing()
    with django_assert_max_num_queries(8):
        missing()
    with django_assert_max_num_queries(8):
        stale()
    with django_assert_max_num_queries(12):
        unused()


@pytest.mark.parametrize("name", ["anna", "bram", "chantal", "driss"])
def test_others_get_no_report(as_user, request, name):
    client = as_user(request.getfixturevalue(name))
    for address in ADDRESSES.values():
        reply = client.get(address)
        assert reply.status_code == 302
        assert "inloggen" in reply.url
