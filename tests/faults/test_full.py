"""The disk is full: what cannot be kept is not called kept, and goes on once there is room."""

import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.serving import Server, free_port, migrated
from tests.faults.base import base
from tests.faults.house import House, Phone, production
from tests.faults.test_web import PHONES, sending


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[None]:
    """A disk of its own in memory. Skips where mounting is not allowed."""
    place.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", place], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a small disk needs the right to mount one: run it as root, or in a container with CAP_SYS_ADMIN")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", place], check=False)


def fill_up(folder: Path) -> Path:
    """Nothing fits any more."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12):
            try:
                while True:
                    file.write(bytes(size))
            except OSError:
                continue
    return ballast


def full_for_a_while(house: House, phones: list[Phone], folder: Path) -> str:
    """Fill the disk while they send, look, and make room."""
    threads = sending(phones)
    time.sleep(0.8)
    ballast = fill_up(folder)
    ends = time.monotonic() + 30
    while time.monotonic() < ends and not any(503 in phone.seen for phone in phones):
        time.sleep(0.2)
    seen = house.ask("/les/laat-het-weg/")
    page = "the lesson opens" if seen.status == 200 else f"a lesson: {seen.status}"
    ballast.unlink()
    if house.postgres and not house.postgres.answers():
        house.postgres.stop()
        house.postgres.start()
    for thread in threads:
        thread.join(120)
    assert not any(phone.waits for phone in phones)
    statuses = {status for phone in phones for status in phone.seen}
    assert 503 in statuses, "it was never felt"
    assert statuses <= {200, 503}, statuses
    return page


def test_the_disk_of_postgresql_is_full(room: Path, told):
    size = sum(file.stat().st_size for file in (base() / "postgres").rglob("*") if file.is_file()) // 2**20
    with small_disk(room / "pg", size + 48):
        house = production(room)
        try:
            house.start("web")
            phones = [Phone(house).learns() for _ in range(PHONES)]
            page = full_for_a_while(house, phones, room / "pg")
            told(
                "disk of PostgreSQL full, then room again",
                f"“Bewaren lukt nu even niet”, the phone keeps it; {page}",
                phones,
                house,
            )
        finally:
            house.end()


def test_the_disk_of_sqlite_is_full(room: Path, line):
    with small_disk(room / "data", 90):
        house = House(room)
        migrated(Server(house.data, free_port()))
        assert house.manage("load_curriculum").returncode == 0
        house.start("web")
        try:
            code = "from modules.models import ModulePage\nprint(ModulePage.objects.get(code='B2').live_revision_id)"
            revision = int(house.shell(code).splitlines()[-1])
            phones = [Phone(house).learns() for _ in range(3)]
            for phone in phones:
                phone.waits = [{**event, "revision": revision} for event in phone.waits]
            page = full_for_a_while(house, phones, house.data)
            with sqlite3.connect(house.data / "kortwijs.sqlite3") as opened:
                there = [str(key) for (key,) in opened.execute("SELECT id FROM learning_event")]
            acknowledged = {one.replace("-", "") for phone in phones for one in phone.acknowledged}
            found = {one.replace("-", "") for one in there}
            sees = f"“Bewaren lukt nu even niet”, the phone keeps it; {page}"
            lost, doubled = len(acknowledged - found), len(there) - len(set(there))
            line("disk of SQLite full, then room again", sees, len(acknowledged), lost, doubled)
        finally:
            house.end()
