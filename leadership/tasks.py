"""What the room does by itself; a few lines over a service."""

from celery import shared_task
from django.utils import timezone

from leadership.register.services import tell_all_keepers
from leadership.services import make_all_duos


@shared_task
def find_partners() -> None:
    """Duos for groups whose first week opened by itself."""
    make_all_duos()


@shared_task
def tell_who_keeps_registers() -> None:
    """Systems whose day has come or behind which a fact changed are told to HR and owners, once."""
    tell_all_keepers(today=timezone.localdate())
