from django.db import models
from django.utils import timezone

from people.models.user import User


class FormerKey(models.Model):
    """The owner key of a learner who became part of another: what a phone still sends under it, is theirs."""

    key = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="former_keys")

    def __str__(self) -> str:
        return str(self.key)


class HandOver(models.Model):
    """A code with which a learner goes on on another phone: for a quarter of an hour, and gone once it was used."""

    code = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="hand_overs")
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user}, tot {self.expires_at:%H:%M}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now()
