"""When a group meets, as a file for an agenda: for who takes part in it or facilitates it."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.agenda import calendar_of
from leadership.models import Meeting, ProgrammeGroup
from leadership.views.whose import inside


@require_GET
@login_required
@never_cache
def calendar(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """All meetings that are planned; nothing is there as long as none is."""
    _, group = inside(request, group_id)
    return _file(group, list(group.meetings.all()), "")


@require_GET
@login_required
@never_cache
def one_meeting(request: HttpRequest, group_id: int, week: int) -> HttpResponseBase:
    """One of them; week 0 is the session to come back to."""
    _, group = inside(request, group_id)
    found = list(group.meetings.filter(week=week))
    return _file(group, found, "-terugkomdag" if week == Meeting.RETURN else f"-week-{week}")


def _file(group: ProgrammeGroup, meetings: Sequence[Meeting], which: str) -> HttpResponse:
    if not meetings:
        raise Http404
    response = HttpResponse(calendar_of(group, meetings), content_type="text/calendar; charset=utf-8")
    name = slugify(group.cohort.name)[:40].strip("-") or "groep"
    response["Content-Disposition"] = f'attachment; filename="agenda-{name}{which}.ics"'
    return response
