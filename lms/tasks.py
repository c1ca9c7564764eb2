"""What keeps watch; each is a few lines over lms/watch."""

from celery import shared_task
from django.utils import timezone

from lms.watch import failures, pulse


@shared_task
def show_pulse() -> None:
    """Every minute: the worker is at work."""
    pulse.beats(pulse.WORKER)


@shared_task
def forget_failures() -> None:
    """Failed tasks of more than a month ago."""
    failures.forget_old(timezone.now())
