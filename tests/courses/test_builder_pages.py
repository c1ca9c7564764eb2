"""The pages of the path builder: who gets what, what is kept, and what is refused without losing a word."""

import io
import re
import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject

from courses.draft import draft_of
from courses.models import CoursePath, PathFile, PathPage, Sharing
from courses.services import assign_path
from learning.models import OwnRoute
from modules.models import ModulePage
from people.models import Role
from tests.factories import MembershipFactory
from tests.learning.test_query_counts import queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
LIST, NEW = "/docent/routes/", "/docent/routes/nieuw/"


def text(reply) -> str:
    return " ".join(reply.content.decode().split())


def at(path: CoursePath, rest: str = "") -> str:
    return f"/docent/routes/{path.pk}/{rest}"


def form_of(path: CoursePath, **changes) -> dict:
    """What the builder's form sends of a path as it stands."""
    path = CoursePath.objects.get(pk=path.pk)
    draft = draft_of(path)
    said = {"version": str(path.version), "title": draft.title, "intro": draft.intro, "pace": draft.pace,
            "intro_makkelijk": draft.intro_makkelijk, "item": draft.keys}  # fmt: skip
    for item in draft.items:
        said |= {f"{item.key}-week": item.week or "", f"{item.key}-on": item.on or "", f"{item.key}-note": item.note}
        if item.required:
            said[f"{item.key}-required"] = "on"
    return said | changes


def keys(path: CoursePath) -> list[str]:
    return draft_of(CoursePath.objects.get(pk=path.pk)).keys


# Who gets what


@pytest.mark.parametrize("sharing", list(Sharing))
def test_who_opens_a_route_and_who_changes_it(
    as_user, path, own_page, bram, colleague, elsewhere, chantal, anna, driss, sharing
):
    CoursePath.objects.filter(pk=path.pk).update(sharing=sharing)
    looks = (at(path), at(path, "delen/"), at(path, "bekijk/"), at(path, "telefoon/gewoon/"))
    writes = (at(path), at(path, f"blad/{own_page.pk}/"))
    for user, sees, edits in (
        (bram, True, True),
        (colleague, sharing != Sharing.ALONE, sharing == Sharing.EDIT),
        *((other, False, False) for other in (elsewhere, chantal, anna, driss)),
    ):
        for address in looks:
            assert as_user(user).get(address).status_code == (200 if sees else 404), (user, address)
        assert as_user(user).post(at(path, "kopie/")).status_code == (302 if sees else 404)
        for address in writes:
            assert as_user(user).post(address).status_code == (422 if edits else 404), (user, address)
        mine = user == bram
        assert as_user(user).post(at(path, "delen/"), {"sharing": sharing}).status_code == (302 if mine else 404)
        if not mine:
            assert as_user(user).post(at(path, "opbergen/")).status_code == 404
    for address in looks:
        assert as_user(None).get(address).url.startswith("/inloggen/")
    assert not CoursePath.objects.get(pk=path.pk).archived


def test_a_list_shows_own_and_shared_routes_and_nobody_elses(as_user, path, bram, colleague, elsewhere, anna, driss):
    assert "Zorg 2A" in text(as_user(bram).get(LIST))
    for user in (colleague, elsewhere):
        assert "Zorg 2A" not in text(as_user(user).get(LIST))
        assert f'value="{path.pk}"' not in text(as_user(user).get(NEW))
    CoursePath.objects.filter(pk=path.pk).update(sharing=Sharing.SEE)
    assert "Zorg 2A" in text(as_user(colleague).get(LIST))
    assert "Zorg 2A" not in text(as_user(elsewhere).get(LIST))
    for user in (anna, driss):
        for address in (LIST, NEW):
            assert as_user(user).get(address).status_code == 404
    assert as_user(None).get(LIST).url.startswith("/inloggen/")


