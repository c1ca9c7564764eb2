"""Everything that comes in as a file or a message, broken in every way: a clear refusal, nothing half, in bounds."""

import base64
import io
import json
import re
import resource
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from tests.factories import LESSON, curriculum_folder, lesson_file
from tests.integrations.test_lti import moodle, running  # noqa: F401 (fixtures)
from tests.security.mutations import broken_bytes, broken_data, broken_zips
from tests.security.place import writes
from tests.security.tally import Tally, tally

pytestmark = pytest.mark.django_db
SECONDS, MEGABYTES = 20, 400  # for one case, and that the process may grow by in a part


def feed(
    line: Tally, cases: Iterator[Any], take: Callable[[Any], object], refusals: tuple[type[Exception], ...]
) -> int:
    """Each case is taken or refused with words; gives how many were taken. Nothing may stay of what was refused."""
    taken, before = 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number, case in enumerate(cases):
        line.count()
        began = time.process_time()
        try:
            with transaction.atomic(), writes() as seen:
                try:
                    take(case)
                    taken += 1
                except refusals as error:
                    if not str(error).strip():
                        line.found(f"case {number}: refused without a word ({type(error).__name__})")
                    if kept := [sql for sql, _ in seen if not sql.lstrip().startswith("DELETE")]:
                        line.found(f"case {number}: refused, and something was written: {kept[0][:80]}")
                transaction.set_rollback(True)
        except Exception as error:
            line.found(f"case {number}: {type(error).__name__}: {error}"[:220])
        if (spent := time.process_time() - began) > SECONDS:
            line.found(f"case {number} took {spent:.0f} s")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
    if grown > MEGABYTES:
        line.found(f"memory grew by {grown} MB")
    return taken


CSV = 'Klas;Roepnaam;Achternaam\n2A;Anna;Jansen\n2A;Bram;de Vries\n2B;"Chloë ""C""";\'t Hof\n'.encode()


