"""Sweeps of the record store; each is a few lines over what stands in tables."""

from celery import shared_task
from django.utils import timezone

from xapi.forwarding.queries import targets_due
from xapi.forwarding.sending import send_to
from xapi.partitions import make_parts


@shared_task
def forward_statements() -> None:
    """Each target that something waits for gets a task of its own: one that is slow keeps no other waiting."""
    for pk in targets_due(timezone.now()):
        forward_to_target.delay(pk)


@shared_task
def forward_to_target(pk: int) -> None:
    """Send what waits for one target."""
    send_to(pk)


@shared_task
def make_months() -> None:
    """The parts of PostgreSQL for the months to come; what could not be made now is made tomorrow."""
    make_parts()
