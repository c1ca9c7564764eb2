"""The meetings of a group as iCalendar (RFC 5545), for the agenda on a phone or computer."""

from collections.abc import Sequence
from datetime import date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from icalendar import Calendar, Event

from leadership.models import Meeting, ProgrammeGroup

HERE = ZoneInfo(settings.TIME_ZONE)


def calendar_of(group: ProgrammeGroup, meetings: Sequence[Meeting]) -> bytes:
    """These meetings of a group, one at least. Nobody's name is in it; the same meetings give the same bytes.

    A meeting that was moved has the same UID and a higher SEQUENCE, so that a calendar moves it too.
    """
    made = Calendar()
    made.add("prodid", "-//Kortwijs//Programma//NL")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", f"{group.programme}: {group.cohort.name}")
    for meeting in meetings:
        made.add_component(_event(group, meeting))
    years = sorted(meeting.starts_at.year for meeting in meetings)
    made.add_missing_timezones(first_date=date(years[0], 1, 1), last_date=date(years[-1] + 1, 1, 1))
    return made.to_ical()


def title_of(group: ProgrammeGroup, week: int) -> str:
    """What a meeting is called."""
    text = group.programme.text
    found = text.week(week)
    return f"{text.title}, week {week}: {found.title}" if found else f"{text.title}: terugkomdag"


def _event(group: ProgrammeGroup, meeting: Meeting) -> Event:
    event, starts_at = Event(), meeting.starts_at.astimezone(HERE)
    event.add("uid", f"programma-{group.pk}-week-{meeting.week}@{urlsplit(settings.BASE_URL).hostname}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("dtstart", starts_at)
    event.add("duration", timedelta(minutes=meeting.minutes))
    event.add("summary", title_of(group, meeting.week))
    event.add("location", meeting.place)
    event.add("url", settings.BASE_URL + reverse("leadership:home"))
    return event
