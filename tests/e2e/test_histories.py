"""A few random histories of answering on a bad line; `make bench-offline` lives five hundred."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.histories import FaultyServer, Outcome, world_on
from tests.e2e.serving import Server, copied, free_port

SEEDS = (1000, 1001, 1002, 15, 67)  # in 15 a tab closes right after five taps; in 67 a key changes by half a reply


def test_no_answer_is_lost_or_doubled_whatever_breaks(prepared: Server, browser: Browser, tmp_path: Path):
    data = copied(prepared, tmp_path / "data").data
    total = Outcome()
    with world_on(FaultyServer(data, free_port()), browser) as world:
        for seed in SEEDS:
            total.add(world.live(seed, kill=seed == SEEDS[0]))
    assert total.histories == len(SEEDS)
    assert total.happened["killed at a query"] == 1
    assert total.events > len(SEEDS)
    assert total.lost == []
    assert total.doubled == []
