"""The clock of the server is a day off, either way, and set right again."""

from tests.e2e.serving import ROOT
from tests.faults.house import House, Phone
from tests.faults.services import wait_until

HOOKS = f"{ROOT / 'tests' / 'faults' / 'hooks'}:{ROOT}"
DAY = 24 * 3600


def off(house: House, seconds: int, *names: str) -> None:
    house.start(*names, **({"FAULT_CLOCK": str(seconds), "PYTHONPATH": HOOKS} if seconds else {}))


def test_the_clock_jumps_a_day_while_people_learn(house: House, told):
    phones = [Phone(house).learns() for _ in range(3)]
    for place, seconds in enumerate((0, DAY, 0, -DAY, 0)):
        off(house, seconds, "web")
        for phone in phones:
            assert phone.send(12)
            assert not phone.send(12) or True
        seen = house.ask("/mijn/", Cookie="; ".join(f"{name}={value}" for name, value in phones[0].cookies.items()))
        assert seen.status == 200
        if place:
            assert "wie ben je" not in seen.text.lower()
        house.kill("web")
    off(house, 0, "web")
    for phone in phones:
        phone.send_all()
    people = house.rows("SELECT count(*) FROM people_user WHERE username IS NULL OR username = ''")
    sessions = house.rows("SELECT count(DISTINCT user_id) FROM people_session")
    assert sessions == [(3,)], (people, sessions)
    order = house.rows("SELECT count(*) - count(DISTINCT seq) FROM xapi_statement")
    assert order == [(0,)]
    told(
        "clock of the server a day ahead, right, a day behind, right",
        "nothing: the same learner, signed in",
        phones,
        house,
    )


def test_beat_goes_on_after_a_clock_that_was_ahead(house: House, line):
    off(house, DAY, "worker", "beat")
    wait_until(lambda: house.rows("SELECT 1 FROM lms_pulse WHERE name = 'beat'"), 90, "no pulse")
    for name in ("beat", "worker"):
        house.kill(name)
    house.rows("DELETE FROM lms_pulse")
    house.start("worker", "beat")
    wait_until(
        lambda: house.rows("SELECT 1 FROM lms_pulse WHERE name = 'beat'"), 90, "beat waits for the day it remembers"
    )
    line("clock a day ahead is set right, beat and worker", "nothing: what recurs goes on within a minute")
