"""Writes about record stores that we send on to, each with a line in the audit trail; no secret is in it."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from people.models import User
from people.services import record_audit
from xapi.forwarding import recalls, services
from xapi.forwarding.models import ForwardTarget


@transaction.atomic
def add_target(*, actor: User | None, **given: Any) -> ForwardTarget:
    """Another record store. Raises ValueError for no address of one."""
    target = services.create_target(**given)
    _note(actor, "add_forward_target", target, kind=target.kind)
    return target


@transaction.atomic
def change_target(*, actor: User | None, target: ForwardTarget, **given: Any) -> None:
    """Another address, key or filter. Raises ValueError for no address."""
    services.change_target(target, **given)
    _note(actor, "change_forward_target", target)


@transaction.atomic
def pause_target(*, actor: User | None, target: ForwardTarget, paused: bool) -> None:
    services.pause_target(target, paused=paused)
    _note(actor, "pause_forward_target" if paused else "resume_forward_target", target)


@transaction.atomic
def end_target(*, actor: User | None, target: ForwardTarget) -> None:
    """Nothing goes there any more."""
    if services.end_target(target):
        _note(actor, "end_forward_target", target)


@transaction.atomic
def retry_refused(*, actor: User | None, target: ForwardTarget) -> int:
    """All dead letters go once more; gives how many."""
    count = services.retry_refused(target)
    _note(actor, "retry_forwards", target, count=count)
    return count


@transaction.atomic
def end_recalls(*, actor: User | None, target: ForwardTarget, keys: Iterable[int]) -> int:
    """What its operator said to be gone there: names and ids go here too. Gives how many."""
    count = recalls.end_recalls(target, keys)
    _note(actor, "end_forward_recalls", target, count=count)
    return count


def _note(actor: User | None, action: str, target: ForwardTarget, **details: Any) -> None:
    record_audit(
        actor=actor, action=action, subject=f"forward target {target.pk}", organisation=target.organisation, **details
    )
