import uuid

from django.db import models


class Statement(models.Model):
    """One stored statement. `actor` is a random name: who it is, only `people.Pseudonym` knows."""

    seq = models.BigAutoField(primary_key=True)
    id = models.UUIDField(unique=True)
    stored = models.DateTimeField(db_index=True)
    timestamp = models.DateTimeField()
    actor = models.UUIDField()
    verb = models.CharField(max_length=200)
    activity = models.CharField(max_length=500)
    registration = models.UUIDField(null=True)
    document = models.JSONField()

    class Meta:
        indexes = [
            models.Index(fields=["actor", "seq"], name="statement_actor"),
            models.Index(fields=["verb", "seq"], name="statement_verb"),
            models.Index(fields=["activity", "seq"], name="statement_activity"),
            models.Index(
                fields=["registration", "seq"],
                name="statement_registration",
                condition=models.Q(registration__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Credential(models.Model):
    """A key that a machine reads the record store with. Only a keyed hash of its secret is kept."""

    key = models.UUIDField(default=uuid.uuid4, unique=True)
    secret_digest = models.CharField(max_length=64)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
