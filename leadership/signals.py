"""Who comes into a group or leaves it, as a member or by a role, changes who reviews with whom: by rule."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save

from leadership.models import ProgrammeGroup
from leadership.queries import TAKES_PART
from leadership.services import make_duos
from people.models import Cohort, CohortMember, Membership


def find_partners_anew(instance: CohortMember, **_: Any) -> None:
    """After someone came or left, and all that goes with it: a group that ended, or a person who left Kortwijs."""
    if instance.cohort.kind == Cohort.Kind.PROGRAMME:
        _later(Q(cohort=instance.cohort_id))


def find_partners_of_a_role(instance: Membership, **_: Any) -> None:
    """After someone got a role that leads, or lost one."""
    if instance.role in TAKES_PART:
        _later(Q(cohort__members__user=instance.user_id) | Q(peer_places__user=instance.user_id))


def _later(which: Q) -> None:
    for group in ProgrammeGroup.objects.filter(which).order_by("pk").values_list("pk", flat=True).distinct():
        transaction.on_commit(partial(make_duos, group_id=group), robust=True)  # beat looks at all groups too


def connect() -> None:
    for change in (post_save, post_delete):
        change.connect(find_partners_anew, sender=CohortMember)
        change.connect(find_partners_of_a_role, sender=Membership)
