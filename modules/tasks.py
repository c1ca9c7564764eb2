"""What happens to lessons by the clock; a few lines over Wagtail's own command."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def publish_scheduled_lessons() -> None:
    """Lessons whose moment has come go online, those whose time is over go off; one that is too hard stays off."""
    call_command("publish_scheduled", verbosity=0)
