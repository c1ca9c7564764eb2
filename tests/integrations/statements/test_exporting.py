"""A file with statements is whole whatever happens to the worker, is only for who asked, and goes after some days."""

import gzip
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.utils import timezone

from integrations.models import StatementExport
from integrations.statements import exports
from integrations.statements.exports import MOST_ATTEMPTS, MOST_OPEN, run_export, sweep
from integrations.statements.forms import LookForm
from people.models import AuditEntry
from people.services import ensure_pseudonym, erase_person
from tests.factories import UserFactory
from tests.integrations.statements.conftest import some
from tests.xapi.conftest import a_statement
from xapi.core.statements import actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_files")]
PLACE = "/admin/statements/"
State = StatementExport.State


@pytest.fixture
def browser(as_user, chief):
    return as_user(chief)


@pytest.fixture
def small_parts(monkeypatch):
    monkeypatch.setattr(exports, "AT_ONCE", 3)
    monkeypatch.setattr(exports, "PART", 6)


def begin(browser, **filters) -> StatementExport:
    reply = browser.post(f"{PLACE}uitvoer/maak/", filters)
    assert reply.status_code == 302
    return StatementExport.objects.get(pk=reply.url.rstrip("/").rpartition("/")[2])


def run(row: StatementExport) -> StatementExport:
    while not run_export(key=row.pk, seconds=0):
        pass
    row.refresh_from_db()
    return row


def downloaded(browser, row: StatementExport) -> list[str]:
    reply = browser.get(f"{PLACE}uitvoer/{row.pk}/bestand/")
    assert reply.status_code == 200
    content = b"".join(reply.streaming_content)
    assert len(content) == int(reply.headers["Content-Length"])
    return [json.loads(line)["id"] for line in gzip.decompress(content).splitlines()]


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_holds_all_that_fits_in_order_and_as_it_was_stored(browser, store, small_parts):
    store(*some(4))
    mine = store(*some(20, verb={"id": "http://x.nl/verb", "display": {"nl": "é\u2028\n"}}))
    store(*some(4))
    row = run(begin(browser, verb="http://x.nl/verb"))
    assert downloaded(browser, row) == mine
    assert (row.state, row.count, row.percent, len(row.parts)) == (State.DONE, 20, 100, 4)


def test_it_holds_what_was_stored_when_it_was_asked_for_and_nothing_later(browser, store):
    before = store(*some(3))
    row = begin(browser)
    store(*some(3))
    assert downloaded(browser, run(row)) == before


def test_nothing_that_fits_is_an_empty_file(browser, store):
    store(*some(1))
    row = run(begin(browser, verb="http://x.nl/nooit"))
    assert (row.state, downloaded(browser, row)) == (State.DONE, [])


def test_progress_is_told_on_the_page_and_only_grows(browser, store, small_parts):
    store(*some(30))
    row, seen = begin(browser), []
    while not run_export(key=row.pk, seconds=0):
        row.refresh_from_db()
        seen.append((row.count, row.percent))
        page = browser.get(f"{PLACE}uitvoer/{row.pk}/stand/").content.decode()
        assert f'value="{row.percent}"' in page
        assert f"Er staan nu {row.count} statements in" in page
        assert "data-ask" in page
    assert [count for count, _ in seen] == [6, 12, 18, 24]
    assert [percent for _, percent in seen] == sorted(percent for _, percent in seen)
    page = browser.get(f"{PLACE}uitvoer/{row.pk}/").content.decode()
    assert "Het bestand is klaar. Er staan 30 statements in" in page
    assert "data-ask" not in page


def test_only_who_asked_can_see_or_download_it(browser, as_user, store):
    store(*some(1))
    row = run(begin(browser))
    other = as_user(UserFactory(username="bea", is_superuser=True, is_staff=True))
    for place in ("", "stand/", "bestand/"):
        assert other.get(f"{PLACE}uitvoer/{row.pk}/{place}").status_code == 404
    for place in ("opnieuw/", "weg/"):
        assert other.post(f"{PLACE}uitvoer/{row.pk}/{place}").status_code == 404
    assert str(row.pk) not in other.get(f"{PLACE}uitvoer/").content.decode()
    assert str(row.pk) in browser.get(f"{PLACE}uitvoer/").content.decode()
    assert downloaded(browser, row)


def test_asking_and_downloading_are_recorded(browser, chief, store):
    store(*some(2))
    row = run(begin(browser, agent="mailto:xapi@example.com"))
    downloaded(browser, row)
    asked = AuditEntry.objects.get(action="export_statements")
    assert (asked.actor_key, asked.subject) == (chief.audit_key, f"export {row.pk}")
    assert "mailto" not in str(asked.details)
    assert "agent_key" in asked.details
    assert AuditEntry.objects.get(action="download_statements").details == {"count": 2}


def test_a_file_that_is_not_ready_cannot_be_downloaded(browser, store):
    store(*some(1))
    row = begin(browser)
    assert browser.get(f"{PLACE}uitvoer/{row.pk}/bestand/").status_code == 404
    assert not AuditEntry.objects.filter(action="download_statements").exists()


def test_one_person_has_no_more_than_three_under_way(browser, store):
    for _ in range(MOST_OPEN):
        begin(browser)
    assert browser.post(f"{PLACE}uitvoer/maak/").url == f"{PLACE}uitvoer/"
    assert StatementExport.objects.count() == MOST_OPEN


def test_what_a_message_was_lost_of_is_found(browser, store):
    row = begin(browser)
    assert sweep(now=timezone.now()) == [row.pk]


