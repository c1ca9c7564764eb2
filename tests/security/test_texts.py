"""Texts of people in pages, documents, sheets and mail: they stand there as they were typed, and do nothing."""

import csv
import io
import json
import re
import uuid
from typing import Any

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from tests.factories import LESSON, curriculum_folder
from tests.lms.test_roles import admin_pages
from tests.security.addresses import addresses, examples
from tests.security.payloads import IN_LESSON, LONG, gotcha, in_texts, put_everywhere
from tests.security.place import PASSWORD, Place
from tests.security.tally import Tally, tally
from tests.security.test_idor import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def hostile(place: Place) -> tuple[Place, dict[str, Any], int]:
    """Everybody is signed in, and then every text of everybody becomes hostile."""
    from people.models import User

    chief = User.objects.create_superuser("chief", password=PASSWORD)
    clients = {who: place.browser(who) for who in place.people} | {"chief": place.browser(chief)}
    return place, clients, put_everywhere()


def look(line: Tally, what: str, reply: Any) -> None:
    line.count()
    if reply.status_code >= 500:
        line.found(f"{reply.status_code}: {what}")
    kind = reply.get("Content-Type", "")
    if "html" in kind or "svg" in kind:
        for one in gotcha(text_of(reply)):
            line.found(f"{one}: {what}")


def test_no_text_becomes_markup_in_a_page(hostile):
    place, clients, count = hostile
    with tally("XSS: elke tekst in elk blad", "bladen", at_least=1000) as line:
        assert count > 500, count
        seen = 0
        for who in place.people:
            for address in dict.fromkeys(addresses()):
                try:
                    filled = [one for one, of_a in examples(address, place) if not of_a][:4]
                except AssertionError:
                    continue
                for example in filled:
                    reply = clients[who].get(example)
                    look(line, f"GET {address} as {who}", reply)
                    seen += "zqx" in text_of(reply)
                    with place.undone():
                        look(line, f"POST {address} as {who}", clients[who].post(example, {"naam": LONG, "wie": LONG}))
        assert seen > 60, f"only {seen} pages showed a payload at all"


def test_no_text_becomes_markup_in_the_admin(hostile):
    place, clients, _ = hostile
    keys = {name: keys[0] for name, keys in {**place.a, **place.b}.items() if keys}
    with tally("XSS: elke tekst in de beheeromgeving", "bladen", at_least=150) as line:
        shown = 0
        for name in dict.fromkeys(admin_pages()):
            for arguments in ([], [keys["people.User"]], [keys["people.Organisation"]], [1], [2]):
                try:
                    example = reverse(name, args=arguments)
                except NoReverseMatch:
                    continue
                if "logout" in name:
                    continue
                with place.undone():
                    reply = clients["chief"].get(example)
                if reply.status_code < 500 or "zqx" in text_of(reply):
                    line.count()
                    for one in gotcha(text_of(reply)) if "html" in reply.get("Content-Type", "") else ():
                        if "stands in a <script>" not in one or "</script" in one:
                            line.found(f"{one}: {name} {arguments}")
                    shown += "zqx" in text_of(reply)
        assert shown > 5, f"only {shown} pages of the admin showed a payload"


def test_a_text_of_a_lesson_stays_a_text(place, tmp_path):
    """Each text of a lesson with every kind of exercise, in the lesson, its steps, its sound and its export."""
    from modules.models import ModulePage
    from modules.services import load_curriculum

    with tally("XSS: elke tekst van een les", "bladen", at_least=20) as line:
        made = in_texts({**LESSON, "id": "E88", "slug": "zqx-les"})
        made["title"] = {"standaard": IN_LESSON, "makkelijk": IN_LESSON}
        load_curriculum(curriculum_folder(tmp_path, made))
        page = ModulePage.objects.get(code="E88")
        client = place.browser("learner")
        paths = [f"/les/zqx-les/{rest}" for rest in ("", "klopt-niet/", *(f"{step}/" for step in page.outline.ids))]
        for path in (*paths, "/lessen/", "/mijn/", "/onderweg/", "/lti/les/E88/"):
            for more in ("", "?soort=makkelijk", "?soort=gewoon"):
                look(line, f"GET {path}{more}", client.get(path + more))
        page_text = text_of(client.get("/les/zqx-les/"))
        assert page_text.count("&lt;zqx") > 20, "the payload is not in the lesson at all"


