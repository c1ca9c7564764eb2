import uuid
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.models import AbstractUser
from django.contrib.auth.models import UserManager as DjangoUserManager
from django.db import models
from django.utils.functional import cached_property

if TYPE_CHECKING:
    from people.models.pseudonym import Pseudonym


class UserManager(DjangoUserManager["User"]):
    def new_nameless(self, owner_key: uuid.UUID) -> "User":
        """A real user without a name, an address or a password, not saved yet: a learner who just began."""
        user = self.model(username=f"naamloos-{uuid.uuid4().hex}", owner_key=owner_key, is_nameless=True)
        user.set_unusable_password()
        return user

    def new_with_email(self, email: str) -> "User":
        """Someone who signs in with codes to this address, not saved yet."""
        user = self.model(username=f"ondernemer-{uuid.uuid4().hex}", login_email=email)
        user.set_unusable_password()
        return user


class User(AbstractUser):
    """A person. Custom from the first migration on, so that it can grow.

    `owner_key` is made on the phone before the server has heard of the person. It marks whose
    answers lie in the phone's outbox. While the person is nameless it is also what gives the phone
    its place back when a reply or a session was lost (docs/decisions/0008-owner-key.md).
    `audit_key` is who they are in the audit trail, which stays when they are erased.
    `login_email` is an address of which the person showed that it is theirs; codes to sign in go there.
    `has_sign_on`: a school or employer can say who they are (integrations/single_sign_on).
    `seen_on`: the last day of which something said that they were here, and which itself is past its term.
    """

    owner_key = models.UUIDField("sleutel op de telefoon", default=uuid.uuid4, unique=True, editable=False)
    is_nameless = models.BooleanField("zonder naam", default=False, editable=False)
    login_email = models.EmailField(  # noqa: DJ001 (null: many have none, and what there is, is unique)
        "e-mailadres om in te loggen", unique=True, null=True, editable=False
    )
    audit_key = models.UUIDField("sleutel in het logboek", default=uuid.uuid4, unique=True, editable=False)
    has_sign_on = models.BooleanField("logt in met een organisatie", default=False, editable=False)
    seen_on = models.DateField(null=True, editable=False)
    is_demo = models.BooleanField("demo-account", default=False, editable=False)

    only_learns = False  # True in a session that began without a password (people.learner_only)

    objects: ClassVar[UserManager] = UserManager()

    class Meta(AbstractUser.Meta):
        verbose_name = "mens"
        verbose_name_plural = "mensen"

    def __str__(self) -> str:
        return "Iemand zonder naam" if self.is_nameless else self.get_full_name() or self.username

    @property
    def can_sign_in(self) -> bool:
        """True for an account of its own, with a password, codes by e-mail or an organisation that says who it is;
        others come back through their phone or a hand-over."""
        return self.has_usable_password() or self.login_email is not None or self.has_sign_on

    def has_perm(self, perm: str, obj: models.Model | None = None) -> bool:
        """In a session that only learns nobody has a right, an administrator neither."""
        return not self.only_learns and super().has_perm(perm, obj)

    def has_module_perms(self, app_label: str) -> bool:
        return not self.only_learns and super().has_module_perms(app_label)

    @cached_property
    def pseudonym(self) -> "Pseudonym":
        """The name under which our own record store knows this person (made with the user)."""
        return self.pseudonyms.get(target="")
