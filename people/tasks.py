"""Nightly work; each is a few lines over what stands in tables."""

from celery import shared_task
from django.core.management import call_command
from django.utils import timezone

from people import registry


@shared_task
def apply_retention() -> None:
    """Every room deletes what is past its term."""
    for entry in registry.rooms():
        entry.retain(timezone.now())


@shared_task
def clear_sessions() -> None:
    """Sessions that ended leave no row behind."""
    call_command("clearsessions")
