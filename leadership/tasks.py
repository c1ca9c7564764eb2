"""What the room does by itself; a few lines over a service."""

from celery import shared_task

from leadership.services import make_all_duos


@shared_task
def find_partners() -> None:
    """Duos for groups whose first week opened by itself."""
    make_all_duos()
