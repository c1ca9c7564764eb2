"""How far someone is in a module; when it is done, `modules.completion` says.

Once done stays done: trying again never takes it away.
"""

from django.db import models


class Status(models.TextChoices):
    """How far someone is in a module."""

    NOT_STARTED = "not_started", "nog doen"
    BUSY = "busy", "bezig"
    DONE = "done", "klaar"
