"""When and where a group meets."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from leadership.models import Meeting, ProgrammeGroup
from leadership.services.groups import locked, tell
from people.models import User
from people.services import record_audit

MOST_MINUTES = 480
MOST_PLACE = 200


@transaction.atomic
def plan_meeting(
    *, group: ProgrammeGroup, week: int, starts_at: datetime, minutes: int, place: str, actor: User
) -> Meeting:
    """When and where the group meets in this week (Meeting.RETURN: to come back); planning it again moves it.

    Who takes part is told, and calendars that have it see that it changed; the same once more changes nothing. Raises
    NotYours; ValueError for a week that is not there, a time that cannot be, or an empty or long place.
    """
    group, place = locked(group, actor), " ".join(place.split())
    if week != Meeting.RETURN and group.programme.text.week(week) is None:
        raise ValueError("no such week")
    if not 1 <= minutes <= MOST_MINUTES or starts_at.tzinfo is None:
        raise ValueError("no such time")
    if not 1 <= len(place) <= MOST_PLACE or not place.isprintable():
        raise ValueError("no such place")
    planned = {"starts_at": starts_at, "minutes": minutes, "place": place}
    meeting, is_new = Meeting.objects.get_or_create(group=group, week=week, defaults=planned)
    if not is_new and not _change(meeting, planned):
        return meeting
    record_audit(actor=actor, action="plan_meeting", about=group.cohort, week=week)
    tell(group, _said(meeting, is_new=is_new), f"#week-{week}")
    return meeting


def _change(meeting: Meeting, planned: dict[str, object]) -> bool:
    """Whether anything is another than it was."""
    if all(getattr(meeting, name) == value for name, value in planned.items()):
        return False
    for name, value in planned.items():
        setattr(meeting, name, value)
    meeting.sequence, meeting.changed_at = meeting.sequence + 1, timezone.now()
    meeting.save()
    return True


def _said(meeting: Meeting, *, is_new: bool) -> str:
    what = "De terugkomdag" if meeting.week == Meeting.RETURN else f"De bijeenkomst van week {meeting.week}"
    when = date_format(timezone.localtime(meeting.starts_at), "l j F, H.i")
    return f"{what} is {'op' if is_new else 'veranderd:'} {when} uur. De plaats staat bij je programma."