def test_a_colleague_who_may_only_look_sees_the_notes_and_no_fields(as_user, path, colleague):
    CoursePath.objects.filter(pk=path.pk).update(sharing=Sharing.SEE)
    path.lessons.filter(module="A1").update(note="Neem je schrift mee.")
    page = text(as_user(colleague).get(at(path)))
    assert "Neem je schrift mee." in page
    assert "<textarea" not in page
    assert "Maak mijn kopie" in page


def test_nothing_is_changed_from_another_site(as_user, path, bram):
    for address in (at(path), at(path, "kopie/"), at(path, "opbergen/"), at(path, "delen/"), NEW):
        assert as_user(bram).post(address, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_an_employer_reads_its_own_words(as_user, chantal, employer, bram, path):
    page = text(as_user(chantal).get(LIST))
    assert "voor je team" in page
    as_user(chantal).post(NEW, {"title": "Magazijn", "origin": CoursePath.objects.get(slug="logistiek").pk})
    made = CoursePath.objects.get(organisation=employer)
    page = text(as_user(chantal).get(at(made)))
    assert "Bekijk als medewerker" in page
    assert "leerling" not in page
    assert "Bekijk als leerling" in text(as_user(bram).get(at(path)))


# Beginning


def test_a_route_begins_with_a_ready_one_and_the_same_form_twice_makes_one(as_user, bram, zorg):
    said = {"title": "Zorg 2B", "origin": zorg.pk, "key": str(uuid.uuid4())}
    first = as_user(bram).post(NEW, said)
    assert as_user(bram).post(NEW, said).url == first.url
    made = CoursePath.objects.get(title="Zorg 2B")
    assert made.codes == zorg.codes
    assert "8 lessen" in text(as_user(bram).get(first.url))


def test_who_teaches_at_two_schools_says_for_which(as_user, bram, school, elsewhere):
    other = elsewhere.memberships.get().organisation
    MembershipFactory(user=bram, organisation=other, role=Role.TEACHER)
    assert "Kies voor wie de route is." in text(as_user(bram).post(NEW, {"title": "Nieuw"}))
    as_user(bram).post(NEW, {"title": "Nieuw", "organisation": other.pk})
    assert CoursePath.objects.get(title="Nieuw").organisation == other


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({}, "Geef de route een naam."),
        ({"title": "  "}, "Geef de route een naam."),
        ({"title": "123"}, "Typ een naam met letters."),
        ({"title": "{F9}"}, "Gebruik in de naam geen haken"),
        ({"title": "a\u202eb"}, "Er staat een vreemd teken"),
        ({"title": "a\x00b"}, ""),
        ({"title": "x" * 500}, "Gebruik hoogstens 120 letters."),
        ({"title": "Goed", "origin": "99999999"}, "Deze route is er niet meer."),
        ({"title": "Goed", "origin": "<script>"}, "Deze route is er niet meer."),
    ],
)
def test_what_cannot_begin_a_route_is_said_and_kept(as_user, bram, said, told):
    reply = as_user(bram).post(NEW, said)
    assert reply.status_code == 422
    assert told in text(reply)
    assert not CoursePath.objects.exclude(organisation=None).exists()


def test_the_route_of_another_school_is_nothing_to_begin_with(as_user, path, elsewhere):
    assert as_user(elsewhere).post(NEW, {"title": "Gestolen", "origin": path.pk}).status_code == 422


# Building


def test_each_button_does_what_it_says_and_everything_else_in_the_form_is_kept_too(as_user, path, bram):
    client, before = as_user(bram), keys(path)
    said = form_of(path, **{"les:A1-note": "Neem je schrift mee.", "do": f"omhoog:{before[1]}"})
    reply = client.post(at(path), said)
    assert reply.url == f"{at(path)}#les-A6"
    assert keys(path)[:2] == before[1::-1]
    assert path.lessons.get(module="A1").note == "Neem je schrift mee."
    page = text(client.get(reply.url))
    assert "staat nu op plek 1." in page
    assert "Opgeslagen." in page
    client.post(at(path), form_of(path, do=f"weg:{before[-1]}"))
    assert before[-1] not in keys(path)
    client.post(at(path), form_of(path, do="erbij:les:B4"))
    client.post(at(path), form_of(path, do="omhoog:les:B4"))
    assert keys(path)[-2] == "les:B4"
    client.post(at(path), form_of(path, pace="week"))
    client.post(at(path), form_of(path, do="verdeel", per="2"))
    assert [item.week for item in draft_of(CoursePath.objects.get(pk=path.pk)).items][:4] == [1, 1, 2, 2]
    assert "Week 2" in text(client.get(at(path)))


