"""Background work on sound, pictures and H5P; each is a few lines over a service."""

import uuid

from celery import shared_task
from django.utils import timezone

from media.h5p import importing
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


@shared_task
def import_h5p(key: str) -> None:
    """Take in an uploaded package; a hint, the sweep does what it forgets."""
    importing.run_import(key=uuid.UUID(key), now=timezone.now())


@shared_task
def sweep_h5p() -> None:
    """Packages that wait, whatever happened to the message about them."""
    for key in importing.sweep(now=timezone.now()):
        import_h5p.delay(str(key))
