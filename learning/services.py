"""Writes for people without JavaScript: the same intake, with ids made here."""

import uuid
from typing import Any

from django.utils import timezone

from learning.events import Event
from learning.intake import Receipt, take_events
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