def test_minutes_are_added_up_and_extra_lessons_apart(as_user, path, own_page, bram):
    whole = sum(lesson.minutes for lesson in ModulePage.objects.filter(code__in=path.codes)) + own_page.minutes
    assert f"{whole} minuten" in text(as_user(bram).get(at(path)))
    said = form_of(path)
    del said["les:A1-required"]
    as_user(bram).post(at(path), said)
    minutes = ModulePage.objects.get(code="A1").minutes
    assert f"en {minutes} minuten extra" in text(as_user(bram).get(at(path)))
    assert f"{whole - minutes} minuten" in text(as_user(bram).get(at(path)))


def test_what_is_better_done_first_is_said_and_not_forbidden(as_user, path, bram):
    said = form_of(path)
    said["item"] = [key for key in said["item"] if key != "les:A1"]
    page = text(as_user(bram).post(at(path), said, follow=True))
    assert "Opgeslagen." in page
    assert "‘Wat is AI en waar kom je het tegen?’ hoort hiervoor, en staat niet in de route." in page
    said["item"] = [*said["item"], "les:A1"]
    as_user(bram).post(at(path), said | {"version": CoursePath.objects.get(pk=path.pk).version})
    assert "hoort hiervoor, en staat nu later." in text(as_user(bram).get(at(path)))


def test_dates_past_and_backwards_are_said_and_not_forbidden(as_user, path, bram):
    today = timezone.localdate()
    said = form_of(path, pace="date")
    first, second, third = said["item"][:3]
    said |= {f"{first}-on": today + timedelta(9), f"{second}-on": today + timedelta(2), f"{third}-on": "1-9-2026"}
    page = text(as_user(bram).post(at(path), said, follow=True))
    assert "Dit komt eerder dan wat erboven staat." in page
    assert "Opgeslagen." in page
    assert ("Deze datum is voorbij." in page) is (today.isoformat() > "2026-09-01")


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("les:A1-on", "31-2-2027", "Deze datum bestaat niet."),
        ("les:A1-on", "2-2-1927", "Deze datum is te ver weg."),
        ("les:A1-on", "9999-12-31", "Deze datum is te ver weg."),
        ("les:A1-week", "41", "Kies een week van 1 tot en met 40."),
        ("les:A1-week", "-1", "Kies een week van 1 tot en met 40."),
        ("les:A1-note", "x" * 301, "Gebruik hoogstens 300 letters."),
        ("les:A1-note", "a\u202eb", "Er staat een vreemd teken"),
        ("title", "", "Geef de route een naam."),
        ("pace", "elke dag", "Kies een planning uit de lijst."),
        ("intro", "x" * 601, "Gebruik hoogstens 600 letters."),
    ],
)
def test_what_is_not_right_yet_is_said_and_nothing_of_the_form_is_lost(as_user, path, bram, field, value, told):
    said = form_of(path, **{"les:B1-note": "Dit blijft staan.", field: value})
    reply = as_user(bram).post(at(path), said)
    assert reply.status_code == 422
    page = text(reply)
    assert told in page
    assert "Nog niet opgeslagen." in page
    assert "Dit blijft staan." in page
    assert path.lessons.get(module="B1").note == ""


