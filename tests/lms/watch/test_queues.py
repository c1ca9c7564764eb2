"""What waits for the worker, counted in the real brokers."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery
from django.utils import timezone

from lms.watch.queues import queues

pytestmark = pytest.mark.django_db


@pytest.fixture
def files(settings, tmp_path) -> Path:
    settings.REDIS_URL = ""
    folder = tmp_path / "messages"
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(folder), "data_folder_out": str(folder), "control_folder": str(tmp_path / "control"),
    }  # fmt: skip
    return folder


def sent(broker: str, count: int, queue: str = "celery", **options) -> None:
    app = Celery("sender", broker=broker, set_as_current=False)
    app.conf.broker_transport_options = options
    with app.connection_for_write() as wire:
        for number in range(count):
            app.send_task("tests.nothing", [number], queue=queue, connection=wire)


def counts() -> dict[str, int | None]:
    return {queue.name: queue.waiting for queue in queues()}


def test_before_anything_was_sent_nothing_waits(files):
    assert counts() == {"celery": 0, "awaited": 0}


def test_messages_in_files_are_counted_per_queue_with_the_oldest(files, settings):
    files.mkdir()
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    (files.parent / "control").mkdir()
    sent("filesystem://", 3, **options)
    sent("filesystem://", 1, "awaited", **options)
    old = time.time() - 3600
    os.utime(sorted(files.glob("*.celery.msg"))[0], (old, old))
    (files / "not-ours.txt").write_text("x")
    first, second = queues()
    assert (first.name, first.waiting, second.name, second.waiting) == ("celery", 3, "awaited", 1)
    assert timedelta(minutes=59) < timezone.now() - first.oldest < timedelta(minutes=61)
    assert timezone.now() - second.oldest < timedelta(minutes=1)


def test_messages_in_redis_are_counted_with_when_the_oldest_was_sent(settings):
    if not settings.REDIS_URL:
        pytest.skip("REDIS_URL says where Redis is")
    import redis

    settings.REDIS_URL = f"{settings.REDIS_URL.rpartition('/')[0]}/15"
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.flushdb()
    sent(settings.REDIS_URL, 2)
    client.rpush("awaited", b"not json")
    first, second = queues()
    assert (first.waiting, second.waiting) == (2, 1)
    assert timezone.now() - first.oldest < timedelta(minutes=1)
    assert second.oldest is None
    client.flushdb()


@pytest.mark.parametrize("address", ["redis://127.0.0.1:1/0", "redis://niet.voorbeeld.invalid:6379/0"])
def test_a_broker_that_does_not_answer_is_said_so(settings, address):
    settings.REDIS_URL = address
    assert counts() == {"celery": None, "awaited": None}
