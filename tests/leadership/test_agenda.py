"""The meetings of a group in an agenda: read back by the rules of RFC 5545, for who is in the group alone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from icalendar import Calendar

from leadership.models import Meeting
from leadership.services import plan_meeting

WINTER, SUMMER = datetime(2026, 3, 3, 13, 0, tzinfo=UTC), datetime(2026, 4, 21, 12, 0, tzinfo=UTC)
HOSTILE = "Zaal 3; Assen, of online\\nBEGIN:VEVENT " + "lang " * 30


def plan(group, fenna, week: int, at: datetime, place: str = "Assen") -> Meeting:
    return plan_meeting(group=group, week=week, starts_at=at, minutes=120, place=place, actor=fenna)


def events(reply) -> dict[str, dict]:
    assert reply["Content-Type"] == "text/calendar; charset=utf-8"
    for line in reply.content.split(b"\r\n"):
        assert len(line) <= 75, "lines are folded (3.1)"
        assert b"\n" not in line
    return {str(event["uid"]): event for event in Calendar.from_ical(reply.content).walk("VEVENT")}


def test_every_meeting_stands_in_the_agenda_at_its_time_here(as_user, group, fenna, chantal):
    plan(group, fenna, 1, WINTER)
    plan(group, fenna, 8, SUMMER)
    plan(group, fenna, Meeting.RETURN, SUMMER + timedelta(days=90))
    reply = as_user(chantal).get(f"/programma/{group.pk}/agenda.ics")
    found = events(reply)
    assert set(found) == {f"programma-{group.pk}-week-{week}@localhost" for week in (0, 1, 8)}
    here = ZoneInfo("Europe/Amsterdam")
    first, last = (found[f"programma-{group.pk}-week-{week}@localhost"] for week in (1, 8))
    assert first["dtstart"].dt == datetime(2026, 3, 3, 14, 0, tzinfo=here)
    assert last["dtstart"].dt == datetime(2026, 4, 21, 14, 0, tzinfo=here)
    assert first["dtstart"].params["TZID"] == "Europe/Amsterdam"
    assert first["duration"].dt == timedelta(hours=2)
    assert first["summary"] == "Leidinggeven met AI, week 1: Meten en terugkoppelen"
    assert b"BEGIN:VTIMEZONE" in reply.content
    assert reply["Content-Disposition"] == 'attachment; filename="agenda-voorjaar.ics"'
    assert as_user(chantal).get(f"/programma/{group.pk}/agenda.ics").content == reply.content, "the same bytes"


def test_a_meeting_that_moved_is_the_same_one_changed(as_user, group, fenna, chantal):
    plan(group, fenna, 1, WINTER)
    [before] = events(as_user(chantal).get(f"/programma/{group.pk}/agenda/1.ics")).values()
    plan(group, fenna, 1, WINTER)
    [same] = events(as_user(chantal).get(f"/programma/{group.pk}/agenda/1.ics")).values()
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        plan(group, fenna, 1, WINTER + timedelta(days=1), place="Zwolle")
    [after] = events(as_user(chantal).get(f"/programma/{group.pk}/agenda/1.ics")).values()
    assert before["uid"] == same["uid"] == after["uid"]
    assert [int(one["sequence"]) for one in (before, same, after)] == [0, 0, 1]
    assert after["last-modified"].dt > before["last-modified"].dt
    assert after["location"] == "Zwolle"


def test_nobodys_name_is_in_it_and_a_hostile_place_is_a_place(as_user, group, fenna, chantal):
    plan(group, fenna, 1, WINTER, place=HOSTILE)
    reply = as_user(chantal).get(f"/programma/{group.pk}/agenda.ics")
    [event] = events(reply).values()
    assert str(event["location"]).replace("\n", "\\n") == HOSTILE.strip()
    for word in (b"Chantal", b"Fenna", b"ORGANIZER", b"ATTENDEE"):
        assert word not in reply.content


def test_what_is_not_planned_is_no_file(as_user, group, fenna, chantal):
    assert as_user(chantal).get(f"/programma/{group.pk}/agenda.ics").status_code == 404
    for week in (0, 2, 9, 10**8):
        assert as_user(chantal).get(f"/programma/{group.pk}/agenda/{week}.ics").status_code == 404


@pytest.mark.parametrize("who", ["chantal", "gijs", "hilde", "fenna"])
def test_who_is_in_the_group_gets_the_agenda(as_user, group, who, request, fenna):
    plan(group, fenna, 1, WINTER)
    someone = request.getfixturevalue(who)
    for file in ("agenda.ics", "agenda/1.ics"):
        assert as_user(someone).get(f"/programma/{group.pk}/{file}").status_code == 200


@pytest.mark.parametrize("who", ["anna", "bram", "driss", "jorrit", "petra", "piet"])
def test_for_anybody_else_there_is_no_agenda(as_user, group, who, request, fenna):
    plan(group, fenna, 1, WINTER)
    someone = request.getfixturevalue(who)
    for file in ("agenda.ics", "agenda/1.ics"):
        assert as_user(someone).get(f"/programma/{group.pk}/{file}").status_code == 404
        assert as_user(None).get(f"/programma/{group.pk}/{file}").url.startswith("/inloggen/")