def test_hundreds_of_lessons_unknown_ones_and_doubles_are_refused_or_left_out(as_user, path, bram):
    reply = as_user(bram).post(at(path), form_of(path, item=[f"les:X{number}" for number in range(500)]))
    assert reply.status_code == 422
    assert "Een route heeft hoogstens 100 onderdelen." in text(reply)
    as_user(bram).post(at(path), form_of(path, item=["les:A1", "les:A1", "les:ZZZ", "blad:x", "<b>", "les:B1"]))
    assert keys(path) == ["les:A1", "les:B1"]
    for do in ("erbij:les:ZZZ", "erbij:blad:x", "erbij:", "omhoog:les:ZZZ", "onzin", "omlaag:" + "x" * 5000):
        assert as_user(bram).post(at(path), form_of(path, do=do)).status_code == 302
    assert keys(path) == ["les:A1", "les:B1"]


def test_a_form_of_thousands_of_fields_is_refused(as_user, path, bram):
    client = as_user(bram)
    client.raise_request_exception = False
    said = form_of(path) | {f"veld{number}": "x" for number in range(2000)}
    assert client.post(at(path), said).status_code == 400


def test_html_and_marks_in_a_note_are_shown_and_never_run(as_user, path, bram, anna):
    said = form_of(path, **{"les:A1-note": "<img src=x onerror=alert(1)> {F9} [[datalek]] **dik**"})
    as_user(bram).post(at(path), said | {"intro": "<script>alert(2)</script>"})
    for client, address in ((as_user(bram), at(path)), (as_user(anna), f"/routes/{path.slug}/")):
        page = client.get(address).content.decode()
        assert "<img src=x" not in page
        assert "<script>alert" not in page
        assert "&lt;img src=x" in page


def test_lessons_are_found_by_word_track_trade_level_and_minutes(as_user, path, bram):
    client = as_user(bram)

    def found(**wanted) -> set[str]:
        page = client.get(at(path), wanted).content.decode()
        return set(re.findall(r"erbij:les:(\w+)", page)) | ({"A1"} if "Staat erin" in page else set())

    assert found(lijn="E") <= {lesson.code for lesson in ModulePage.objects.filter(track="E")}
    assert "B4" in found(zoek="wachtwoord")
    assert found(zoek="zzzzqqq") == set()
    assert "Er is geen les die past." in text(client.get(at(path), {"zoek": "zzzzqqq"}))
    bouw = found(vak="bouw")
    assert not {code for code in bouw if code in ("C1", "C3")}
    short = found(duur="5")
    assert short
    assert all(lesson.minutes <= 5 for lesson in ModulePage.objects.filter(code__in=short - {"A1"}))
    for strange in ({"lijn": "Q"}, {"vak": "<b>"}, {"duur": "999"}, {"voor": "x" * 900}, {"zoek": "\x00" * 90}):
        assert found(**strange) == found()
    reply = client.post(at(path), form_of(path, do="zoek", zoek="wachtwoord", duur="6"))
    assert reply.url == f"{at(path)}?zoek=wachtwoord&duur=6"


# Two at once


def test_the_second_of_two_is_told_with_both_beside_each_other(as_user, shared, bram, colleague):
    mine = form_of(shared, **{"les:B1-note": "Van Karin.", "do": "omlaag:les:A1"})
    as_user(bram).post(at(shared), form_of(shared, do="weg:les:B2"))
    as_user(bram).post(at(shared), form_of(shared, **{"les:A3-note": "Van Bram."}))
    as_user(bram).post(at(shared), form_of(shared, do="erbij:les:B4"))
    reply = as_user(colleague).post(at(shared), mine)
    assert reply.status_code == 409
    page = text(reply)
    for told in (
        "intussen veranderd door <bdi>Bram</bdi>",
        "Van Karin.",
        "heeft bij Bram de notitie: ‘Van Bram.’",
        "staat alleen bij jou.",
        "staat alleen bij Bram, op plek 8.",
        'value="erbij:les:B4"',
        "Bewaar die van mij",
    ):
        assert told in page
    stands = keys(shared)
    version = re.search(r'id="versie" value="(\d+)"', page)[1]
    assert "les:B2" not in stands
    again = as_user(colleague).post(at(shared), mine | {"version": version, "do": "erbij:les:B4"})
    assert again.status_code == 302
    assert {"les:B2", "les:B4"} <= set(keys(shared))
    assert shared.lessons.get(module="B1").note == "Van Karin."


