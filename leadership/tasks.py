"""What the room does by itself; a few lines over a service."""

from celery import shared_task

from leadership.dossier.counting import count_all
from leadership.services import make_all_duos


@shared_task
def find_partners() -> None:
    """Duos for groups whose first week opened by itself."""
    make_all_duos()


@shared_task
def count_taking_part() -> None:
    """The figures of a quarter that is over, where they are not there yet."""
    count_all()
