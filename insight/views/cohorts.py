"""The pages of who leads a class or team."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from insight.queries import ClassView, class_view
from learning.asking import end_help_request
from people.desk import way_in, whose, words_for, words_of
from people.models import Cohort, User
from people.origin import same_origin_required
from people.owner import signed_in
from people.queries import cohorts_led_by, organisations_led_by, organisations_of_hr
from people.services import note_group_look, renew_join_code


def _classes_and_teams(user: User) -> QuerySet[Cohort]:
    """What this person leads, without the groups that do a programme: these have a place of their own on the desk."""
    return cohorts_led_by(user).exclude(kind=Cohort.Kind.PROGRAMME)


@require_GET
@login_required
@never_cache
def desk(request: HttpRequest) -> HttpResponseBase:
    """The desk: the classes or teams of who looks, and the way to their routes."""
    user = signed_in(request)
    organisations = list(organisations_led_by(user)) if user else []
    led = list(_classes_and_teams(user)) if user else []
    context: dict[str, Any] = {"cohorts": led, "organisations": organisations, "words": words_for(organisations)}
    context["hr"] = user is not None and organisations_of_hr(user).exists()
    return render(request, "insight/desk.html", context)


@require_GET
@login_required
@never_cache
def cohorts(request: HttpRequest) -> HttpResponseBase:
    """Straight to the only class of who has one."""
    user = signed_in(request)
    led = list(_classes_and_teams(user)[:2]) if user else []
    return redirect("insight:cohort", led[0].pk) if len(led) == 1 else redirect("insight:desk")


@require_GET
@login_required
@never_cache
def cohort(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """One cohort: the way in, and in a class who is how far and who asks for help."""
    user, led = whose(request, cohort_id)
    view = class_view(led)
    if view.seats:
        note_group_look(actor=user, cohort=led)
    context = {
        "cohort": led,
        "words": words_of(led.organisation),
        "view": view,
        **way_in(request, led),
    }
    return render(request, "insight/cohort.html", context | _lesson_context(view, request.GET.get("les", "")))


def _lesson_context(view: ClassView, wanted: str) -> dict[str, Any]:
    """Every lesson with its counts, and the one that is looked at with the ones before and after it.

    Without a path there are many lessons: those with which nobody began stand apart.
    """
    if not view.seats or not view.modules:
        return {}
    codes = [module.code for module in view.modules]
    place = codes.index(wanted) if wanted in codes else 0
    module, rows = view.modules[place], view.rows
    titles = {module.code: module.title for module in view.modules}
    return {
        "module": module,
        "number": place + 1,
        "before": view.modules[place - 1] if place else None,
        "after": view.modules[place + 1] if place + 1 < len(codes) else None,
        "row": rows[place],
        "shown_rows": [row for row in rows if view.assignment or row.began],
        "other_rows": [row for row in rows if not view.assignment and not row.began],
        "seats": [(seat, seat.status(module.code), seat.label(module.code), seat.asks_in(module.code))
                  for seat in view.seats_in(module.code)],
        "asking": [(seat, titles.get(seat.help_module, "")) for seat in view.asking],
    }  # fmt: skip


@same_origin_required
@require_POST
@login_required
def renew_code(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """A new code; the old one stops at once."""
    user, led = whose(request, cohort_id)
    renew_join_code(cohort=led, actor=user)
    messages.success(request, "Er is een nieuwe code. De oude werkt niet meer.")
    return redirect("insight:cohort", led.pk)


@same_origin_required
@require_POST
@login_required
def helped(request: HttpRequest, cohort_id: int, user_id: int) -> HttpResponseBase:
    """Someone of the class was helped."""
    _, led = whose(request, cohort_id)
    if not led.shows_people:  # whoever it is about: an answer would tell who is in
        raise Http404
    end_help_request(user=get_object_or_404(User, pk=user_id, cohort_places__cohort=led, cohort_places__leads=False))
    return redirect("insight:cohort", led.pk)
