"""Work beside the pages; each is a few lines over what stands in tables."""

from uuid import UUID

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from people import registry
from people.services.lists import take_list, waiting_lists


@shared_task
def apply_retention() -> None:
    """Every room deletes what is past its term."""
    for entry in registry.rooms():
        entry.retain(timezone.now())


@shared_task
def clear_sessions() -> None:
    """Sessions that ended leave no row behind."""
    call_command("clearsessions")


@shared_task
def take_list_of(key: str) -> None:
    """A long list of names, read right after it came."""
    take_list(key=UUID(key))


@shared_task
def sweep_lists() -> None:
    """Lists that a message was lost of, or a worker died over."""
    for key in list(waiting_lists()):
        take_list(key=key)
