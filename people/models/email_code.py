import uuid

from django.db import models
from django.utils import timezone

from people.models.user import User


class EmailCode(models.Model):
    """A code of six digits that was mailed. It shows that who types it reads mail at this address.

    The code itself is not kept, only a digest that needs the site's secret. `firm` is the name to register with it,
    `user` the learner who gets the address; without either it is for signing in. Gone once it was used, and an
    hour after it ended.
    """

    MOST_TRIES = 5

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    email = models.EmailField(db_index=True)
    firm = models.CharField(max_length=80, blank=True)
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    digest = models.CharField(max_length=64, blank=True)  # "" where nobody signs in with this address: nothing fits
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"code tot {self.expires_at:%H:%M}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now() and self.tries < self.MOST_TRIES
