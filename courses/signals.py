"""A file goes with its row, whatever took the row away: the sweep, or its organisation that ended."""

from typing import Any

from django.core.files.storage import storages
from django.db import transaction
from django.db.models.signals import post_delete

from courses.models import PathFile


def remove_bytes(instance: PathFile, **_: Any) -> None:
    """Unless another name means the same bytes."""
    place = instance.place
    if not PathFile.objects.filter(organisation=instance.organisation_id, digest=instance.digest).exists():
        transaction.on_commit(lambda: storages["paths"].delete(place), robust=True)


def connect() -> None:
    post_delete.connect(remove_bytes, sender=PathFile)
