"""What a lead says to the region at the end of a programme."""

from django.db import transaction
from django.utils import timezone

from leadership.models import LookBack, Obstacle, ProgrammeGroup, Success
from leadership.queries import may_look_back
from leadership.services.groups import NotYours
from people.models import User


@transaction.atomic
def look_back(*, group: ProgrammeGroup, user: User, success: str = "", obstacle: str = "") -> LookBack:
    """Keep what went well and what held back, of each list one or ''. Once: figures of a quarter never change.

    Raises NotYours for who takes no part, before the last week is open, and a second time; ValueError for nothing said,
    or something that is not in the lists.
    """
    if not (success or obstacle) or success not in ["", *Success.values] or obstacle not in ["", *Obstacle.values]:
        raise ValueError("nothing of the lists")
    group = ProgrammeGroup.objects.select_for_update().get(pk=group.pk)
    if not may_look_back(user, group, timezone.localdate()):
        raise NotYours
    return LookBack.objects.create(group=group, user=user, success=success, obstacle=obstacle)