def test_a_form_without_a_version_or_with_a_strange_one_never_writes_over_anything(as_user, path, bram):
    for version in ("", "x", "-1", "٣", "9" * 40, "1.5"):
        assert as_user(bram).post(at(path), form_of(path, version=version, title="Anders")).status_code == 409
    assert CoursePath.objects.get(pk=path.pk).title == "Zorg 2A"


def test_what_is_kept_while_a_colleague_puts_the_route_away_is_not_lost(as_user, shared, bram, colleague):
    said = form_of(shared, do="weg:les:B2")
    as_user(bram).post(at(shared, "opbergen/"))
    assert as_user(colleague).post(at(shared), said).status_code == 302
    assert "les:B2" not in keys(shared)


# Own pages


def page_form(**changes) -> dict:
    return {"kind": "page", "title": "Neem je pas mee", "text": "Lokaal 12.", "minutes": "5", "version": "0", **changes}


def page_at(path: CoursePath, page_id=None) -> str:
    return at(path, f"blad/{page_id or uuid.uuid4()}/")


def pdf(**extra) -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    for name, value in extra.items():
        writer._root_object[NameObject(f"/{name}")] = value
    writer.write(out)
    return out.getvalue()


def uploaded(content: bytes, name: str = "blad.pdf", kind: str = "application/pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=kind)


def test_an_own_page_is_written_shown_and_its_file_only_downloaded(as_user, path, bram, anna, driss):
    client = as_user(bram)
    reply = client.post(at(path), form_of(path, do="blad"))
    said = page_form(link="voorbeeld.nl/regels", upload=uploaded(pdf(), "../Mijn blad.exe.pdf"))
    back = client.post(reply.url, said)
    assert back.url.startswith(at(path))
    page = PathPage.objects.get()
    assert keys(path)[-1] == page.key
    assert (page.link, page.file.name) == ("https://voorbeeld.nl/regels", "Mijn blad.pdf")
    assert "Neem je pas mee" in text(client.get(at(path)))
    learner = f"/routes/{path.slug}/blad/{page.pk}/"
    for address in (at(path, f"blad/{page.pk}/bestand/"), f"{learner}bestand/"):
        file = as_user(bram).get(address)
        assert file["Content-Disposition"].startswith("attachment")
        assert (file["X-Content-Type-Options"], file["Content-Type"]) == ("nosniff", "application/pdf")
        assert "sandbox" in file["Content-Security-Policy"]
    shown = text(as_user(anna).get(learner))
    assert "Lokaal 12." in shown
    assert 'href="https://voorbeeld.nl/regels" rel="noopener noreferrer nofollow"' in shown
    for stranger in (driss, None):
        assert as_user(stranger).get(learner).status_code == 404
        assert as_user(stranger).get(f"{learner}bestand/").status_code == 404


def test_the_same_page_sent_twice_is_one_and_changed_it_stays_one(as_user, path, bram):
    client, address = as_user(bram), page_at(path)
    for _ in range(2):
        client.post(address, page_form())
    page = PathPage.objects.get()
    client.post(address, page_form(version="1", text="Lokaal 14."))
    assert client.post(address, page_form(version="1", text="Lokaal 9.")).status_code == 409
    page.refresh_from_db()
    assert (page.text, page.version) == ("Lokaal 14.", 2)


def test_the_second_who_writes_a_page_sees_both_texts(as_user, shared, own_page, bram, colleague):
    as_user(bram).post(page_at(shared, own_page.pk), page_form(version="1", text="Van Bram."))
    reply = as_user(colleague).post(page_at(shared, own_page.pk), page_form(version="1", text="Van Karin."))
    assert reply.status_code == 409
    for told in ("Van Bram.", "Van Karin.", 'name="version" value="2"'):
        assert told in text(reply)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"link": "javascript:alert(1)"}, "Dit is geen adres van een website."),
        ({"link": "data:text/html,x"}, "Dit is geen adres van een website."),
        ({"link": "https://bank.nl@kwaad.nl/"}, "zonder @"),
        ({"link": "ftp://voorbeeld.nl"}, "Dit is geen adres van een website."),
        ({"link": "http:// "}, "Dit is geen adres van een website."),
        ({"link": "x" * 500}, "Gebruik hoogstens 400 letters."),
        ({"title": ""}, "Geef het blad een naam."),
        ({"text": "", "link": ""}, "Typ een tekst, of kies een link of een bestand."),
        ({"text": "x" * 3001}, "Gebruik hoogstens 3000 letters."),
        ({"minutes": "0"}, "van 1 tot en met 60"),
        ({"minutes": "veel"}, "Typ hoeveel minuten dit duurt"),
        ({"kind": "film"}, "Kies wat het is."),
        ({"upload": uploaded(b"<!doctype html><script>alert(1)</script>")}, "Dit bestand is geen PDF en geen foto."),
        ({"upload": uploaded(b"")}, "Dit bestand is leeg."),
        ({"upload": uploaded(b"%PDF-1.7 en verder niets")}, "Deze PDF is niet heel."),
        ({"upload": uploaded(b"MZ\x90\x00" * 99, "blad.pdf")}, "Dit bestand is geen PDF en geen foto."),
        ({"upload": uploaded(b"<svg onload=alert(1)>", "plaatje.png", "image/png")}, "geen PDF en geen foto"),
        ({"upload": uploaded(b"\x89PNG\r\n\x1a\n kapot", "plaatje.png", "image/png")}, "Deze foto is niet heel"),
    ],
)
def test_a_page_that_is_not_right_yet_says_why_and_keeps_what_was_typed(as_user, path, bram, said, told):
    reply = as_user(bram).post(page_at(path), page_form(text_makkelijk="Dit blijft staan.") | said)
    assert reply.status_code == 422
    assert told in text(reply)
    assert "Dit blijft staan." in text(reply)
    assert not PathPage.objects.exists()
    assert not PathFile.objects.exists()


