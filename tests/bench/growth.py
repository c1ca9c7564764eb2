"""The same at 10 thousand, 1 million and 5 million events, on PostgreSQL: make bench-growth.

Each set is a database that stays between runs (DATABASE_URL says on which server). Those that are not there are made
first, which takes longer than a run may (EVENTS=10000,1000000 is a run without the largest). `EXPLAIN=1` prints how
PostgreSQL finds what each page and batch asks.
"""

import json
import os
import subprocess
import sys
import time
from typing import Any

from tests.bench.growth_data import make
from tests.e2e.serving import ROOT

SETS = [int(number) for number in os.environ.get("EVENTS", "10000,1000000,5000000").split(",")]
MOST_TIMES = 1.5


def side(events: int, what: str) -> dict[str, Any]:
    """What a process of its own says of this set."""
    command = [sys.executable, "-m", "tests.bench.growth_side", str(events), what]
    said = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    found: dict[str, Any] = json.loads(said)
    return found


def main() -> int:
    make(SETS)
    if os.environ.get("EXPLAIN"):
        for asked, plan in side(SETS[-1], "explain").items():
            print(f"{asked}\n{plan}\n")
    began, found = time.monotonic(), {}
    for events in SETS:
        print(f"\r{events:,} events ", end="", flush=True)
        found[events] = side(events, "measure")
    print(f"\rmeasured in {time.monotonic() - began:.0f} s; ms of CPU of Django and PostgreSQL, ms from begin to end")
    print(f"{'':22}{'events':>11}{'queries':>9}{'Django':>9}{'PostgreSQL':>12}{'in all':>9}{'waited':>9}{'times':>7}")
    most, same = 0.0, True
    for name, first in found[SETS[0]].items():
        for events in SETS:
            row = found[events][name]
            spent, at_first = (one["here"] + one["database"] for one in (row, first))
            times = spent / at_first
            most, same = max(most, times), same and row["queries"] == first["queries"]
            print(
                f"{name:22}{events:>11,}{row['queries']:>9}{row['here']:>9.2f}{row['database']:>12.2f}"
                f"{spent:>9.2f}{row['wall']:>9.1f}{times:>7.2f}"
            )
    queries = "the same queries" if same else "other queries"
    print(f"bench-growth: up to {SETS[-1]:,} events at most {most:.2f} times (<= {MOST_TIMES}), {queries} (the same)")
    return 0 if same and most <= MOST_TIMES else 1


if __name__ == "__main__":
    sys.exit(main())
