"""Random histories of answering on a bad line: how many events were lost, and how many came twice: make bench-offline.

In KORTWIJS_HISTORIES (500) histories from seed KORTWIJS_SEED (0) on, every tenth with a server process that is killed
at a query (tests/e2e/histories.py). Two processes share them. A history that went wrong is named by its seed.

Where the machine has other work the clock says little, so the processor seconds per history are told too: two cores
give 1,080 in nine minutes, and the lessons are loaded within them.
"""

import multiprocessing
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from tests.bench.spent import seconds_of_tree
from tests.e2e.histories import FaultyServer, Outcome, world_on
from tests.e2e.serving import BROWSER_ARGUMENTS, CURRICULUM, Server, chromium, copied, free_port, migrated

PROCESSES = 2
LEAST, LEAST_KILLED = 500, 30
MOST_SECONDS = 540
KILLS_EACH = 10
CHEAP = ["--process-per-site"]  # tabs of one phone share a process, as on a phone with little memory


def main() -> int:
    began = time.monotonic()
    count, first = int(os.environ.get("KORTWIJS_HISTORIES", LEAST)), int(os.environ.get("KORTWIJS_SEED", 0))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")
    total = Outcome()
    with TemporaryDirectory(prefix="kortwijs-") as folder:
        prepared = Server(Path(folder) / "prepared", free_port())
        migrated(prepared)
        prepared.manage("load_curriculum", str(CURRICULUM))
        prepared.manage("shell", "-v0", "-c", "from lms.start import collect_static; collect_static()")
        loaded = seconds_of_tree()
        shares = []
        for number in range(PROCESSES):
            data = copied(prepared, Path(folder) / f"data-{number}").data
            seeds = range(first + number * count // PROCESSES, first + (number + 1) * count // PROCESSES)
            shares.append((str(data), list(seeds)))  # in a row, so that killed servers are shared out too
        with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
            for done in pool.imap_unordered(_live, shares):
                total.add(done)
    seconds = time.monotonic() - began
    killed = total.happened.get("killed at a query", 0)
    print(f"{loaded:.0f} CPU seconds to load the lessons, {total.cpu / total.histories:.2f} per history")
    _tell(total, killed, seconds)
    holds = not total.lost and not total.doubled
    if count >= LEAST:
        holds = holds and seconds <= MOST_SECONDS and killed >= LEAST_KILLED
    return 0 if holds else 1


def _live(share: tuple[str, list[int]]) -> Outcome:
    """Histories on one server, told of as they go."""
    data, seeds = share
    total = Outcome()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*BROWSER_ARGUMENTS, *CHEAP])
        with world_on(FaultyServer(Path(data), free_port()), browser) as world:
            before = seconds_of_tree()
            for number, seed in enumerate(seeds, 1):
                total.add(world.live(seed, kill=seed % KILLS_EACH == 0))
                if number % 25 == 0 or number == len(seeds):
                    total.cpu = seconds_of_tree() - before
                    print(f"{number} of {len(seeds)}: {total.cpu / number:.2f} CPU seconds each", flush=True)
        browser.close()
    return total


def _tell(total: Outcome, killed: int, seconds: float) -> None:
    for what, times in sorted(total.happened.items(), key=lambda pair: -pair[1]):
        print(f"{times:>6}  {what}")
    for line in [*total.lost, *total.doubled]:
        print(f"NOT {line}")
    print(f"{total.cleared} events were cleared from a phone before they could be sent")
    print(
        f"bench-offline: {len(total.lost)} lost (<= 0), {len(total.doubled)} doubled (<= 0) of {total.events} events "
        f"in {total.histories} histories (>= {LEAST}), {killed} with a server killed (>= {LEAST_KILLED}), "
        f"{seconds:.0f} s (<= {MOST_SECONDS} s)"
    )


if __name__ == "__main__":
    sys.exit(main())