def script() -> DictionaryObject:
    return DictionaryObject({NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): NameObject("/x")})


def locked() -> bytes:
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.encrypt("geheim")
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (lambda: pdf(OpenAction=script()), "In deze PDF zit een programma"),
        (lambda: pdf() + b"\n9 0 obj << /S /J#61vaScript >> endobj", "In deze PDF zit een programma"),
        (lambda: pdf(Names=DictionaryObject({NameObject("/EmbeddedFiles"): DictionaryObject()})), "een ander bestand"),
        (locked, "Op deze PDF zit een wachtwoord."),
    ],
)
def test_a_pdf_that_could_do_something_by_itself_is_refused(as_user, path, bram, content, told):
    reply = as_user(bram).post(page_at(path), page_form(upload=uploaded(content())))
    assert told in text(reply)
    assert not PathFile.objects.exists()


def test_a_file_too_big_is_refused(as_user, path, bram, settings):
    settings.PATH_FILE_MAX_BYTES = 500
    reply = as_user(bram).post(page_at(path), page_form(upload=uploaded(pdf() + b" " * 500)))
    assert "Dit bestand is te groot" in text(reply)


def test_a_photo_is_drawn_anew_without_what_was_hidden_in_it(as_user, path, bram):
    out = io.BytesIO()
    Image.new("RGB", (640, 480), "red").save(out, "JPEG", exif=b"Exif\x00\x00" + b"GEHEIM" * 20)
    as_user(bram).post(
        page_at(path), page_form(upload=uploaded(out.getvalue() + b"<script>", "foto.html", "text/html"))
    )
    kept = PathFile.objects.get()
    assert kept.name == "foto.jpg"
    content = kept.open().read()
    assert b"GEHEIM" not in content
    assert b"<script>" not in content


