"""What follows by itself when a person is made or signs in."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_save
from django.http import HttpRequest

from people.models import Membership, Pseudonym, Role, User

DESK_SECONDS = 12 * 3600


def limit_desk_session(request: HttpRequest, user: User, **_: Any) -> None:
    """People who see something of others sign in again after half a day."""
    if user.is_nameless:
        return
    if (
        user.is_staff
        or user.groups.exists()
        or Membership.objects.filter(user=user).exclude(role__in=(Role.LEARNER, Role.OWNER)).exists()
    ):
        request.session.set_expiry(DESK_SECONDS)


def give_pseudonym(instance: User, created: bool, raw: bool, **_: Any) -> None:
    """Everyone has a name for our own record store from the start; it is also what the intake locks."""
    if created and not raw:
        instance.pseudonym = Pseudonym.objects.create(user=instance)


def connect() -> None:
    post_save.connect(give_pseudonym, sender=User, dispatch_uid="people.give_pseudonym")
    user_logged_in.connect(limit_desk_session, dispatch_uid="people.limit_desk_session")
