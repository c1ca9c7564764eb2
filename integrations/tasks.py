"""Sweeps; each is a few lines over what stands in tables."""

from celery import shared_task
from django.utils import timezone

from integrations.services import mail_notices


@shared_task
def send_notices() -> None:
    """What people asked to get by e-mail goes out."""
    mail_notices(now=timezone.now())