def test_a_file_that_came_with_a_half_finished_form_need_not_be_chosen_again(as_user, path, bram, elsewhere):
    client, address = as_user(bram), page_at(path)
    reply = client.post(address, page_form(title="", upload=uploaded(pdf())))
    kept = PathFile.objects.get()
    assert f'name="kept" value="{kept.pk}"' in text(reply)
    client.post(address, page_form(kept=str(kept.pk)))
    assert PathPage.objects.get().file == kept
    client.post(address, page_form(version="1", kept=str(kept.pk), drop_file="on"))
    assert PathPage.objects.get().file is None


def test_a_file_of_another_school_cannot_be_taken(as_user, path, bram, elsewhere, zorg):
    as_user(bram).post(page_at(path), page_form(upload=uploaded(pdf())))
    kept = PathFile.objects.get()
    as_user(elsewhere).post(NEW, {"title": "Ander", "origin": zorg.pk})
    other = CoursePath.objects.get(title="Ander")
    as_user(elsewhere).post(page_at(other), page_form(kept=str(kept.pk)))
    assert other.pages.get().file is None
    assert as_user(elsewhere).get(at(other, f"blad/{path.pages.get().pk}/bestand/")).status_code == 404
    assert as_user(elsewhere).get(page_at(other, path.pages.get().pk)).status_code == 404


# Sharing, copying, putting away


def test_sharing_copying_and_putting_away_are_confirmed_and_can_be_repeated(as_user, path, bram, colleague):
    client = as_user(bram)
    for _ in range(2):
        page = text(client.post(at(path, "delen/"), {"sharing": "edit"}, follow=True))
        assert "Opgeslagen." in page
        assert "Collega’s kunnen aan deze route meewerken." in page
    assert client.post(at(path, "delen/"), {"sharing": "iedereen"}).status_code == 422
    key = {"key": str(uuid.uuid4())}
    assert as_user(colleague).post(at(path, "kopie/"), key).url == as_user(colleague).post(at(path, "kopie/"), key).url
    assert CoursePath.objects.filter(made_by=colleague).count() == 1
    for _ in range(2):
        page = text(client.post(at(path, "opbergen/"), follow=True))
    assert "Opgeborgen: 1 route" in page
    assert "Deze route is opgeborgen." in text(client.get(at(path)))
    assert "is terug." in text(client.post(at(path, "opbergen/"), {"weg": "0"}, follow=True))


# What learners see


def test_a_learner_follows_the_route_of_the_school_with_its_pages_times_and_notes(as_user, path, own_page, anna, bram):
    said = form_of(path, pace="week", **{"les:A1-note": "Neem je schrift mee.", "les:A1-week": "1"})
    del said["les:B1-required"]
    as_user(bram).post(at(path), said)
    client, address = as_user(anna), f"/routes/{path.slug}/"
    assert client.post(f"{address}volg/").url == "/mijn/"
    for page in (text(client.get(address)), text(client.get("/mijn/"))):
        for told in ("Week 1", "Neem je schrift mee.", "Neem je pas mee", "Extra les. Je mag hem overslaan."):
            assert told in page
        assert f'href="{address}blad/{own_page.pk}/"' in page
    assert "Voorbeeldschool" in text(client.get("/routes/"))


def test_a_class_that_does_the_route_finds_it_on_home_also_after_it_was_put_away(
    as_user, path, own_page, anna, bram, school_class
):
    as_user(bram).post(at(path), form_of(path, pace="week", **{"les:A6-note": "In lokaal 3.", "les:A6-week": "2"}))
    assign_path(cohort=school_class, path=path, starts_on=None, actor=bram)
    as_user(bram).post(at(path, "opbergen/"))
    client = as_user(anna)
    home = text(client.get("/mijn/"))
    for told in ("In lokaal 3.", "Week 2", "Neem je pas mee", "Begin hier"):
        assert home.count(told) == 1
    shown = text(client.get(f"/routes/{path.slug}/"))
    assert "Deze route doe je met je groep." in shown
    assert "Volg deze route" not in shown
    assert own_page.text in text(client.get(f"/routes/{path.slug}/blad/{own_page.pk}/"))


