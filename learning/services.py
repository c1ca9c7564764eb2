"""Writes of the learner's own pages; answers go through the same intake as a phone's, with ids made here."""

import uuid
from typing import Any

from django.utils import timezone

from learning.events import Event
from learning.intake import Receipt, take_events
from learning.models import HelpRequest, LessonReport
from learning.queries import progress_in
from modules.models import ModulePage
from people.models import User


def _event(user: User, module: ModulePage, attempt: uuid.UUID, step: str, **answer: Any) -> Event:
    return Event(
        id=uuid.uuid4(),
        owner=user.owner_key,
        at=timezone.now(),
        module=module.code,
        revision=module.live_revision_id or 0,
        attempt=attempt,
        step=step,
        **answer,
    )


def _attempt(user: User, module: ModulePage) -> uuid.UUID:
    progress = progress_in(user, module.code)
    return progress.attempt if progress else uuid.uuid4()


def answer_exercise(*, user: User, module: ModulePage, step: str, response: Any) -> Receipt:
    """Keep one answer that was posted as a form."""
    event = _event(user, module, _attempt(user, module), step, exercise=step, response=response)
    return take_events(user=user, events=[event])


def finish_module(*, user: User, module: ModulePage) -> Receipt:
    """Keep that someone read the whole lesson; answers count on their own."""
    progress = progress_in(user, module.code)
    seen = set(progress.seen) if progress else set()
    attempt = _attempt(user, module)
    events = [_event(user, module, attempt, step) for step in module.outline.ids if step not in seen]
    return take_events(user=user, events=events)


def ask_for_help(*, user: User, module: str = "") -> HelpRequest:
    """Show the learner's teachers that help is asked; asking again changes only with which lesson."""
    return HelpRequest.objects.update_or_create(user=user, defaults={"module": module})[0]


def end_help_request(*, user: User) -> bool:
    """Help was given, or is not needed any more. False when none was asked."""
    return HelpRequest.objects.filter(user=user).delete()[0] > 0


def report_lesson(*, module: ModulePage, step: str, kind: str, text: str) -> LessonReport:
    """Tell the authors that something is wrong; who says so is not kept."""
    return LessonReport.objects.create(
        module=module.code,
        step=step if step in module.outline.by_id else "",
        kind=LessonReport.Kind(kind),
        text=text,
    )
