"""A batch of events meets a process or a service that goes away: what was acknowledged is there, once."""

import threading
import time
from collections.abc import Callable

from tests.faults.house import House, Phone

PHONES = 6


def sending(phones: list[Phone], most: int = 3) -> list[threading.Thread]:
    """All phones send at once, in small batches, so that there is always one under way."""
    threads = [threading.Thread(target=phone.send_all, kwargs={"most": most, "seconds": 90}) for phone in phones]
    for thread in threads:
        thread.start()
    return threads


def amid(phones: list[Phone], break_it: Callable[[], None], times: int = 3, felt: bool = True) -> None:
    """Break it while they send, some times, and let all of them finish."""
    threads = sending(phones)
    for _ in range(times):
        time.sleep(0.6)
        break_it()
    for thread in threads:
        thread.join(120)
    assert not any(phone.waits for phone in phones)
    assert not felt or any(status != 200 for phone in phones for status in phone.seen), "it was never felt"


def test_a_web_process_is_killed_amid_a_batch(house: House, told):
    house.start("web")
    phones = [Phone(house).learns() for _ in range(PHONES)]

    def kill() -> None:
        house.kill("web")
        house.start("web")

    amid(phones, kill, times=2)
    told("web process killed (kill -9) amid batches", "nothing: the phone sends again", phones, house)


def test_lines_to_the_database_are_cut_amid_batches(house: House, told):
    house.start("web")
    phones = [Phone(house).learns() for _ in range(PHONES)]
    cut = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'kortwijs'"
    )
    amid(phones, lambda: house.rows(cut) and None, times=5)
    answers = {status for phone in phones for status in phone.seen}
    assert answers <= {200, 503}, answers
    told("every connection of PostgreSQL cut, five times", "nothing: a 503, and the phone sends again", phones, house)


def test_the_database_crashes_and_comes_back(house: House, told):
    house.start("web")
    phones = [Phone(house).learns() for _ in range(PHONES)]

    def crash() -> None:
        assert house.postgres is not None
        house.postgres.kill()
        page = house.ask("/mijn/")
        assert page.status == 503, page.text
        house.postgres.start()

    amid(phones, crash, times=2)
    assert {status for phone in phones for status in phone.seen} <= {200, 503}
    told(
        "PostgreSQL killed (kill -9) and started, twice", "“Dit lukt nu niet”; the phone keeps and sends", phones, house
    )
