"""The routes of a desk, and beginning one."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.board import board_of
from courses.forms import StartForm, key_of
from courses.lessons import shelf
from courses.models import CoursePath
from courses.queries import by_group, paths_to_build, paths_to_copy
from courses.services import start_path
from people.desk import who_leads, words_for
from people.origin import same_origin_required


@require_GET
@login_required
@never_cache
def routes(request: HttpRequest) -> HttpResponseBase:
    """Own routes, those that colleagues share, and what was put away."""
    user, organisations = who_leads(request)
    lessons = shelf()
    boards = [board_of(path, lessons) for path in paths_to_build(user).prefetch_related("lessons", "pages")]
    open_ones = [board for board in boards if not board.path.archived]
    context = {
        "own": [board for board in open_ones if board.path.made_by_id == user.pk],
        "shared": [board for board in open_ones if board.path.made_by_id != user.pk],
        "archived": [board for board in boards if board.path.archived],
        "organisations": organisations,
        "words": words_for(organisations),
    }
    return render(request, "courses/routes.html", context)


@same_origin_required
@login_required
@never_cache
def start(request: HttpRequest) -> HttpResponseBase:
    """A new route: from a ready one, from one of the organisation, or from nothing."""
    user, organisations = who_leads(request)
    origins = list(paths_to_copy(user))
    form = StartForm(request.POST if request.method == "POST" else None, organisations=organisations, origins=origins)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        path = start_path(
            organisation=said["organisation"],
            title=said["title"],
            actor=user,
            origin=said["origin"],
            key=said.get("key"),
        )
        messages.success(request, "Opgeslagen. Je route is er.")
        return redirect("courses:builder", path.pk)
    context = {"form": form, "key": key_of(request.POST.get("key", "")) or uuid4()}
    context |= {"organisations": organisations, "words": words_for(organisations)}
    context |= _origins(origins, request)
    return render(request, "courses/start.html", context, status=422 if form.is_bound else 200)


def _origins(origins: list[CoursePath], request: HttpRequest) -> dict[str, Any]:
    """What a route can begin with, in groups; `chosen` is what was tapped, or asked for by an address."""
    lessons = shelf()
    own = [path for path in origins if path.organisation_id]
    ready = by_group([path for path in origins if not path.organisation_id])
    groups = [("Van jou en je collega’s", own), *((group.label, paths) for group, paths in ready)]
    return {
        "groups": [(label, [board_of(path, lessons) for path in paths]) for label, paths in groups if paths],
        "chosen": request.POST.get("origin", request.GET.get("van", "")),
    }
