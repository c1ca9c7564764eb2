"""What keeps watch, and copies; each is a few lines over lms/watch or lms/backups."""

import logging

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from lms import database
from lms.backups.services import forget_old_copies, make_backup
from lms.orphans import remove_orphans
from lms.watch import begun, failures, pulse


@shared_task
def show_pulse() -> None:
    """Every minute: the worker is at work. It tells of tasks whose own worker is not any more."""
    pulse.beats(pulse.WORKER)
    begun.tell_of_the_dead()


@shared_task
def forget_failures() -> None:
    """Failed tasks of more than a month ago."""
    failures.forget_old(timezone.now())


@shared_task
def empty_write_ahead_log() -> None:
    """Every hour: nothing of who was erased is left in a file of the database."""
    database.empty_write_ahead_log()


@shared_task
def remove_files_without_a_row() -> None:
    """What stayed behind when storage was away, or a worker died."""
    if gone := remove_orphans(now=timezone.now()):
        logging.getLogger("lms.orphans").warning("files without a row were removed: %s", gone)


@shared_task
def make_nightly_backup() -> None:
    """A copy of everything, where a key to lock it is set; those that are too old go."""
    if not settings.BACKUP_RECIPIENTS:
        return
    say = logging.getLogger("lms.backups").info
    make_backup(folder=settings.BACKUP_FOLDER, recipients=settings.BACKUP_RECIPIENTS, say=say)
    forget_old_copies(folder=settings.BACKUP_FOLDER)