def test_who_takes_over_from_a_worker_that_died_goes_on_and_the_dead_one_adds_nothing(browser, store, small_parts):
    sent = store(*some(15))
    row = begin(browser)
    assert run_export(key=row.pk, seconds=0) is False
    row.refresh_from_db()
    dead = uuid.uuid4()
    StatementExport.objects.filter(pk=row.pk).update(state=State.RUNNING, attempt=dead)
    assert sweep(now=timezone.now()) == []  # it may be busy
    assert run_export(key=row.pk) is True  # and nobody does it twice
    assert sweep(now=timezone.now() + exports.DEAD_AFTER * 2) == [row.pk]
    late = StatementExport.objects.filter(pk=row.pk, state=State.RUNNING, attempt=dead)
    form = LookForm(row.filters)
    assert form.is_valid()
    assert exports._write_part(row, late, form.look) is True  # it wakes up, and hears that another took over
    row.refresh_from_db()
    assert row.count == 6
    assert downloaded(browser, run(row)) == sent


def test_what_goes_wrong_three_times_stops_and_goes_on_when_asked(browser, store, monkeypatch, small_parts):
    sent = store(*some(15))
    row = begin(browser)
    run_export(key=row.pk, seconds=0)

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storages["xapi"], "_save", full)
        for _ in range(MOST_ATTEMPTS):
            assert run_export(key=row.pk)
    row.refresh_from_db()
    assert (row.state, row.count) == (State.FAILED, 6)
    assert "Ga verder" in browser.get(f"{PLACE}uitvoer/{row.pk}/").content.decode()
    browser.post(f"{PLACE}uitvoer/{row.pk}/opnieuw/")
    assert downloaded(browser, run(row)) == sent


def test_files_go_after_some_days(browser, store, own_files):
    store(*some(1))
    row = run(begin(browser))
    assert files(own_files)
    sweep(now=timezone.now() + timedelta(days=settings.STATEMENT_EXPORT_DAYS, minutes=-5))
    assert files(own_files)
    sweep(now=timezone.now() + timedelta(days=settings.STATEMENT_EXPORT_DAYS, minutes=5))
    assert not files(own_files)
    assert browser.get(f"{PLACE}uitvoer/{row.pk}/").status_code == 404


def test_who_asked_can_take_it_away(browser, store, own_files, django_capture_on_commit_callbacks):
    store(*some(1))
    row = run(begin(browser))
    with django_capture_on_commit_callbacks(execute=True):
        assert browser.post(f"{PLACE}uitvoer/{row.pk}/weg/").status_code == 302
    assert not files(own_files)
    assert AuditEntry.objects.get(action="remove_export").subject == f"export {row.pk}"


def test_a_file_with_someone_who_is_erased_goes_and_one_without_stays(
    browser, store, own_files, django_capture_on_commit_callbacks
):
    anna = UserFactory(username="anna")
    store(*some(1))
    without = run(begin(browser))
    store(a_statement(actor=actor(settings.BASE_URL, ensure_pseudonym(user=anna).name)), own=True)
    holding, waiting = run(begin(browser)), begin(browser)
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user=anna, actor=None)
    for row in (holding, waiting):
        assert browser.get(f"{PLACE}uitvoer/{row.pk}/bestand/").status_code == 404
        assert "Iemand die erin stond, is gewist" in browser.get(f"{PLACE}uitvoer/{row.pk}/").content.decode()
        assert run(row).state == State.ENDED
    assert len(downloaded(browser, without)) == 1
    assert len(files(own_files)) == 1


def test_what_an_erased_administrator_asked_for_goes(
    browser, chief, store, own_files, django_capture_on_commit_callbacks
):
    store(*some(1))
    run(begin(browser))
    with django_capture_on_commit_callbacks(execute=True):
        erase_person(user=chief, actor=None)
    assert not StatementExport.objects.exists()
    assert not files(own_files)


WORKER = """
import sys, time, uuid
import django
django.setup()
from django.conf import settings
from integrations.statements import exports
settings.DATABASES["default"]["NAME"] = sys.argv[2]
settings.STORAGES["xapi"]["OPTIONS"]["location"] = sys.argv[3]
exports.AT_ONCE, exports.PART = 5, 10
write = exports._write_part
def slowly(*given):
    over = write(*given)
    print("part", flush=True)
    time.sleep(0.05)
    return over
exports._write_part = slowly
print(exports.run_export(key=uuid.UUID(sys.argv[1]), seconds=600), flush=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_loses_and_doubles_nothing(chief, store, own_files):
    """A process of its own writes parts and is killed, again and again; the file is the one nobody was killed for."""
    sent = store(*some(120))
    form = LookForm({})
    assert form.is_valid()
    with transaction.atomic():
        row = exports.begin_export(form=form, by=chief)
    kills = 0
    while kills < 30:
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(row.pk), str(connection.settings_dict["NAME"]), str(own_files)],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "lms.settings"},
            stdout=subprocess.PIPE,
            text=True,
        )
        said = [worker.stdout.readline().strip() for _ in range(3)]
        if "True" in said:
            break
        time.sleep(0.01 * (kills % 4))  # at another point each time
        worker.send_signal(signal.SIGKILL)
        worker.wait(60)
        kills += 1
        sweep(now=timezone.now() + exports.DEAD_AFTER * 2)
    row.refresh_from_db()
    assert row.state == State.DONE
    assert kills >= 3
    content = b"".join(exports.contents(row))
    assert [json.loads(line)["id"] for line in gzip.decompress(content).splitlines()] == sent