def sheet(rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def test_lists_of_names():
    from people.sheets import SheetRefused, lines_of_file, lines_of_text

    xlsx = sheet([["Klas", "Naam"], ["2A", "Anna"], ["2A", "Bram"]])
    with tally("Fuzz: lijsten met namen (CSV, XLSX, geplakt)", "gevallen", at_least=900) as line:
        took = feed(line, broken_bytes(CSV, 500, "csv"), lambda one: list(lines_of_file(one)), (SheetRefused,))
        took += feed(line, broken_zips(xlsx, 200, "xlsx"), lambda one: list(lines_of_file(one)), (SheetRefused,))
        pasted = (one.decode("utf-8", "replace") for one in broken_bytes(CSV, 200, "text"))
        feed(line, pasted, lines_of_text, (SheetRefused,))
        assert took > 20, "hardly anything was taken: this breaks too much to say something"


def test_sheets_of_the_register():
    from leadership.register.sheet import WrongRows, read_systems
    from people.sheets import SheetRefused

    good = (Path(__file__).parents[1] / "e2e" / "register.csv").read_bytes()
    rows = [row.split(";") for row in good.decode("utf-8-sig").splitlines()]
    with tally("Fuzz: AI-register (CSV, XLSX)", "gevallen", at_least=400) as line:
        feed(line, broken_bytes(good, 300, "register"), read_systems, (SheetRefused, WrongRows))
        feed(line, broken_zips(sheet(rows), 90, "register"), read_systems, (SheetRefused, WrongRows))


def test_packages_of_h5p():
    from media.h5p.core.errors import PackageError
    from media.h5p.services import LibrariesLacking, import_package
    from tests.media.h5p.packages import package, zipped

    good = zipped(package()).getvalue()
    with tally("Fuzz: H5P-pakketten", "gevallen", at_least=250) as line:
        feed(
            line, broken_zips(good, 200, "h5p"), lambda one: import_package(file=io.BytesIO(one)),
            (PackageError, LibrariesLacking),
        )  # fmt: skip


def test_lessons_words_and_routes(tmp_path):
    """Files of the curriculum: their data broken, and their bytes."""
    from modules.curriculum.problems import CurriculumError
    from modules.services import load_curriculum

    def load(data: Any) -> None:
        folder = tmp_path / uuid.uuid4().hex
        folder.mkdir()
        made = curriculum_folder(folder, lesson_file(id="E98", slug="x"))
        text = data if isinstance(data, bytes) else json.dumps(data).encode("utf-8", "surrogatepass")
        (made / "modules" / "E98" / "module.yaml").write_bytes(text)
        load_curriculum(made)

    good = {**LESSON, "id": "E98", "slug": "x"}
    with tally("Fuzz: bestanden van lessen", "gevallen", at_least=300) as line:
        feed(line, broken_data(good, 200, "lesson"), load, (CurriculumError,))
        feed(line, broken_bytes(json.dumps(good).encode(), 120, "lesson"), load, (CurriculumError,))


def test_copies_that_are_put_back(tmp_path):
    import pyrage

    from lms.backups import archive
    from lms.backups.errors import BackupError

    identity = pyrage.x25519.Identity.generate()
    file = tmp_path / "copy.tar.age"

    def fill(writer: archive.Writer) -> None:
        for name, content in {"about.json": b'{"format": 1}', "files/media/x.png": b"x" * 5000}.items():
            writer.add(name, io.BytesIO(content), len(content))

    archive.write(file, [identity.to_public()], fill)
    good = file.read_bytes()

    def put_back(content: bytes) -> None:
        file.write_bytes(content)
        with archive.opened(file, [identity]) as members:
            for _, part in members:
                while part.read(65536):
                    pass

    with tally("Fuzz: kopieën die worden teruggezet", "gevallen", at_least=300) as line:
        taken = feed(line, broken_bytes(good, 300, "copy"), put_back, (BackupError,))
        if taken:
            line.found(f"{taken} copies that were changed were taken for whole")


def answers(line: Tally, cases: Iterator[Any], send: Callable[[Any], Any]) -> set[int]:
    """What a server answers to each: never a fault of its own, never a page of a fault."""
    seen = set()
    for number, case in enumerate(cases):
        line.count()
        began = time.process_time()
        with transaction.atomic():
            reply = send(case)
            transaction.set_rollback(True)
        seen.add(reply.status_code)
        if reply.status_code >= 500:
            line.found(f"case {number}: {reply.status_code}: {str(case)[:150]}")
        if (spent := time.process_time() - began) > SECONDS:
            line.found(f"case {number} took {spent:.0f} s")
    return seen


def test_statements():
    from tests.xapi.test_fuzz import GOOD
    from xapi.services import create_credential

    made, secret = create_credential("probe", scopes=["all"], organisation=None, per_minute=100_000)
    given = base64.b64encode(f"{made.key}:{secret}".encode()).decode()
    from django.test import Client

    client = Client(raise_request_exception=False)
    headers = {"authorization": f"Basic {given}", "x-experience-api-version": "1.0.3"}

    def send(case: Any, kind: str = "application/json") -> Any:
        body = case if isinstance(case, bytes) else json.dumps(case).encode("utf-8", "surrogatepass")
        return client.post("/xapi/statements", body, content_type=kind, headers=headers)

    text = json.dumps(GOOD).encode()
    mixed = "multipart/mixed; boundary=abc"
    part = b"--abc\r\nContent-Type: application/json\r\n\r\n" + json.dumps(GOOD[1]).encode() + b"\r\n--abc\r\n"
    part += b"Content-Type: text/plain\r\nX-Experience-API-Hash: x\r\n"
    part += b"Content-Transfer-Encoding: binary\r\n\r\nhallo\r\n--abc--\r\n"
    with tally("Fuzz: statements (xAPI)", "gevallen", at_least=900) as line:
        seen = answers(line, broken_data(GOOD, 500, "xapi"), send)
        seen |= answers(line, broken_bytes(text, 300, "xapi"), send)
        answers(line, broken_bytes(part, 120, "mixed"), lambda one: send(one, mixed))
        monsters = [b"[" * 100_000, b'{"a":' * 50_000 + b"1" + b"}" * 50_000, b'"' + b"x" * 5_000_000 + b'"',
                    b"1" * 100_000, b"[1e99999]", json.dumps([GOOD[0]] * 2).encode(),
                    b"\xef\xbb\xbf[]", b"NaN", b"[NaN]"]  # fmt: skip
        answers(line, iter(monsters), send)
        assert {200, 400} <= seen, seen


def test_events_of_phones(phone):
    good = {"events": [*phone.whole_lesson(), phone.event("e-keuze", "e-o2")]}
    phone.client.raise_request_exception = False
    with tally("Fuzz: antwoorden van telefoons", "gevallen", at_least=400) as line:

        def send(case: Any) -> Any:
            return phone.post(case if isinstance(case, bytes) else json.dumps(case).encode("utf-8", "surrogatepass"))

        seen = answers(line, broken_data(good, 250, "events"), send)
        seen |= answers(line, broken_bytes(json.dumps(good).encode(), 150, "events"), send)
        answers(line, iter([b"[" * 100_000, b'{"events":' * 30_000, b"{}" * 10, b"x" * 2_600_000]), send)
        assert {200, 400} <= seen, seen


def test_launches_of_learning_systems(moodle):  # noqa: F811
    """The signed token of a launch and what is posted beside it, broken after it was signed."""
    from django.test import Client

    from learning.models import Event
    from people.models import User
    from tests.integrations.lti_platform import begin

    with tally("Fuzz: LTI, tokens en formulieren", "gevallen", at_least=150) as line:
        client = Client(headers={"sec-fetch-site": "same-origin"}, raise_request_exception=False)
        message = moodle.answer(begin(client, moodle.preflight())["Location"])
        before = User.objects.count()

        def send(case: Any) -> Any:
            return client.post("/lti/start/verder", case)

        token = message["id_token"].encode()
        tokens = (
            {**message, "id_token": one.decode("latin-1")} for one in broken_bytes(token, 100, "lti") if one != token
        )
        seen = answers(line, tokens, send)
        made = (
            {key: str(value).replace("\ud800", "?") for key, value in one.items()}
            for one in broken_data(message, 90, "lti")
        )
        forms = (one for one in made if any(one.get(name) != message[name] for name in ("id_token", "state")))
        seen |= answers(line, forms, send)
        if seen - {400, 403}:
            line.found(f"something else than a refusal: {seen}")
        if User.objects.count() != before or Event.objects.exists():
            line.found("somebody came in by a token that was changed")


def test_forms_and_questions_of_every_page(place):
    """Words that no browser sends, in every field of every form of every page of everybody."""
    from tests.security.forms import forms_of
    from tests.security.mutations import ODD
    from tests.security.test_idor import start_pages

    texts = [one for one in ODD if isinstance(one, str) and "\ud800" not in one]
    with tally("Fuzz: elk veld van elk formulier", "verzoeken", at_least=1500) as line:
        done: set[tuple[str, str]] = set()
        for who in place.people:
            client = place.browser(who)
            for page, text in start_pages(client, place).items():
                for form in forms_of(text):
                    action = form.action or page
                    for number, one in enumerate({field.name: field for field in form.fields if field.name}.values()):
                        key = (re.sub(r"\d+|[0-9a-f-]{36}", "n", action), re.sub(r"\d+", "n", one.name))
                        if one.name == "csrfmiddlewaretoken" or key in done or "uitloggen" in action:
                            continue
                        done.add(key)
                        for odd in texts[number % 3 :: 3]:
                            with place.undone():
                                given = {**form.filled(), one.name: [odd]}
                                reply = (
                                    client.post(action, given) if form.method == "post" else client.get(action, given)
                                )
                            line.count()
                            if reply.status_code >= 500:
                                line.found(
                                    f"{reply.status_code}: {form.method} {action} {one.name}={odd[:20]!r} as {who}"
                                )
