"""What happens to lessons by the clock; a few lines over Wagtail's own command."""

from celery import shared_task
from django.core.management import call_command

from modules.services.facts import tell_about_due_facts


@shared_task
def publish_scheduled_lessons() -> None:
    """Lessons whose moment has come go online, those whose time is over go off; one that is too hard stays off."""
    call_command("publish_scheduled", verbosity=0)


@shared_task
def tell_who_keeps_facts() -> None:
    """Facts whose day has come are told to authors and reviewers, once."""
    tell_about_due_facts()
