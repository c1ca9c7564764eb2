"""Migrating is killed in the middle, some times; the next goes on, and ends where one that was not killed ends."""

import json
import shutil
import signal
import sqlite3
import subprocess
from pathlib import Path

from tests.e2e.serving import Server, free_port, migrated
from tests.faults.house import House, Phone
from tests.faults.services import postgres_bin, wait_until
from tests.faults.test_clock import HOOKS

KILLS = (300, 900, 700, 1500)  # statements, each counted from where the last was killed


def migrate(house: House, *, kill_at: int = 0, **more: str) -> bool:
    """True when it came to its end."""
    told = {"FAULT_KILL_AT": str(kill_at), "PYTHONPATH": HOOKS} if kill_at else {}
    done = house.manage("migrate", "-v0", **told, **more)
    assert done.returncode in (0, -signal.SIGKILL), done.stderr[-2000:]
    return done.returncode == 0


def schema(house: House, name: str) -> list[str]:
    assert house.postgres is not None
    program = postgres_bin() / "pg_dump"  # type: ignore[operator]
    done = subprocess.run(
        [program, "--schema-only", "--no-owner", house.postgres.address(name)],
        capture_output=True,
        text=True,
        check=True,
    )
    return sorted(line for line in done.stdout.splitlines() if line and not line.startswith(("--", "\\")))


def test_on_postgresql(house: House, line):
    assert house.postgres is not None
    house.postgres.rows("CREATE DATABASE fresh", "postgres")
    other = {"DATABASE_URL": house.postgres.address("fresh")}
    killed = sum(not migrate(house, kill_at=at, **other) for at in KILLS)
    assert killed > 1
    assert migrate(house, **other)
    assert schema(house, "fresh") == schema(house, "kortwijs")
    line(f"migrating on PostgreSQL killed {killed} times", "/readyz: not ready; run it again")


def test_on_sqlite(room: Path, line):
    house = House(room)
    house.data.mkdir()
    killed = sum(not migrate(house, kill_at=at) for at in KILLS)
    assert killed > 1
    assert migrate(house)
    whole = Server(room / "whole", free_port())
    migrated(whole)

    def tables(file: Path) -> list[tuple[str, ...]]:
        with sqlite3.connect(file) as opened:
            return sorted(map(tuple, opened.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")), key=str)

    assert tables(house.data / "kortwijs.sqlite3") == tables(whole.data / "kortwijs.sqlite3")
    shutil.rmtree(room / "whole")
    line(f"migrating on SQLite killed {killed} times", "/readyz: not ready; run it again")


def test_while_it_is_unfinished_learners_go_on_and_readyz_says_so(house: House, told):
    """The last migrations of a room are taken back and done again, killed in between."""
    plan = house.manage("showmigrations", "integrations").stdout
    names = [line.split()[1] for line in plan.splitlines() if line.strip().startswith("[X]")]
    undone = house.manage("migrate", "integrations", names[-2], "-v0")
    assert undone.returncode == 0, undone.stderr[-1000:]
    house.start("web")
    phones = [Phone(house).learns()]
    phones[0].send()
    assert house.ask("/readyz").status == 503
    assert json.loads(house.ask("/readyz").body)["migrations"] == "fails"
    assert not migrate(house, kill_at=60)
    phones[0].send()
    assert house.ask("/healthz").status == 200
    counts = house.rows("SELECT count(*) FROM wagtailcore_page")
    assert migrate(house)
    assert house.rows("SELECT count(*) FROM wagtailcore_page") == counts
    phones[0].send_all()
    wait_until(lambda: house.ask("/readyz").status == 200, 15)
    told(
        "an update killed while it migrates; learners go on",
        "nothing; /readyz: not ready until it is done",
        phones,
        house,
    )
