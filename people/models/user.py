import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models


class UserManager(DjangoUserManager["User"]):
    def create_nameless(self, owner_key: uuid.UUID) -> "User":
        """A real user without a name, an address or a password: a learner who just began."""
        user = self.model(username=f"naamloos-{uuid.uuid4().hex}", owner_key=owner_key, is_nameless=True)
        user.set_unusable_password()
        user.save(force_insert=True)
        return user


class User(AbstractUser):
    """A person. Custom from the first migration on, so that it can grow.

    `owner_key` is made on the phone before the server has heard of the person. It marks whose
    answers lie in the phone's outbox. While the person is nameless it is also what gives the phone
    its place back when a reply or a session was lost (docs/decisions/0008-owner-key.md).
    """

    owner_key = models.UUIDField("sleutel op de telefoon", default=uuid.uuid4, unique=True, editable=False)
    is_nameless = models.BooleanField("zonder naam", default=False, editable=False)
    is_demo = models.BooleanField("demo-account", default=False, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "mens"
        verbose_name_plural = "mensen"

    def __str__(self) -> str:
        return "Iemand zonder naam" if self.is_nameless else self.get_full_name() or self.username
