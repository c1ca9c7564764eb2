"""The pages of who facilitates a group: its weeks and meetings, who is in it, and how to run a meeting.

Nothing here says who is ready or what anybody made (docs/decisions/0043-the-leadership-programme.md).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from leadership.models import Meeting, ProgrammeGroup
from leadership.programme import Meeting as Outline
from leadership.programme import Week
from leadership.queries import circle_of
from leadership.services import open_week
from leadership.views.whose import facilitating
from people.desk import way_in
from people.models import Organisation
from people.origin import same_origin_required
from people.services import note_group_look, renew_join_code


@dataclass(frozen=True)
class Line:
    """One week, or with number 0 the session to come back to. `is_live`: the group meets, so it can be planned."""

    number: int
    title: str
    day: date
    is_open: bool
    is_live: bool
    meeting: Meeting | None


def lines_of(group: ProgrammeGroup, today: date) -> Iterator[Line]:
    """Every week in its order, and the session to come back to."""
    planned = {meeting.week: meeting for meeting in group.meetings.all()}
    until = group.open_until(today)
    for week in group.programme.text.weeks:
        day = group.week_starts_on(week.number)
        yield Line(week.number, week.title, day, week.number <= until, week.live, planned.get(week.number))
    yield Line(Meeting.RETURN, "Terugkomdag", group.returns_on, True, True, planned.get(Meeting.RETURN))


def outline_of(group: ProgrammeGroup, number: int) -> tuple[Week | None, Outline]:
    """How to run what happens in this week; without a week for the session to come back to. Raises Http404."""
    text = group.programme.text
    if number == Meeting.RETURN:
        return None, text.return_meeting
    week = text.week(number)
    if week is None:
        raise Http404
    return week, week.meeting


@require_GET
@login_required
@never_cache
def facilitate(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """Everything of a group that is its facilitator's, on one page."""
    user, group = facilitating(request, group_id)
    lines, circle = list(lines_of(group, timezone.localdate())), circle_of(user, group)
    if circle.people or circle.guests:
        note_group_look(actor=user, cohort=group.cohort)
    context = {
        "group": group,
        "text": group.programme.text,
        "lines": lines,
        "meets": any(line.meeting for line in lines),
        "is_open": group.open_until(timezone.localdate()) > 0,
        "circle": circle,
        "in_one_firm": group.cohort.organisation.kind == Organisation.Kind.EMPLOYER,
        **way_in(request, group.cohort),
    }
    return render(request, "leadership/facilitate.html", context)


@require_POST
@same_origin_required
@login_required
def open_now(request: HttpRequest, group_id: int, number: int) -> HttpResponseBase:
    """'Open deze week nu': this week and those before it."""
    user, group = facilitating(request, group_id)
    try:
        open_week(group=group, number=number, actor=user)
    except ValueError as error:
        raise Http404 from error
    messages.success(request, f"Week {number} staat open. Iedereen kreeg bericht.")
    return redirect("leadership:facilitate", group.pk)


@require_POST
@same_origin_required
@login_required
def renew_code(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """A new code to come in; the old one stops at once."""
    user, group = facilitating(request, group_id)
    renew_join_code(cohort=group.cohort, actor=user)
    messages.success(request, "Er is een nieuwe code. De oude werkt niet meer.")
    return redirect("leadership:facilitate", group.pk)


@require_GET
@login_required
@never_cache
def outline(request: HttpRequest, group_id: int, number: int) -> HttpResponseBase:
    """How to run what happens in a week, step by step with minutes; on paper nothing but that."""
    _, group = facilitating(request, group_id)
    week, found = outline_of(group, number)
    context = {
        "group": group,
        "week": week,
        "outline": found,
        "meeting": group.meetings.filter(week=number).first(),
        "is_live": week is None or week.live,
        "number": number,
    }
    return render(request, "leadership/run.html", context)
