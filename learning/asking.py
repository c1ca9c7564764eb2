"""Asking a teacher for help: from a lesson through the outbox of a phone, or from a form."""

from learning.models import HelpRequest
from people.models import User
from people.queries import classes_of


def has_teacher(user: User) -> bool:
    """Whether there is a teacher who would see it."""
    return user.pk is not None and bool(classes_of(user))


def ask_for_help(*, user: User, module: str = "") -> HelpRequest:
    """Show the learner's teachers that help is asked; asking again changes only with which lesson."""
    return HelpRequest.objects.update_or_create(user=user, defaults={"module": module})[0]


def end_help_request(*, user: User) -> bool:
    """Help was given, or is not needed any more. False when none was asked."""
    return HelpRequest.objects.filter(user=user).delete()[0] > 0
