"""Looking back on a week, for oneself. The server gives the questions and never gets an answer."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.views.whose import taking_part


@require_GET
@login_required
@never_cache
def reflection(request: HttpRequest, group_id: int, week: int) -> HttpResponseBase:
    """The questions for a week that is open, with fields that keep to this device."""
    _, group = taking_part(request, group_id)
    text = group.programme.text
    found = text.week(week)
    if found is None or week > group.open_until(timezone.localdate()):
        raise Http404
    return render(request, "leadership/reflection.html", {"group": group, "week": found, "questions": text.reflection})
