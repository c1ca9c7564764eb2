from datetime import timedelta

from django.db import models
from django.utils import timezone

from people.models.organisation import Organisation, Role
from people.models.user import User


class RoleInvite(models.Model):
    """A role that waits until someone shows that mail at this address is theirs.

    Also where the address has an account already: who invites cannot tell the difference. `name` is for an account that
    is new. It opens nothing by itself, and nothing at all once who invited may not give this role any more.
    """

    LASTS = timedelta(days=14)

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="role_invites")
    email = models.EmailField("e-mailadres", db_index=True)
    name = models.CharField("naam", max_length=40)
    role = models.CharField("rol", max_length=16, choices=Role)
    invited_by = models.ForeignKey(User, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField("werkt tot")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "email", "role"], name="one_invite_per_role"),
        ]
        verbose_name = "uitnodiging voor een rol"
        verbose_name_plural = "uitnodigingen voor een rol"

    def __str__(self) -> str:
        return f"{self.get_role_display()} bij {self.organisation}"

    @property
    def is_open(self) -> bool:
        return self.expires_at > timezone.now()
