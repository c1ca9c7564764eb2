"""A million statements beside a hundred thousand, on PostgreSQL: make bench-lrs-scale.

Both sets are databases of their own that stay between runs (DATABASE_URL says on which server); making them takes some
minutes the first time. A set ten times as large has ten times as many people and months, and the same lessons. Costs
are CPU of the application and of the database's process, the cheapest of many rounds in which both sets take turns.
Then one person is erased of a million, and a dump of the database is searched for traces; and so on SQLite.
"""

import json
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from tests.bench.lrs_scale_side import MADE
from tests.bench.lrs_scale_sqlite import traces_on_sqlite
from tests.bench.production import POSTGRES, address_of
from tests.e2e.serving import ROOT

SMALL, LARGE = 100_000, int(os.environ.get("KORTWIJS_STATEMENTS", 1_000_000))
TIMES, MORE_TIMES, BYTES, ERASE_SECONDS, PAGE = 2.0, 1.5, 1000, 2.0, 1000
ROUNDS, REQUESTS = 8, 6
MOST_SECONDS = 540


class Side:
    """One set, in a process of its own (tests.bench.lrs_scale_side)."""

    def __init__(self, count: int, folder: str) -> None:
        database = f"kortwijs_lrs_{count}"
        with psycopg.connect(POSTGRES, autocommit=True) as line:
            said = "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s"
            if (line.execute(said, [database]).fetchone() or [None])[0] != MADE:  # half made, or in another way
                line.execute(f'DROP DATABASE IF EXISTS "{database}"')
                line.execute(f'CREATE DATABASE "{database}"')
        environment = {
            **os.environ, "DATABASE_URL": address_of(database), "DATA": folder, "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "lms.settings",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.lrs_scale_side", str(count)],
            cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        began = time.monotonic()
        if self.ask("prepare"):
            print(f"{count} statements made in {time.monotonic() - began:.0f} s", flush=True)

    def ask(self, what: str, **given: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps([what, given]) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"the process of {self.process.args} ended")
        return json.loads(line)

    def close(self) -> None:
        self.process.communicate()


def told(fine: bool, text: str) -> bool:
    print(f"{'ok ' if fine else 'NOT'} {text}", flush=True)
    return fine


def filters(small: Side, large: Side) -> float:
    """The most that any filter costs more with the large set than with the small one."""
    most = 0.0
    for name in small.ask("filters"):
        costs = [(small.ask("cost", name=name, times=REQUESTS), large.ask("cost", name=name, times=REQUESTS))
                 for _ in range(ROUNDS)]  # fmt: skip
        few, many = (min(each) for each in zip(*costs, strict=True))
        most = max(most, many / few)
        told(many / few <= TIMES, f"GET {name}: {few:.1f} ms CPU, and {many:.1f}: {many / few:.2f} times (<= {TIMES})")
    return most


def main() -> int:
    began = time.monotonic()
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        small, large = Side(SMALL, folder), Side(LARGE, folder)
        most = filters(small, large)
        small.close()
        first, last = large.ask("pages", pages=PAGE)
        fine = [
            most <= TIMES,
            told(last / first <= MORE_TIMES, f"page {PAGE}: {last:.1f} ms CPU, the first {first:.1f}"),
        ]
        size = large.ask("bytes_each")
        fine.append(told(size <= BYTES, f"{size:.0f} bytes per statement with indexes (<= {BYTES})"))
        erased = large.ask("erase")
        large.close()
    fine.append(
        told(
            erased["seconds"] <= ERASE_SECONDS and erased["before"] == erased["statements"] > 0,
            f"one person, {erased['statements']} of {LARGE} statements, erased in {erased['seconds']:.2f} s",
        )
    )
    fine.append(told(not erased["after"], f"PostgreSQL: {erased['after']} lines of a dump hold a trace (<= 0)"))
    before, after = traces_on_sqlite()
    fine.append(told(before > 0 and not after, f"SQLite: {after} traces (<= 0); {before} before"))
    seconds = time.monotonic() - began
    print(
        f"bench-lrs-scale: filters {most:.2f} times (<= {TIMES}), page {PAGE} {last / first:.2f} times "
        f"(<= {MORE_TIMES}), {size:.0f} bytes (<= {BYTES}), erased in {erased['seconds']:.2f} s (<= {ERASE_SECONDS}), "
        f"{erased['after'] + after} traces (<= 0), {seconds:.0f} s (<= {MOST_SECONDS})"
    )
    return 0 if all(fine) and seconds <= MOST_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main())
