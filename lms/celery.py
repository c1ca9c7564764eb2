"""The Celery application; tasks are hints over services (docs/decisions/0006-embedded-broker.md)."""

import os
import time
from pathlib import Path
from typing import Any

from celery import Celery
from celery.signals import beat_init, before_task_publish, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lms.settings")

app = Celery("kortwijs")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@beat_init.connect
def _before_work(**_: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    from lms.preflight import preflight

    try:
        preflight()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from error  # Celery would only log another exception, and go on


@worker_init.connect
def _tell_of_tasks_that_never_ended(**_: Any) -> None:
    from lms.watch import begun

    begun.connect()


@beat_init.connect
def _show_that_beat_works(**_: Any) -> None:
    from lms.watch.pulse import connect_beat

    connect_beat()


@before_task_publish.connect
def _say_when_it_was_sent(headers: dict[str, Any], **_: Any) -> None:
    """Redis keeps no moment with a message; how long the oldest waits is what one wants to know of a queue."""
    headers["sent_at"] = time.time()


@app.on_configure.connect
def _make_broker_folders(**_: Any) -> None:
    """The filesystem transport expects its folders to be there."""
    from django.conf import settings

    options = getattr(settings, "CELERY_BROKER_TRANSPORT_OPTIONS", {})
    for folder in set(options.values()):
        Path(folder).mkdir(parents=True, exist_ok=True)
