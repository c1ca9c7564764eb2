"""Work beside the pages; each is a few lines over what stands in tables."""

from uuid import UUID

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from people import registry
from people.services.lists import take_list, waiting_lists
from people.services.retention_runs import do_run, new_run_by_clock, run_of_today, waiting_runs


@shared_task
def apply_retention() -> None:
    """Now, whatever was done today: every room deletes what is past its term."""
    forget_short_lived()
    do_run(key=new_run_by_clock(timezone.now()).pk)


@shared_task
def keep_to_terms() -> None:
    """Each hour what nobody sets a term of; once a day what is past a term that can be set."""
    forget_short_lived()
    if run := run_of_today(timezone.now()):
        do_run(key=run.pk)


def forget_short_lived() -> None:
    """Codes, lists and the like, of every room."""
    for entry in registry.rooms():
        entry.retain(timezone.now())


@shared_task
def do_retention_run(key: str) -> None:
    """A run, right after it was asked for."""
    do_run(key=UUID(key))


@shared_task
def sweep_retention_runs() -> None:
    """Runs that a message was lost of, or a worker died over."""
    for key in waiting_runs():
        do_run(key=key)


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
