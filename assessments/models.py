import uuid

from django.conf import settings
from django.db import models


class Response(models.Model):
    """One answer. Its id was made on the phone and is that of the event and the statement too.

    `module`, `attempt` and `exercise` are ids, not foreign keys: this room does not know in which
    module an exercise stands. `at` is the phone's clock, `received_at` the server's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="responses")
    module = models.CharField(max_length=40)
    attempt = models.UUIDField()
    exercise = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    answer = models.JSONField()
    correct = models.BooleanField(null=True)
    parts = models.JSONField(default=dict)
    at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "module", "received_at"], name="response_of_user")]

    def __str__(self) -> str:
        return f"{self.exercise}: {self.correct}"
