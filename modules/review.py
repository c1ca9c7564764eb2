"""Nakijken: an author sends a lesson in, someone else reads it and puts it online (decision 0029)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils.text import Truncator
from wagtail.models import AbstractGroupApprovalTask, TaskState, Workflow, WorkflowPage, WorkflowState, WorkflowTask

from modules.gate import reasons_against
from people.models import User
from people.services import send_notice

NAME = "Nakijken"


class ReviewTask(AbstractGroupApprovalTask):
    """The one step of a review. Who sent a lesson in does not approve it, and nothing unfinished is approved."""

    class Meta:
        verbose_name = "nakijken"
        verbose_name_plural = "nakijken"

    def get_actions(self, obj: Any, user: User) -> list[tuple[str, str, bool]]:
        """Sending back is always open to a reviewer; approving asks another pair of eyes and a whole lesson."""
        actions = super().get_actions(obj, user)
        closed = {"approve"} if actions and (is_own(obj, user) or problems_of(obj)) else set()
        words = {"reject": "Stuur terug"}
        return [(name, words.get(name, label), modal) for name, label, modal in actions if name not in closed]

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        lesson = task_state.workflow_state.content_object
        if action_name == "approve" and (is_own(lesson, user) or problems_of(lesson)):
            raise PermissionDenied
        super().on_action(task_state, user, action_name, **kwargs)

    @classmethod
    def get_description(cls) -> str:
        return "Iemand anders dan wie de les instuurde, kijkt na en keurt goed. Dan staat de les online."


def is_own(lesson: Any, user: User) -> bool:
    """Whether this person sent in what is being reviewed. Administrators publish anyway, so for them it is open."""
    state = lesson.current_workflow_state
    if state is None or lesson.permissions_for_user(user).can_publish():
        return False
    return bool(state.requested_by_id == user.pk)


def problems_of(lesson: Any) -> list[str]:
    """Why the newest version of a lesson cannot be put online: what publishing with the button would say too.

    Approving publishes without a form, so it is asked here. Empty when it can.
    """
    newest = lesson.get_latest_revision_as_object()
    try:
        newest.full_clean()
        newest.steps.stream_block.clean(newest.steps)
    except ValidationError as error:
        return error.messages or ["De stappen zijn nog niet af."]
    return reasons_against(newest)


def ensure_review(page: Any, groups: Iterable[Group]) -> Workflow:
    """The one workflow, for everything under this page, with one task for these groups."""
    task, _ = ReviewTask.objects.get_or_create(name=NAME)
    task.groups.add(*groups)
    workflow, _ = Workflow.objects.get_or_create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page=page, defaults={"workflow": workflow})
    return workflow


def tell_reviewers(state: TaskState) -> None:
    """Those who read with the authors hear that a lesson waits; not who sent it in."""
    task = state.task.specific
    if not isinstance(task, ReviewTask):
        return
    sender, title = state.workflow_state.requested_by, _title(state.workflow_state)
    who = f" {sender.first_name or sender} stuurde de les in." if sender else ""
    text, link = f"‘{title}’ wacht op nakijken.{who}", _link(state.workflow_state)
    readers = User.objects.filter(is_active=True, groups__in=task.groups.all()).distinct()
    for reader in readers.exclude(pk=sender.pk) if sender else readers:
        send_notice(user=reader, text=text, link=link, replaces=True)


def tell_author(state: WorkflowState, *, approved: bool) -> None:
    """Who sent a lesson in hears what came of it."""
    if state.requested_by is None:
        return
    title = _title(state)
    text = (
        f"Je les ‘{title}’ is goedgekeurd. De les staat nu online."
        if approved
        else f"Je les ‘{title}’ is nagekeken. Pas de les nog aan."
    )
    send_notice(user=state.requested_by, text=text, link=_link(state), replaces=True)


def _title(state: WorkflowState) -> str:
    return Truncator(state.content_object.get_admin_display_title()).chars(120)


def _link(state: WorkflowState) -> str:
    return reverse("wagtailadmin_pages:edit", args=[state.content_object.pk])
