"""The programme of who takes part: its weeks, and the way to each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from leadership.models import Meeting
from leadership.queries import groups_led_by, groups_of, may_look_back, partners_of, products_of, size_of
from leadership.views.whose import taking_part, who
from leadership.weeks import line_of
from people.queries import organisations_for_programmes

QUESTION_PICTOGRAMS = ("search", "ear", "hand", "clock")  # of the four questions, in their order


@require_GET
@login_required
@never_cache
def home(request: HttpRequest) -> HttpResponseBase:
    """The groups of who looks: where they take part and those they facilitate. One group: straight to its weeks."""
    user = who(request)
    taken, led = list(groups_of(user)), list(groups_led_by(user))
    may_begin = organisations_for_programmes(user).exists()
    if not taken and not led and not may_begin and not products_of(user).exists():
        raise Http404
    if len(taken) == 1 and not led:
        return redirect("leadership:programme", taken[0].pk)
    return render(request, "leadership/home.html", {"taken": taken, "led": led, "may_begin": may_begin})


@require_GET
@login_required
@never_cache
def programme(request: HttpRequest, group_id: int) -> HttpResponseBase:
    """The weeks of a group in which one takes part, when it meets, and with whom one reviews."""
    user, group = taking_part(request, group_id)
    now, text = timezone.now(), group.programme.text
    people, organisations = size_of(group)
    number = group.open_until(timezone.localdate(now)) or 1
    meetings = list(group.meetings.all())
    meeting = next((one for one in meetings if one.week == number), None)
    context = {
        "group": group,
        "text": text,
        "people": people,
        "organisations": organisations,
        "stops": line_of(user, group, timezone.localdate(now)),
        "week": text.week(number),
        "meeting": meeting,
        "is_over": meeting is not None and meeting.ends_at <= now,
        "later": next((one for one in meetings if one.week != number and one.ends_at > now), None),
        "is_back": Meeting.RETURN,
        "may_look_back": may_look_back(user, group, timezone.localdate(now)),
        "partners": list(partners_of(user, group)),
        "questions": list(zip(text.peer_questions, QUESTION_PICTOGRAMS, strict=False)),
    }
    return render(request, "leadership/programme.html", context)
