"""The programme of who takes part: its weeks, and the way to each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.queries import groups_led_by, groups_of
from leadership.views.whose import who


@require_GET
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """The groups of who looks: where they take part and those they facilitate."""
    user = who(request)
    taken, led = list(groups_of(user)), list(groups_led_by(user))
    if not taken and not led:
        raise Http404
    return render(request, "leadership/home.html", {"taken": taken, "led": led})
