"""Gezondheid tells the truth of a real worker and a real beat: what failed, what died in the middle, who is away."""

import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.e2e.serving import Server, free_port, migrated
from tests.faults.house import House
from tests.faults.services import wait_until

PAGE = "/admin/gezondheid/"
TASK = "xapi.tasks.forward_to_target"
CHIEF = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from people.models import User
from people.session_store import SessionStore
chief = User.objects.create(username="chief", is_superuser=True, is_staff=True, is_active=True)
session = SessionStore()
session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(chief.pk), "people.second_step.AccountBackend"
session[HASH_SESSION_KEY] = chief.get_session_auth_hash()
session.create()
print(session.session_key)
"""
SEND = f"from lms.celery import app; app.loader.import_default_modules(); app.tasks['{TASK}'].delay(7)"


class Chief:
    """An administrator of the site, signed in."""

    def __init__(self, house: House) -> None:
        self.house, self.cookies = house, f"kortwijs={house.shell(CHIEF).splitlines()[-1]}"

    def page(self) -> str:
        answer = self.house.ask(PAGE, Cookie=self.cookies)
        assert answer.status == 200, (answer.status, answer.headers, answer.text[:500])
        if found := re.search(r"csrftoken=([^;]+)", answer.headers.get("Set-Cookie", "")):
            self.cookies += f"; csrftoken={found[1]}"
        return answer.text

    def press(self, which: str) -> None:
        page = self.page()
        [token] = set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page)) or [""]
        address = re.search(rf'"({PAGE}taak/\d+/{which}/)"', page)
        assert address, page
        form = urlencode({"csrfmiddlewaretoken": token}).encode()
        answer = self.house.ask(
            address[1], form, Content_Type="application/x-www-form-urlencoded", Cookie=self.cookies,
            Origin=f"http://127.0.0.1:{self.house.port}",
        )  # fmt: skip
        assert answer.status == 302, answer.text[:300]

    def line(self, name: str) -> str:
        """What stands there about this, without its marks."""
        found = re.search(rf"<h3>{re.escape(name)}</h3>(.*?)</li>", self.page(), re.DOTALL)
        assert found, name
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>|<svg.*?</svg>", " ", found[1]))


def failed(house: House) -> list[tuple[str, bool]]:
    query = "SELECT error, resolved_at IS NULL FROM lms_failedtask ORDER BY id"
    if house.postgres:
        return [(error, bool(is_open)) for error, is_open in house.rows(query)]
    with sqlite3.connect(house.data / "kortwijs.sqlite3") as line:
        return [(error, bool(is_open)) for error, is_open in line.execute(query)]


@contextmanager
def stuck(house: House) -> Iterator[Callable[[], bool]]:
    """A task that forwards waits in its first write as long as this lasts; gives how to ask whether it does."""
    if house.postgres:
        with psycopg.connect(house.postgres.address()) as line:
            line.execute("LOCK TABLE xapi_forwardtarget")
            waits = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            yield lambda: house.rows(waits)[0][0] > 0
            line.rollback()
        return
    line = sqlite3.connect(house.data / "kortwijs.sqlite3", isolation_level=None)
    line.execute("BEGIN IMMEDIATE")
    began = house.data / "begun"
    yield lambda: began.is_dir() and any(file.stat().st_size for file in began.iterdir())
    line.rollback()
    line.close()


@pytest.fixture(params=["PostgreSQL and Redis", "SQLite and files"])
def any_house(request: pytest.FixtureRequest, room: Path) -> Iterator[tuple[str, House]]:
    if request.param.startswith("P"):
        yield request.param, request.getfixturevalue("house")
        return
    house = House(room)
    house.data.mkdir()
    migrated(Server(house.data, free_port()))
    yield request.param, house
    house.end()


def test_a_worker_that_is_killed_leaves_a_line_and_a_task_that_fails_one_with_a_button(any_house, line):
    name, house = any_house
    house.more |= {"SECOND_STEP_FROM": "nooit"}
    house.start("web", "worker")
    chief = Chief(house)
    assert "Er zijn geen taken die niet lukten." in chief.page()

    with stuck(house) as is_stuck:
        house.shell(SEND)
        wait_until(is_stuck, 30, "the task did not begin")
        house.kill("worker")
    house.start("worker")
    wait_until(lambda: failed(house) == [("ProcessDied", True)], 30, f"{failed(house)}")
    page = chief.page()
    assert "De werker stopte middenin. 1 keer." in page
    assert TASK in page
    chief.press("opnieuw")
    wait_until(lambda: failed(house) == [("ProcessDied", False)], 30, f"{failed(house)}")

    if house.postgres:
        house.rows("ALTER TABLE xapi_forwardtarget RENAME TO elsewhere")
        house.shell(SEND)
        wait_until(lambda: failed(house)[1:] == [("ProgrammingError", True)], 30)
        house.rows("ALTER TABLE elsewhere RENAME TO xapi_forwardtarget")
        assert "Fout: ProgrammingError. 1 keer." in chief.page()
        chief.press("opnieuw")
        wait_until(lambda: failed(house)[1:] == [("ProgrammingError", False)], 30, f"{failed(house)}")
    assert "Er zijn geen taken die niet lukten." in chief.page()
    line(
        f"worker killed (kill -9) in the middle of a task, {name}",
        "Gezondheid: “De werker stopte middenin”, and a button",
    )


def test_a_worker_and_a_beat_that_stopped_are_said_to_be_away(house, line):
    house.more |= {"SECOND_STEP_FROM": "nooit"}
    house.start("web", "worker", "beat")
    chief = Chief(house)
    wait_until(lambda: len(house.rows("SELECT 1 FROM lms_pulse")) == 2, 90, "no pulse within a minute")
    assert "net nu" in chief.line("Werker")
    assert "net nu" in chief.line("Klok (beat)")
    house.kill("worker")
    house.kill("beat")
    house.rows("UPDATE lms_pulse SET at = at - interval '11 minutes'")
    time.sleep(1)
    for name in ("Werker", "Klok (beat)"):
        assert "Stuk" in chief.line(name)
        assert "Start het opnieuw" in chief.line(name)
    line("beat and worker stopped", "Gezondheid: “Stuk. Start het opnieuw”, for each")
