"""The page of the installation's health says how it is, in words, and what to do."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.html import escape

from language.models import Fact
from lms import backups, readiness
from lms.models import Pulse
from lms.tasks import show_pulse
from lms.watch import disk, pulse
from lms.watch.lines import Line, State, lines, worst
from people.models import User
from tests.factories import UserFactory
from xapi.forwarding.models import Forward, ForwardTarget
from xapi.models import seq_at

pytestmark = pytest.mark.django_db
PAGE = "/admin/gezondheid/"


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Path:
    settings.DATA_DIR = tmp_path
    settings.REDIS_URL = ""
    folder = str(tmp_path / "messages")
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {"data_folder_in": folder, "data_folder_out": folder}
    cache.clear()
    readiness.forget()
    return tmp_path


def line(name: str) -> Line:
    [found] = [one for one in lines() if one.name == name]
    return found


def copied(data: Path, file: str = "nacht.json", **told: object) -> None:
    (data / "backups").mkdir(exist_ok=True)
    (data / "backups" / file).write_text(json.dumps(told))


def test_a_new_installation_says_what_to_begin_with(as_user):
    page = as_user(UserFactory(is_superuser=True, is_staff=True)).get(PAGE).content.decode()
    assert page.count("nog nooit") == 3  # clock, worker, copy
    assert "Er is iets stuk." in page
    for one in lines():
        assert escape(one.told) in page
        assert bool(one.todo) == (one.state is not State.GOOD)


def test_the_clock_and_the_worker_show_that_they_work():
    show_pulse()
    pulse.connect_beat()
    from lms.tasks import show_pulse as task

    task.delay()  # as beat sends it
    assert (line("Klok (beat)").state, line("Werker").state) == (State.GOOD, State.GOOD)


@pytest.mark.parametrize(("minutes", "state"), [(2, State.GOOD), (5, State.ATTENTION), (30, State.BROKEN)])
def test_a_worker_that_is_quiet_is_told(minutes, state):
    Pulse.objects.create(name=pulse.WORKER, at=timezone.now() - timedelta(minutes=minutes))
    assert line("Werker").state is state


def test_how_far_each_target_is_behind_is_told():
    target = {"kind": ForwardTarget.Kind.OPERATOR, "address": "https://lrs.example.nl", "sealed": ""}
    late, fine = (ForwardTarget.objects.create(name=name, **target) for name in ("Laat", "Goed"))
    ForwardTarget.objects.create(name="Gestopt", ended_at=timezone.now(), **target)
    for number, ago in enumerate((3 * 3600, 60)):
        at = seq_at(timezone.now() - timedelta(seconds=ago))
        Forward.objects.create(target=late, seq=at, statement_id=f"{number:032}")
    Forward.objects.create(target=fine, seq=1, statement_id=f"{9:032}", state=Forward.State.REFUSED)
    told = {one.name: one for one in lines() if one.name.startswith("Doorsturen")}
    assert set(told) == {"Doorsturen naar Laat", "Doorsturen naar Goed"}
    assert (told["Doorsturen naar Laat"].number, told["Doorsturen naar Laat"].state) == ("2 wacht", State.ATTENTION)
    assert "3" in told["Doorsturen naar Laat"].told
    assert "Geweigerd: 1." in told["Doorsturen naar Goed"].told
    assert told["Doorsturen naar Goed"].state is State.ATTENTION


def test_facts_whose_day_has_come_are_counted():
    before = int(line("Feiten").number)
    for number in range(2):
        day = timezone.localdate() + timedelta(days=number)
        Fact.objects.create(code=f"F99{number}", text_standaard="x", checked_on=timezone.localdate(), review_by=day)
    assert int(line("Feiten").number) == before + 1


@pytest.mark.parametrize(("hours", "state"), [(1, State.GOOD), (30, State.ATTENTION), (100, State.BROKEN)])
def test_how_old_the_last_copy_is(data, hours, state):
    copied(data, "oud.json", at=(timezone.now() - timedelta(days=300)).isoformat())
    copied(data, at=(timezone.now() - timedelta(hours=hours)).isoformat(), name="nacht", bytes=2_000_000)
    told = line("Kopie van de gegevens")
    assert told.state is state
    assert "nacht. 1,9" in told.told


@pytest.mark.parametrize(
    "wrong", ["", "{", "[]", "null", "3", '"x"', '{"at": 3}', '{"at": "gisteren"}', '{"at": "2026-11-29T03:00:00"}']
)
def test_a_note_that_is_none_counts_for_nothing(data, wrong):
    (data / "backups").mkdir()
    (data / "backups" / "stuk.json").write_text(wrong)
    assert backups.last_backup() is None


def test_without_a_copy_production_is_broken(settings):
    assert line("Kopie van de gegevens").state is State.ATTENTION
    settings.PRODUCTION = True
    assert line("Kopie van de gegevens").state is State.BROKEN


def test_files_and_the_database_are_measured(data):
    (data / "media" / "a").mkdir(parents=True)
    (data / "media" / "a" / "photo.webp").write_bytes(b"x" * 3000)
    found = disk.room()
    assert (found.files, found.counted_all) == (3000, True)
    assert found.database > 100_000
    assert found.free > 0


def test_more_files_than_can_be_counted_are_said_to_be_more(data, monkeypatch):
    monkeypatch.setattr(disk, "MOST_FILES", 2)
    (data / "media").mkdir()
    for number in range(4):
        (data / "media" / str(number)).write_bytes(b"x")
    assert not disk.room().counted_all


def test_a_full_disk_is_told(monkeypatch):
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: disk.shutil._ntuple_diskusage(100, 98, 2))
    told = line("Ruimte op de schijf")
    assert (told.state, "2%" in told.told) == (State.BROKEN, True)


def test_the_whole_is_as_its_worst_part():
    assert worst([]) is State.GOOD
    assert (
        worst([Line("a", State.GOOD, ""), Line("b", State.BROKEN, ""), Line("c", State.ATTENTION, "")]) is State.BROKEN
    )


def test_the_page_asks_at_most_twenty_things_however_many_targets(as_user, django_assert_max_num_queries):
    chief: User = UserFactory(is_superuser=True, is_staff=True)
    browser = as_user(chief)
    for number in range(10):
        ForwardTarget.objects.create(
            name=str(number), kind=ForwardTarget.Kind.OPERATOR, address="https://lrs.example.nl", sealed=""
        )
    browser.get(PAGE)
    readiness.forget()
    with django_assert_max_num_queries(20):
        assert browser.get(PAGE).status_code == 200
