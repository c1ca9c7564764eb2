"""/readyz says which of what the site needs does not work, with the real thing gone."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.files.storage import storages

from lms import readiness
from lms.celery import app

pytestmark = pytest.mark.django_db
ALL = {"database", "migrations", "cache", "broker", "storage"}


@pytest.fixture(autouse=True)
def files_of_its_own(tmp_path, settings):
    places = {name: {**settings.STORAGES[name]} for name in readiness.FILES}
    for name, place in places.items():
        place["OPTIONS"] = {**place.get("OPTIONS", {}), "location": str(tmp_path / "files" / name)}
    settings.STORAGES = {**settings.STORAGES, **places}
    readiness.forget()
    yield tmp_path / "files"
    for name in readiness.FILES:
        storages._storages.pop(name, None)
    readiness.forget()


def failing(client) -> set[str]:
    readiness.forget()
    reply = client.get("/readyz")
    told = reply.json()
    status = told.pop("status")
    assert set(told) == ALL
    failed = {name for name, word in told.items() if word != "ok"}
    assert (reply.status_code, status) == ((503, "fails") if failed else (200, "ok"))
    assert "no-store" in reply.headers["Cache-Control"]
    return failed


def closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_all_is_well_and_nothing_stays_behind(client, files_of_its_own):
    assert failing(client) == set()
    assert not [path for path in files_of_its_own.rglob("*") if path.is_file()]


def test_a_folder_that_is_none_is_told(client, files_of_its_own):
    files_of_its_own.mkdir()
    (files_of_its_own / "xapi").write_text("no folder")
    assert failing(client) == {"storage"}


def test_a_cache_that_is_gone_is_told(client, settings):
    away = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": f"redis://127.0.0.1:{closed_port()}/0",
    }
    settings.CACHES = {**settings.CACHES, "limits": away}
    assert failing(client) == {"cache"}
    assert caches["limits"]


def test_a_broker_that_is_gone_is_told(client, monkeypatch):
    monkeypatch.setitem(app.conf, "broker_url", f"redis://127.0.0.1:{closed_port()}/0")
    monkeypatch.setitem(app.conf, "broker_write_url", f"redis://127.0.0.1:{closed_port()}/0")
    assert failing(client) == {"broker"}


def answer_of_a_process(folder: Path, **variables: str) -> tuple[str, dict[str, str]]:
    """What a process of its own answers, with its own folder and nothing else set."""
    code = (
        "import django; django.setup()\n"
        "from django.test import Client\n"
        "reply = Client().get('/readyz', headers={'host': 'localhost'})\n"
        "print(reply.status_code, reply.content.decode())"
    )
    environment = {"PATH": os.environ["PATH"], "DATA": str(folder), "DJANGO_SETTINGS_MODULE": "lms.settings"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={**environment, **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "nothing" not in done.stdout + done.stderr  # the password
    status, _, told = done.stdout.strip().splitlines()[-1].partition(" ")
    return status, json.loads(told)


def test_a_database_without_its_migrations_is_told(tmp_path):
    status, told = answer_of_a_process(tmp_path / "data")
    assert status == "503"
    assert {name for name, word in told.items() if word == "ok"} == ALL - {"migrations"}


def test_a_database_that_is_gone_is_told_and_the_rest_is_still_asked(tmp_path):
    address = f"postgres://nobody:nothing@127.0.0.1:{closed_port()}/none"
    status, told = answer_of_a_process(tmp_path / "data", DATABASE_URL=address)
    assert status == "503"
    assert {name for name, word in told.items() if word == "ok"} == ALL - {"database", "migrations"}


def test_who_asks_very_often_makes_no_work(client, monkeypatch):
    asked = []
    monkeypatch.setattr(readiness, "CHECKS", {"storage": lambda: asked.append(1)})
    for _ in range(50):
        assert client.get("/readyz").status_code == 200
    assert len(asked) == 1


def test_posting_changes_nothing(client):
    assert client.post("/readyz").status_code in (403, 405)