FORMULA = re.compile(r"[\s\x00-\x1f\u200b-\u200f\ufeff]*[=+\-@＝＋－＠]")


def cells_of(reply: Any) -> list[tuple[str, Any]]:
    content = reply.getvalue()
    if content[:2] == b"PK":
        from openpyxl import load_workbook

        book = load_workbook(io.BytesIO(content))
        return [(one.data_type, one.value) for sheet in book for row in sheet.iter_rows() for one in row]
    text = content.decode("utf-8-sig")
    return [("s", cell) for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]


RUNNING = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "  =1+1", "＝1+1", "=cmd|' /C calc'!A0", "\u00a0=1",
           "\x01=1", "\u200b=1")  # fmt: skip


def test_no_cell_of_a_sheet_is_computed(place):
    """Every name and text begins as a formula does; each export of each person is opened."""
    from people.models import User

    sheets = [one for one in dict.fromkeys(addresses()) if re.search(r"\.(csv|xlsx)$", one)]
    clients = {who: place.browser(who) for who in place.people if who != "not signed in"}
    clients["chief"] = place.browser(User.objects.create_superuser("chief", password=PASSWORD))
    assert put_everywhere([f"{one}zqx" for one in RUNNING]) > 500
    with tally("CSV en XLSX: geen cel wordt gerekend", "cellen", at_least=300) as line:
        for who, client in clients.items():
            for address in sheets:
                for example in [one for one, of_a in examples(address, place) if not of_a][:3]:
                    reply = client.get(example)
                    if reply.status_code >= 500:
                        line.found(f"{reply.status_code}: {address}")
                    for kind, cell in cells_of(reply) if reply.status_code == 200 else ():
                        line.count()
                        if kind == "f" or (isinstance(cell, str) and FORMULA.match(cell)):
                            line.found(f"{cell[:40]!r} ({kind}) in {address} as {who}")


TYPST = ("#panic(1)", "$x$", "`code`", "*vet*", "_schuin_", "#import \"x.typ\"", "\\u{41}", "#read(\"/etc/passwd\")",
         "[x](y)", "// weg", "/* weg */", "@ref", "<label>", "= kop", "- lijst", "#{1+1}", "~", "---")  # fmt: skip


def pdfs_of(place: Place, clients: dict[str, Any]) -> list[tuple[str, bytes]]:
    """Every document that people of B can have, drawn now."""
    from leadership.dossier.document import pdf_of
    from leadership.dossier.services import record_version
    from people.models import Organisation, User

    found = []
    for address in dict.fromkeys(addresses()):
        if not re.search(r"\.(pdf|<str:ending>)$", address) or "/dossier/" in address or "opdrachten" in address:
            continue
        for who, client in clients.items():
            try:
                filled = [one for one, of_a in examples(address, place) if not of_a and one.endswith("pdf")]
            except AssertionError:
                continue
            for example in filled[:3]:
                for method in ("get", "post"):
                    reply = getattr(client, method)(example)
                    if reply.status_code >= 500:
                        found.append((f"{reply.status_code} {address} as {who}", b""))
                    elif reply.status_code == 200 and reply["Content-Type"] == "application/pdf":
                        found.append((address, reply.getvalue()))
    keeper = User.objects.get(pk=place.people["hr_lead"].pk)
    employer = Organisation.objects.get(memberships__user=keeper)
    version, _ = record_version(organisation=employer, actor=keeper)
    return [*found, ("the dossier", pdf_of(json.loads(version.content)))]


