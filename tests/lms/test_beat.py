"""What recurs goes on when the clock of the machine is set back."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from celery.beat import PersistentScheduler
from django.utils import timezone

from lms.beat import Scheduler
from lms.celery import app

NOW = timezone.now().replace(second=30, microsecond=0)


def scheduler(kind: type[PersistentScheduler], file: Path) -> PersistentScheduler:
    made = kind(app=app, schedule_filename=str(file), lazy=True)
    made.sent = []
    made.apply_entry = lambda entry, **_: made.sent.append(entry.name)
    made.setup_schedule()
    return made


def goes_by(made: PersistentScheduler, minutes: int) -> int:
    """So many minutes from now on; how often the pulse was asked for."""
    made.sent.clear()
    for minute in range(minutes + 1):
        with time_machine.travel(timezone.now() + timedelta(minutes=minute), tick=False):
            for _ in range(80):
                if made.tick() != 0:
                    break
    return made.sent.count("pulse")


@pytest.fixture(autouse=True)
def no_broker(monkeypatch) -> None:
    monkeypatch.setattr(PersistentScheduler, "producer", None)


def at(moment) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def test_every_minute_is_every_minute(tmp_path):
    with at(NOW):
        assert goes_by(scheduler(Scheduler, tmp_path / "s"), 5) == 5


@pytest.mark.parametrize("kind", [Scheduler, PersistentScheduler])
def test_a_clock_that_is_set_back_while_it_runs(tmp_path, kind):
    with at(NOW + timedelta(days=1)):
        made = scheduler(kind, tmp_path / "s")
        assert goes_by(made, 3) == 3
    with at(NOW):
        assert goes_by(made, 5) == (5 if kind is Scheduler else 0)


@pytest.mark.parametrize("kind", [Scheduler, PersistentScheduler])
def test_a_clock_that_was_set_back_before_it_starts(tmp_path, kind):
    with at(NOW + timedelta(days=1)):
        made = scheduler(kind, tmp_path / "s")
        goes_by(made, 3)
        made.close()
    with at(NOW):
        assert goes_by(scheduler(kind, tmp_path / "s"), 5) == (5 if kind is Scheduler else 0)


def test_a_clock_that_is_set_ahead_asks_once_for_what_was_missed(tmp_path):
    with at(NOW):
        made = scheduler(Scheduler, tmp_path / "s")
        goes_by(made, 2)
    with at(NOW + timedelta(days=1)):
        assert 5 <= goes_by(made, 5) <= 6
        assert made.sent.count("retention") <= 2
