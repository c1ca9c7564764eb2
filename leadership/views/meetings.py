"""When and where a group meets: planned by who facilitates it, and as a file for an agenda for all in it."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from leadership.agenda import calendar_of, title_of
from leadership.forms import MeetingForm
from leadership.models import Meeting, ProgrammeGroup
from leadership.services import plan_meeting
from leadership.views.facilitate import outline_of
from leadership.views.whose import facilitating, inside
from people.origin import same_origin_required


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


@require_http_methods(["GET", "HEAD", "POST"])
@same_origin_required
@login_required
@never_cache
def plan(request: HttpRequest, group_id: int, week: int) -> HttpResponseBase:
    """When and where the group meets in this week, or in week 0 to come back; planning it again moves it."""
    user, group = facilitating(request, group_id)
    found, outline = outline_of(group, week)
    if found and not found.live:
        raise Http404
    meeting = group.meetings.filter(week=week).first()
    form = MeetingForm(
        request.POST if request.method == "POST" else None,
        group=group,
        meeting=meeting,
        initial=MeetingForm.beginning(group, week, meeting, outline),
    )
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in ("starts_at", "minutes", "place")}
        plan_meeting(group=group, week=week, actor=user, **said)
        messages.success(request, "De bijeenkomst staat. Iedereen kreeg bericht.")
        return redirect("leadership:facilitate", group.pk)
    context = {"group": group, "form": form, "meeting": meeting, "title": title_of(group, week)}
    return render(request, "leadership/plan.html", context, status=422 if request.method == "POST" else 200)
