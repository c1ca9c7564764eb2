from django.db import models


class FailedTask(models.Model):
    """A background task that went wrong, until it went well; the same again is the same row.

    `arguments`: its ids, or None where it had something else, which may be of a person. `where`: files, lines and
    functions of the traceback, without a value. A task is a hint over tables, so once more is sending it again.
    """

    name = models.CharField(max_length=120)
    key = models.CharField(max_length=64)  # a digest of name and arguments
    arguments = models.JSONField(null=True)
    error = models.CharField(max_length=120)
    where = models.JSONField(default=list)
    count = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    retried_at = models.DateTimeField(null=True)
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-last_at"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=models.Q(resolved_at=None), name="one_open_failure")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.error}"


class Pulse(models.Model):
    """When beat and the worker last showed that they work."""

    name = models.CharField(max_length=12, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}, {self.at:%Y-%m-%d %H:%M}"