def test_a_document_shows_what_was_typed_and_runs_nothing(place):
    """Each of our documents, with what Typst would run in each text of it."""
    from pypdf import PdfReader

    clients = {who: place.browser(who) for who in ("learner", "teacher", "hr_lead", "team_lead")}
    with tally("PDF: getypte tekst blijft tekst", "teksten", at_least=40) as line:
        stands: dict[tuple[str, str], bool] = {}
        for turn in range(6):  # each text stands in each document at some turn
            texts = [f"zq{number:02}{one}" for number, one in enumerate(TYPST)]
            with place.undone():
                put_everywhere([*texts[3 * turn :], *texts[: 3 * turn]])
                for name, made in pdfs_of(place, clients):
                    if not made:
                        line.found(f"a document failed: {name}")
                        continue
                    read = "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)
                    bare = re.sub(r"\s", "", read)
                    for text in texts:
                        if text[:4] in bare:
                            line.count()
                            stands[name, text] = stands.get((name, text), False) or re.sub(r"\s", "", text) in bare
        for (name, text), as_typed in stands.items():
            if not as_typed:  # at no turn; at one alone a narrow column may have cut it
                line.found(f"{text!r} does not stand in {name} as it was typed")


BREAKING = (
    "Anna\r\nBcc: kwaad@kwaad.example",
    "Anna\nX: y",
    "Anna\r\n\r\n<b>",
    "=?utf-8?q?x?=",
    "Anna\u2028x",
    "A\x00b",
)


def test_no_text_gets_into_the_head_of_a_mail(place):
    """Names and texts with line ends, in every mail that we send."""
    from integrations.services import mail_of
    from people.mail import MailDown, send_mail
    from people.models import User
    from people.services import send_notice

    with tally("Mail: geen tekst in de kop", "mails", at_least=12) as line:
        anna = User.objects.get(username="anna")
        for typed in BREAKING:
            User.objects.filter(pk=anna.pk).update(first_name=typed[:150])
            anna.refresh_from_db()
            made = [mail_of(send_notice(user=anna, text=f"{typed}. Meer", by_mail=True))]
            mail.outbox.clear()
            for subject, to in ((typed, "a@b.nl"), ("x", f"a@b.nl{typed}")):
                try:
                    send_mail(to=to, subject=subject, text=typed)
                except MailDown:
                    line.count()
            for message in [*made, *mail.outbox]:
                line.count()
                try:
                    head = message.message()
                except ValueError:
                    continue  # Django refuses such a head: nothing was sent
                names = [name.lower() for name in head]
                if {"bcc", "x"} & set(names) or names.count("subject") != 1 or names.count("to") != 1:
                    line.found(f"{typed!r} made {names}")
                if head.get_content_type() != "text/plain":
                    line.found(f"{typed!r}: {head.get_content_type()}")


RUNNING_LINKS = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:x", "java\tscript:x", "data:text/html,x", "vbscript:x",
    "file:///etc/passwd", "https://a@b/", "//kwaad.example", "ftp://x.nl/", "http:\\\\x",
)  # fmt: skip


def test_a_link_that_runs_is_refused_in_every_field_of_a_link(place):
    from courses.models import CoursePath

    with tally("XSS: links die iets doen", "pogingen", at_least=10) as line:
        path = CoursePath.objects.get(pk=place.b["courses.CoursePath"][0])
        client = place.browser("teacher")
        for link in RUNNING_LINKS:
            page = f"/docent/routes/{path.pk}/blad/{uuid.uuid4()}/"
            form = {"kind": "page", "title": "Blad", "text": "Lees.", "link": link, "minutes": 5, "version": 0}
            with place.undone():
                client.post(page, form)
                path.refresh_from_db()
                for one in path.pages.filter(link__contains=link.strip()[:6]):
                    if not re.match("https?://", one.link):
                        line.found(f"{link!r} was kept as {one.link!r}")
            line.count()
