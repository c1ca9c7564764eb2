"""Background work on sound and pictures; each is a few lines over a service."""

from celery import shared_task
from django.utils import timezone

from media.pictures import services as pictures
from media.speech.services import make_script, remove_unused, try_again, unfinished

SECONDS = 20  # then others have their turn, and it goes on after them


@shared_task
def make_speech(name: str) -> None:
    """Say what these texts still miss; a hint, the sweep does what it forgets."""
    if not make_script(name, seconds=SECONDS):
        make_speech.delay(name)


@shared_task
def sweep_speech() -> None:
    """Everything that misses sound, whatever happened to the message about it."""
    try_again(timezone.now())
    for name in unfinished():
        make_speech.delay(name)


@shared_task
def remove_unused_speech() -> None:
    """Clips of sentences that are gone from all texts."""
    remove_unused(timezone.now())


@shared_task
def make_renditions(picture_id: int) -> None:
    """A head start: a page that finds a form missing makes it itself."""
    pictures.make_renditions(picture_id=picture_id)


@shared_task
def forget_unfinished_uploads() -> None:
    """Uploads whose form was never finished."""
    pictures.forget_unfinished_uploads(now=timezone.now())
