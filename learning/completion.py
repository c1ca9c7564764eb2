"""The one rule that says how far someone is; screens, exports and statements all ask here.

Done means: every step seen, and every question right at the last try (curriculum brief, section 2).
Once done stays done: trying again never takes it away.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Protocol

from django.db import models

from modules.steps import Steps

Results = Mapping[str, Mapping[str, bool | None]]


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


def is_complete(steps: Steps, seen: Collection[str], results: Results) -> bool:
    """True when this module, as it is in `steps`, is done.

    seen: ids of steps that were on screen. results: per exercise, per part, the last verdict;
    None is an answer without right or wrong.
    """
    if not len(steps) or not set(steps.ids) <= set(seen):
        return False
    for step, kind in steps.exercises():
        given = results.get(step.id, {})
        if not kind.required(step.value) <= set(given):
            return False
        if any(given.get(part) is False for part in kind.parts(step.value)):
            return False
    return True
