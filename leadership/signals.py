"""Who leaves a group leaves a partner behind: a new one is found by rule."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete

from leadership.models import PeerPlace
from leadership.services import make_duos
from people.models import CohortMember


def find_partners_anew(instance: CohortMember, **_: Any) -> None:
    """After all that goes with it: a group that ended, or a person who left Kortwijs."""
    places = PeerPlace.objects.filter(group__cohort=instance.cohort_id)
    for group in set(places.values_list("group_id", flat=True)):
        transaction.on_commit(partial(make_duos, group_id=group))


def connect() -> None:
    post_delete.connect(find_partners_anew, sender=CohortMember)
