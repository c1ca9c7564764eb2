"""What follows by itself: a role opens its group, and a review tells who waits for it."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected

from modules.authors import let_in, let_out
from modules.review import tell_author, tell_reviewers
from people.models import Membership


def role_given(instance: Membership, raw: bool = False, **_: Any) -> None:
    if not raw:
        let_in(instance)


def role_taken(instance: Membership, **_: Any) -> None:
    let_out(instance)


def sent_in(instance: Any, **_: Any) -> None:
    tell_reviewers(instance)


def approved(instance: Any, **_: Any) -> None:
    tell_author(instance, approved=True)


def sent_back(instance: Any, **_: Any) -> None:
    tell_author(instance, approved=False)


def connect() -> None:
    post_save.connect(role_given, sender=Membership, dispatch_uid="modules.role_given")
    post_delete.connect(role_taken, sender=Membership, dispatch_uid="modules.role_taken")
    task_submitted.connect(sent_in, dispatch_uid="modules.sent_in")
    workflow_approved.connect(approved, dispatch_uid="modules.approved")
    workflow_rejected.connect(sent_back, dispatch_uid="modules.sent_back")
