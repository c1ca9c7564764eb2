"""One week: its lesson, what one makes, and what to do with a partner."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.queries import partners_of
from leadership.views.whose import taking_part
from leadership.weeks import CLOSED, line_of
from learning.completion import Status, status_of
from learning.queries import progress_in
from modules.models import ModulePage
from modules.queries import catalogue
from people.models import User


@dataclass(frozen=True)
class Lesson:
    """The lesson of a week, None when it is not there, and how far who looks is."""

    page: ModulePage | None
    status: Status


@require_GET
@login_required
@never_cache
def week(request: HttpRequest, group_id: int, number: int) -> HttpResponseBase:
    """A week that is open, for who takes part; one that is not open says when it will be."""
    user, group = taking_part(request, group_id)
    stop = next((one for one in line_of(user, group, timezone.localdate()) if one.week.number == number), None)
    if stop is None:
        raise Http404
    context = {
        "group": group,
        "stop": stop,
        "week": stop.week,
        "is_closed": stop.state == CLOSED,
        "lesson": _lesson(user, stop.week.lesson),
        "partners": list(partners_of(user, group)),
        "meeting": group.meetings.filter(week=number).first(),
    }
    return render(request, "leadership/week.html", context)


def _lesson(user: User, code: str) -> Lesson:
    page = catalogue().filter(code=code).first()
    return Lesson(page, status_of(progress_in(user, code)))
