"""Background work on paths; a few lines over a service."""

from celery import shared_task
from django.utils import timezone

from courses.services import forget_what_was_taken_off


@shared_task
def remove_what_was_taken_off() -> None:
    """Own pages that nobody brought back, and files that no page needs."""
    forget_what_was_taken_off(now=timezone.now())
