"""How far someone is in a module; when it is done, `modules.completion` says.

Once done stays done: trying again never takes it away.
"""

from datetime import datetime
from typing import Protocol

from django.db import models


class Status(models.TextChoices):
    """How far someone is in a module."""

    NOT_STARTED = "not_started", "nog doen"
    BUSY = "busy", "bezig"
    DONE = "done", "klaar"


class Standing(Protocol):
    """What is kept of someone in a module."""

    completed_at: datetime | None


def status_of(progress: Standing | None) -> Status:
    """How far someone is: for the learner, the teacher and every export alike."""
    if progress is None:
        return Status.NOT_STARTED
    return Status.DONE if progress.completed_at else Status.BUSY
