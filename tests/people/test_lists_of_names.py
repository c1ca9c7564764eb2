"""A list of names into a class: everything, or nothing and why."""

import io
import uuid
import zipfile

import pytest
from openpyxl import Workbook

from people.models import Cohort, CohortMember, ListImport, User
from people.services import keep_list
from people.services.lists import take_list, waiting_lists
from people.sheets import MOST_UNPACKED, SheetRefused, lines_of_file, lines_of_text


def names(content: bytes) -> list[str]:
    return [line.name for line in lines_of_file(content)]


def sheet(*rows: list[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture
def take(bram, school_class):
    def of(content: bytes | str, *, cohort: Cohort | None = school_class, key: uuid.UUID | None = None) -> ListImport:
        text = isinstance(content, str)
        return keep_list(
            key=key or uuid.uuid4(),
            content=content.encode() if text else content,
            is_text=text,
            actor=bram,
            organisation=school_class.organisation,
            cohort=cohort,
        )

    return of


def learners(cohort: Cohort) -> set[str]:
    return set(cohort.members.filter(leads=False).values_list("user__first_name", flat=True))


def test_pasted_names_become_learners_without_an_account(take, school_class):
    kept = take("Amina\n  2. Bo \n\n- Cas\nJansen, Dina\nÖmer Yılmaz\n")
    assert (kept.state, kept.written) == (ListImport.State.DONE, 5)
    assert learners(school_class) == {"Amina", "Bo", "Cas", "Dina Jansen", "Ömer Yılmaz"}
    made = User.objects.get(first_name="Amina")
    assert not made.can_sign_in
    assert not made.is_nameless
    assert made.pseudonym.name
    place = made.cohort_places.get()
    assert place.by_lead
    assert not place.came_in


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_csv_is_read_as_any_program_writes_it(delimiter, coding):
    rows = [["Nr", "Roepnaam", "Achternaam"], ["1", "Zoë", "Smit"], ["2", "Björn", "Vos"]]
    assert names("\r\n".join(delimiter.join(row) for row in rows).encode(coding)) == ["Zoë", "Björn"]


def test_columns_are_found_by_name_also_below_a_title():
    content = sheet(["Klassenlijst 2026"], [], ["Stamnr", "VOORNAAM", "Klas"], [1, "Amina", 2], [2, "Bo", "2B"], [None])
    assert [(line.number, line.name, line.group) for line in lines_of_file(content)] == [
        (4, "Amina", "2"), (5, "Bo", "2B"),
    ]  # fmt: skip


def test_what_is_copied_from_a_spreadsheet_may_hold_its_header():
    assert [line.name for line in lines_of_text("Klas\tNaam\n2B\tAmina\n2B\tBo")] == ["Amina", "Bo"]


def test_each_wrong_row_is_told_and_nobody_is_in(take, school_class):
    CohortMember.objects.create(cohort=school_class, user=User.objects.create(username="x", first_name="Amina"))
    kept = take("amina\nBo\nB@\n😀\nBo\n" + "x" * 41)
    assert kept.state == ListImport.State.REFUSED
    assert [number for number, _ in kept.problems] == [1, 3, 4, 5, 6]
    assert "staat al in de klas" in kept.problems[0][1]
    assert "deze naam" in kept.problems[2][1]
    assert learners(school_class) == {"Amina"}
    assert bytes(kept.content) == b""


def test_a_list_sent_twice_is_taken_once(take, school_class):
    key = uuid.uuid4()
    take("Amina\nBo", key=key)
    kept = take("Amina\nBo", key=key)
    assert (kept.state, kept.written) == (ListImport.State.DONE, 2)
    assert school_class.members.filter(leads=False).count() == 2


def test_a_list_of_a_school_makes_the_classes_that_are_not_there(take, school_class, bram):
    kept = take(sheet(["klas", "naam"], ["Klas Zorg 2A", "Amina"], ["2B", "Bo"], ["2b", "Cas"]), cohort=None)
    assert (kept.state, kept.written, kept.groups) == (ListImport.State.DONE, 3, 2)
    assert learners(school_class) == {"Amina"}
    made = Cohort.objects.get(name="2B")
    assert learners(made) == {"Bo", "Cas"}
    assert made.members.get(leads=True).user == bram


def test_a_list_puts_nobody_in_the_class_of_a_colleague(take, school_class):
    other = Cohort.objects.create(organisation=school_class.organisation, name="2B", kind=Cohort.Kind.CLASS)
    kept = take(sheet(["klas", "naam"], ["Klas Zorg 2A", "Amina"], ["2B", "Bo"]), cohort=None)
    assert kept.state == ListImport.State.REFUSED
    assert "van een collega" in kept.problems[0][1]
    assert not learners(other) | learners(school_class)


def test_a_list_with_more_classes_does_not_land_in_one(take):
    kept = take(sheet(["klas", "naam"], ["2A", "Amina"], ["2B", "Bo"]))
    assert "meer klassen" in kept.problems[0][1]


def test_a_long_list_waits_for_a_worker_and_goes_on_after_one_died(take, school_class, monkeypatch):
    asked = []
    monkeypatch.setattr("people.services.lists._ask_worker", asked.append)
    monkeypatch.setattr("people.services.lists.AT_ONCE", 10)
    kept = take("\n".join(f"Naam {letter}" for letter in "ABCDEFGH"))
    assert kept.state == ListImport.State.WAITING
    assert asked == [kept.pk]
    ListImport.objects.update(state=ListImport.State.BUSY, claimed_at="2026-01-01T00:00Z")
    assert list(waiting_lists()) == [kept.pk]
    take_list(key=kept.pk)
    take_list(key=kept.pk)
    assert len(learners(school_class)) == 8
    assert not list(waiting_lists())


def packed(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", content)
    return out.getvalue()


BOMB = packed(xl__workbook=b"<a/>", xl__sharedStrings=b" " * (MOST_UNPACKED + 1))
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "leeg"),
        (b"naam\n", "geen namen"),
        (b"email\nanna@voorbeeld.nl\n", "geen kolom"),
        (b"\x00\x01\x02" * 50, "geen kolom|niet lezen"),
        (b"naam\n\x00", "niet lezen"),
        (b'naam\n"' + b"x" * 200_000, "niet lezen"),
        (b"naam\n" + b"Bo\n" * 2_600, "te veel rijen"),
        (b"x" * 2_000_001, "te groot"),
        (b"PK\x03\x04" + b"x" * 100, "stuk"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 100, "oud Excel-bestand"),
        (BOMB, "te groot"),
        (packed(word__document=b"<a/>"), "geen Excel-bestand"),
        (packed(xl__workbook=b"<a/>"), "stuk"),
        (packed(xl__workbook=ENTITIES), "stuk"),
    ],
)
def test_a_hostile_file_is_refused_in_dutch(content, says):
    with pytest.raises(SheetRefused, match=says):
        list(lines_of_file(content))


def test_a_formula_in_a_sheet_is_never_a_name(take):
    kept = take(sheet(["naam"], ["=1+1"], ['=HYPERLINK("http://x")']))
    assert kept.state == ListImport.State.REFUSED


def test_a_row_that_stands_far_away_costs_nothing():
    book = Workbook()
    book.active["A1"] = "naam"
    book.active["A1048576"] = "Bo"
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(SheetRefused, match="te veel rijen"):
        list(lines_of_file(out.getvalue()))


def test_nobody_lists_people_for_another_school_or_a_team(take, chantal, school_class, anna):
    for actor in (chantal, anna):
        with pytest.raises(ValueError, match="only for who leads"):
            keep_list(key=uuid.uuid4(), content=b"Bo", is_text=True, actor=actor,
                      organisation=school_class.organisation, cohort=school_class)  # fmt: skip


def test_joining_with_a_code_goes_on_after_a_long_list(take, school_class, settings):
    from people.services import join_cohort

    settings.JOINS_PER_HOUR = 3
    take("Amina\nBo\nCas\nDina")
    assert join_cohort(user=User.objects.new_nameless(uuid.uuid4()), cohort=school_class, name="Eva")
