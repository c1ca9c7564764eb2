"""The page of the installation's health in the admin, for administrators of the whole site."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from integrations.statements.views import administrators_only
from lms.models import FailedTask
from lms.watch import failures
from lms.watch.lines import lines, worst
from people.models import User

MOST_SHOWN = 50


@require_GET
@never_cache
@administrators_only
def health(request: HttpRequest) -> HttpResponseBase:
    """Everything on one page, and the tasks that failed."""
    found = lines()
    failed = FailedTask.objects.filter(resolved_at=None)[:MOST_SHOWN]
    return render(request, "lms/admin/health.html", {"lines": found, "worst": worst(found), "failed": failed})


@require_POST
@administrators_only
def retry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a task once more."""
    try:
        failures.retry(failed=_open(pk), actor=_actor(request))
    except failures.CannotRetry:
        messages.error(request, "Deze taak kan niet met een knop opnieuw. De klok probeert het zelf weer.")
    else:
        messages.success(request, "De taak is opnieuw gestuurd. Lukt het, dan gaat hij van de lijst.")
    return redirect("health")


@require_POST
@administrators_only
def put_away(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Off the list: nothing has to be done about it."""
    failures.put_away(failed=_open(pk), actor=_actor(request))
    messages.success(request, "De taak is van de lijst.")
    return redirect("health")


def _open(pk: int) -> FailedTask:
    return get_object_or_404(FailedTask, pk=pk, resolved_at=None)


def _actor(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
