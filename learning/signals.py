"""What follows by itself when someone is out of a class."""

from typing import Any

from django.db.models.signals import post_delete

from learning.asking import end_help_request
from people.models import CohortMember
from people.queries import classes_of


def end_help_without_teacher(instance: CohortMember, **_: Any) -> None:
    """Out of the last class nobody is left who was asked; the teacher of a next class was not."""
    if not classes_of(instance.user):
        end_help_request(user=instance.user)


def connect() -> None:
    post_delete.connect(end_help_without_teacher, sender=CohortMember, dispatch_uid="learning.end_help_without_teacher")
