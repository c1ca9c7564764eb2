"""Whether beat and the worker are at work: beat asks for a task every minute and says so, the task says it too."""

from datetime import datetime
from typing import Any

from celery import signals
from django.utils import timezone

from lms.models import Pulse

BEAT, WORKER, TASK = "beat", "worker", "lms.tasks.show_pulse"


def beats(name: str) -> None:
    Pulse.objects.update_or_create(name=name, defaults={"at": timezone.now()})


def pulses() -> dict[str, datetime]:
    """When each was last heard of."""
    return dict(Pulse.objects.values_list("name", "at"))


def connect_beat() -> None:
    """For the process of beat alone: it just sent the task."""
    signals.after_task_publish.connect(_sent, sender=TASK, weak=False, dispatch_uid="lms.watch.beat")


def _sent(**_: Any) -> None:
    from lms.watch.failures import safely

    safely(beats, name=BEAT)
