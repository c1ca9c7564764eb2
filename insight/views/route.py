"""Which path a class or team does, and other lessons for a few."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from courses.models import CoursePath
from courses.queries import by_group, main_assignment, other_assignments, paths_to_assign
from courses.services import assign_path, assign_to_some, end_assignment
from people.desk import whose, whose_class, words_of
from people.models import Cohort, User
from people.origin import same_origin_required
from people.services import note_group_look

CHOOSE = "Kies eerst een route uit de lijst."


@same_origin_required
@login_required
@never_cache
def route(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """The path that the group does, and choosing one. An empty choice ends it."""
    user, cohort = whose(request, cohort_id)
    if request.method != "POST":
        return render(request, "insight/route.html", _context(user, cohort))
    if "stop" in request.POST:
        end_assignment(cohort=cohort, actor=user)
        messages.success(request, f"{cohort.name} heeft nu geen route.")
        return redirect("insight:route", cohort.pk)
    path, problem, starts = _path(request, user, cohort), "", None
    try:
        starts = _day(request.POST.get("begint", ""))
    except ValueError:
        problem = "Deze datum kennen we niet. Kies een dag."
    if path is None or problem:
        context = _context(user, cohort) | {"problem": problem or CHOOSE}
        return render(request, "insight/route.html", context, status=422)
    assign_path(cohort=cohort, path=path, starts_on=starts, actor=user)
    messages.success(request, f"{cohort.name} doet nu: {path.title}.")
    return redirect("insight:cohort", cohort.pk)


@same_origin_required
@require_POST
@login_required
def for_some(request: HttpRequest, cohort_id: int) -> HttpResponseBase:
    """Another path for the learners that are ticked, or that of the class again."""
    user, cohort = whose_class(request, cohort_id)
    ticked = {value for value in request.POST.getlist("wie") if value.isdecimal() and len(value) <= 18}
    places = list(cohort.members.filter(leads=False, pk__in=ticked).select_related("user"))
    same = request.POST.get("route") == "klas"
    path = None if same else _path(request, user, cohort)
    if not places or (path is None and not same):
        context = _context(user, cohort) | {"some_problem": CHOOSE if places else "Kies eerst een of meer leerlingen."}
        return render(request, "insight/route.html", context | {"ticked": ticked}, status=422)
    assign_to_some(cohort=cohort, path=path, places=places, actor=user)
    names = ", ".join(str(place.user) for place in places)
    messages.success(request, f"{names}: {path.title if path else 'de route van de klas'}.")
    return redirect("insight:route", cohort.pk)


def _context(user: User, cohort: Cohort) -> dict[str, Any]:
    places = list(cohort.members.filter(leads=False).select_related("user")) if cohort.shows_people else []
    if places:
        note_group_look(actor=user, cohort=cohort)
    others = other_assignments(cohort) if cohort.shows_people else {}
    return {
        "cohort": cohort,
        "words": words_of(cohort.organisation),
        "assignment": main_assignment(cohort),
        "choices": _choices(list(paths_to_assign(user, cohort))),
        "places": [
            (place, others.get(place.user_id)) for place in sorted(places, key=lambda one: str(one.user).casefold())
        ],
    }


def _choices(paths: Sequence[CoursePath]) -> list[tuple[str, list[CoursePath]]]:
    """The paths of the organisation first, then the ready ones per group."""
    own = [path for path in paths if path.organisation_id]
    ready = by_group([path for path in paths if not path.organisation_id])
    return [*([("Van jouw organisatie", own)] if own else []), *((str(group.label), found) for group, found in ready)]


def _path(request: HttpRequest, user: User, cohort: Cohort) -> CoursePath | None:
    wanted = request.POST.get("route", "")
    if not wanted.isdecimal() or len(wanted) > 18:
        return None
    return paths_to_assign(user, cohort).filter(pk=int(wanted)).first()


def _day(typed: str) -> date | None:
    """A day; None for nothing. Raises ValueError."""
    return date.fromisoformat(typed.strip()) if typed.strip() else None
