"""What follows when a picture was saved."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_save

from media.models import Picture


def connect() -> None:
    """Called once, when the site starts."""
    post_save.connect(_saved, sender=Picture, dispatch_uid="media.pictures")


def _saved(instance: Picture, **kwargs: Any) -> None:
    from media.tasks import make_renditions

    transaction.on_commit(partial(make_renditions.delay, instance.pk), robust=True)
