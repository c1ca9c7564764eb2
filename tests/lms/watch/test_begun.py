"""A task whose process was killed is written down, though nobody could tell of it."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from billiard.exceptions import WorkerLostError
from celery import signals

from lms.celery import app
from lms.models import FailedTask
from lms.tasks import show_pulse
from lms.watch import begun, failures
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@app.task(name="tests.counts")
def counts(number: int = 0, word: str = "") -> None: ...


@pytest.fixture(autouse=True)
def data(settings, tmp_path) -> Iterator[Path]:
    settings.DATA_DIR = tmp_path
    yield tmp_path
    begun._held.clear()


def dies_after(work: Callable[[], object]) -> None:
    """In a process of its own, that is killed right after."""
    pid = os.fork()
    if not pid:
        try:
            work()
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(pid, 0)


def begin(*args: object, **kwargs: object) -> None:
    begun.begin(task_id="1", name="tests.counts", args=args, kwargs=kwargs)


def test_a_task_whose_process_was_killed_is_a_line_with_what_it_was_asked():
    dies_after(lambda: begin(7))
    show_pulse()
    failed = FailedTask.objects.get()
    assert (failed.name, failed.error, failed.arguments, failed.where, failed.count) == (
        "tests.counts", "ProcessDied", [[7], {}], [], 1,
    )  # fmt: skip
    show_pulse()
    assert FailedTask.objects.get().count == 1, "told once"
    assert not list(begun.folder().iterdir())


def test_nothing_of_a_person_stands_in_the_file_or_the_line():
    dies_after(lambda: begin(word="Anna de Vries"))
    [place] = begun.folder().iterdir()
    assert "Anna" not in place.read_text()
    begun.tell_of_the_dead()
    assert FailedTask.objects.get().arguments is None


def test_a_task_that_is_busy_is_no_line():
    begin(7)
    assert begun.tell_of_the_dead() == 0
    begun.end(task_id="1")
    assert begun.tell_of_the_dead() == 0
    assert not list(begun.folder().iterdir())


def test_a_task_that_ended_before_its_process_died_is_no_line():
    def work() -> None:
        begin(7)
        begun.end(task_id="1")

    dies_after(work)
    assert begun.tell_of_the_dead() == 0


def test_the_same_message_twice_at_once_holds_two_files():
    begin(7)
    begin(7)
    begun.end(task_id="1")
    assert len(list(begun.folder().iterdir())) == 1
    begun.end(task_id="1")
    begun.end(task_id="1")  # of a task that began before this worker listened
    assert not list(begun.folder().iterdir())


def test_what_goes_well_afterwards_takes_the_line_away():
    dies_after(lambda: begin(7))
    begun.tell_of_the_dead()
    counts.apply([7])
    assert FailedTask.objects.get().resolved_at is not None


def test_when_it_cannot_be_written_down_it_waits(monkeypatch):
    def away(**_: object) -> None:
        raise ConnectionError

    dies_after(lambda: begin(7))
    with monkeypatch.context() as patch:
        patch.setattr(failures, "keep_failure_of", away)
        with pytest.raises(ConnectionError):
            begun.tell_of_the_dead()
    assert begun.tell_of_the_dead() == 1


@pytest.mark.parametrize("half", [b"", b'{"name": "tests.co', b"\xff\xfe"])
def test_a_file_that_was_half_written_stops_nothing(half):
    dies_after(lambda: begin(7))
    (begun.folder() / "0").write_bytes(half)
    assert begun.tell_of_the_dead() == 1


def test_a_full_disk_keeps_no_task_from_its_work(monkeypatch, caplog):
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        begun._began(task_id="1", task=counts, args=(7,), kwargs={})
    assert "not written down" in caplog.text
    assert not list(begun.folder().iterdir())
    begun._ended(task_id="1")


def test_a_worker_holds_a_file_while_a_task_runs(monkeypatch):
    monkeypatch.setattr(signals.task_prerun, "receivers", [])
    monkeypatch.setattr(signals.task_postrun, "receivers", [])
    dies_after(lambda: begin(7))
    begun.connect()  # as a worker does at its start
    assert FailedTask.objects.get().error == "ProcessDied"
    seen: list[int] = []
    monkeypatch.setattr(counts, "run", lambda *_: seen.append(len(list(begun.folder().iterdir()))))
    counts.apply([8])
    assert seen == [1]
    assert not list(begun.folder().iterdir())


def test_a_pool_that_tells_of_a_dead_child_makes_no_second_line():
    failures._failed(counts, args=[7], kwargs={}, exception=WorkerLostError())
    assert not FailedTask.objects.exists()


def test_the_page_says_it_in_words(as_user):
    dies_after(lambda: begin(7))
    begun.tell_of_the_dead()
    page = as_user(UserFactory(is_superuser=True, is_staff=True)).get("/admin/gezondheid/").content.decode()
    assert "De werker stopte middenin. 1 keer." in page
    assert "Waar het misging" not in page