def test_what_a_teacher_changes_a_learner_sees_at_once(as_user, path, anna, bram):
    client = as_user(anna)
    client.post(f"/routes/{path.slug}/volg/")
    as_user(bram).post(at(path), form_of(path, item=["les:B4", "les:A1"]))
    home = client.get("/mijn/").content.decode()
    on_line = home.split('<ol class="route">')[1].split("</ol>")[0]
    slugs = dict(ModulePage.objects.filter(code__in=["A1", "B4", "B2"]).values_list("code", "slug"))
    assert on_line.index(slugs["B4"]) < on_line.index(slugs["A1"])
    assert slugs["B2"] not in on_line
    assert "Volg de nieuwe route" not in client.get(f"/routes/{path.slug}/").content.decode()


def test_who_follows_a_route_keeps_it_after_leaving_or_when_it_is_put_away(as_user, path, anna, bram, school_class):
    client, address = as_user(anna), f"/routes/{path.slug}/"
    client.post(f"{address}volg/")
    anna.memberships.all().delete()
    anna.cohort_places.all().delete()
    as_user(bram).post(at(path, "opbergen/"))
    assert client.get(address).status_code == 200
    OwnRoute.objects.all().delete()
    assert client.get(address).status_code == 404


def test_the_route_of_a_school_is_not_there_for_others(as_user, path, driss, elsewhere, chantal):
    for user in (driss, elsewhere, chantal, None):
        assert as_user(user).get(f"/routes/{path.slug}/").status_code == 404
        assert as_user(user).post(f"/routes/{path.slug}/volg/").status_code == 404
        assert "Zorg 2A" not in text(as_user(user).get("/routes/"))


def test_the_preview_shows_both_texts_and_leaves_the_teachers_own_choice_alone(as_user, path, own_page, bram):
    client = as_user(bram)
    page = text(client.get(at(path, "bekijk/")))
    for name, variant in (("makkelijk", "makkelijk"), ("gewoon", "standaard")):
        assert f'src="{at(path, f"telefoon/{name}/")}"' in page
        reply = client.get(at(path, f"telefoon/{name}/"))
        assert f'data-variant="{variant}"' in text(reply)
        assert "Volg deze route" not in text(reply)
        assert own_page.title in text(reply)
    assert "soort" not in client.cookies
    assert client.get(at(path, "telefoon/anders/")).status_code == 404


# What every page promises


def test_pages_of_the_builder_hold_no_inline_script_style_or_token(as_user, path, own_page, bram):
    for address in (LIST, NEW, at(path), at(path, "delen/"), page_at(path, own_page.pk), at(path, "bekijk/")):
        reply = as_user(bram).get(address)
        assert "unsafe" not in reply["Content-Security-Policy"]
        assert "no-store" in reply["Cache-Control"]
        page = reply.content.decode()
        assert "csrf" not in page
        assert "<style" not in page
        assert not re.search(r'\s(on\w+|style)="', page)
        assert [tag for tag in re.findall(r"<script[^>]*>", page) if "src=" not in tag] == []
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(set(ids)) == sorted(ids)


# How much is asked of the database


def test_the_builder_asks_a_fixed_number_of_queries(as_user, path, bram):
    client = as_user(bram)
    client.get(at(path))
    few = queries(lambda: client.get(at(path)))
    assert few <= 14
    for code in ModulePage.objects.exclude(code__in=path.codes).values_list("code", flat=True)[:15]:
        path.lessons.create(module=code, place=path.lessons.count() + 1)
    assert queries(lambda: client.get(at(path))) == few
    CoursePath.objects.filter(pk=path.pk).update(title="Lijst")
    few = queries(lambda: client.get(LIST))
    for _ in range(5):
        client.post(at(path, "kopie/"))
    assert queries(lambda: client.get(LIST)) == few
