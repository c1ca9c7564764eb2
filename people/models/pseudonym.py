import uuid

from django.db import models

from people.models.user import User


class Pseudonym(models.Model):
    """The random name under which a record store knows a person; each target has its own.

    This is the only link between statements and a person: erasing it makes them unlinkable.
    The target '' is the embedded record store.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="pseudonyms")
    target = models.CharField(max_length=120, blank=True)
    name = models.UUIDField(default=uuid.uuid4, unique=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "target"], name="one_pseudonym_per_target")]

    def __str__(self) -> str:
        return str(self.name)
