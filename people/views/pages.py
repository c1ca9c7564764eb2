"""'Wie ziet wat?', and messages."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from people.audit import group_looks_told, looks_told
from people.origin import same_origin_required
from people.owner import signed_in
from people.services import mark_notice_read
from people.terms import terms_told
from people.visibility import sight_of


@never_cache
def who_sees_what(request: HttpRequest) -> HttpResponseBase:
    """Who sees what of this learner, from the same rows that enforce it."""
    user = signed_in(request)
    terms = terms_told(user, timezone.now()) if user else []
    return render(request, "people/who_sees_what.html", {"sight": sight_of(user), "terms": terms})


@never_cache
def who_looked(request: HttpRequest) -> HttpResponseBase:
    """Who looked at what is kept of this learner, when and why."""
    user = signed_in(request)
    context = {"looks": looks_told(user) if user else [], "group_looks": group_looks_told(user) if user else []}
    return render(request, "people/who_looked.html", context)


@same_origin_required
@require_POST
def read_notice(request: HttpRequest, notice_id: int) -> HttpResponseBase:
    """Put one of your own messages away."""
    user = signed_in(request)
    if user is None or not mark_notice_read(user=user, notice_id=notice_id):
        return HttpResponse("Dit bericht is er niet.", status=404)
    return redirect("learning:home")
