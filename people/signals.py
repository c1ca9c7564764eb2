"""What follows by itself when a person is made or signs in."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest

from people.devices import end_devices
from people.models import Membership, Pseudonym, Role, User
from people.services import record_audit, send_notice

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


def keep_role_given(instance: Membership, created: bool, raw: bool, **_: Any) -> None:
    """A role that shows or changes something of others is in the trail, whoever gave it and however."""
    if created and not raw:
        _keep_role(instance, "give_role")


def keep_role_taken(instance: Membership, **_: Any) -> None:
    _keep_role(instance, "take_role")


def _keep_role(membership: Membership, action: str) -> None:
    if membership.role not in (Role.LEARNER, Role.OWNER):
        organisation = membership.organisation_id
        record_audit(
            actor=membership.changed_by,
            action=action,
            person=membership.user,
            organisation=organisation,
            role=str(membership.role),
        )


def keep_second_step_in_the_trail(request: HttpRequest, user: User, authenticator: Authenticator, **given: Any) -> None:
    """A change to how someone signs in is recorded, told to them, and ends what was signed in without it."""
    changes = {authenticator_added: "added", authenticator_removed: "removed", authenticator_reset: "renewed"}
    action = changes[given["signal"]]
    record_audit(actor=user, action=f"second_step_{action}", subject=f"user {user.pk}", kind=authenticator.type)
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        return
    if action == "added":
        end_devices(user, request)
        send_notice(user=user, text="Er is een tweede stap bij je account gezet. Was jij dat niet? Vraag dan hulp.")
    else:
        send_notice(user=user, text="Er is een tweede stap van je account gehaald. Was jij dat niet? Vraag dan hulp.")


def connect() -> None:
    for signal in (authenticator_added, authenticator_removed, authenticator_reset):
        signal.connect(keep_second_step_in_the_trail, dispatch_uid="people.keep_second_step_in_the_trail")
    post_save.connect(give_pseudonym, sender=User, dispatch_uid="people.give_pseudonym")
    post_save.connect(keep_role_given, sender=Membership, dispatch_uid="people.keep_role_given")
    post_delete.connect(keep_role_taken, sender=Membership, dispatch_uid="people.keep_role_taken")
    user_logged_in.connect(limit_desk_session, dispatch_uid="people.limit_desk_session")
