"""Sweeps; each is a few lines over what stands in tables."""

from celery import shared_task
from django.utils import timezone

from learning.models import DeskMessage
from learning.services import deliver_to_desk, remind_of_reviews


@shared_task
def send_review_reminders() -> None:
    """Everybody who asked for a reminder at this hour gets it, once."""
    remind_of_reviews(now=timezone.now())


@shared_task
def mail_to_desks() -> None:
    """Mail what could not go when its owner sent it; stops at the first that does not go."""
    for message in DeskMessage.objects.filter(mailed_at=None, begun_at=None).order_by("sent_at"):
        if not deliver_to_desk(message=message):
            return
