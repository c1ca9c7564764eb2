"""How long someone stays signed in: a learner's phone very long, a desk that sees others a working day."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from people.models import Membership, Role, User

DESK_SECONDS = 12 * 3600


def limit_desk_session(request: HttpRequest, user: User, **_: Any) -> None:
    """People with more than a learner's rights sign in again after half a day."""
    if user.is_nameless:
        return
    if (
        user.is_staff
        or user.groups.exists()
        or Membership.objects.filter(user=user).exclude(role=Role.LEARNER).exists()
    ):
        request.session.set_expiry(DESK_SECONDS)


def connect() -> None:
    user_logged_in.connect(limit_desk_session, dispatch_uid="people.limit_desk_session")
