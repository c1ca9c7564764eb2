"""The ready routes: what there is, one of them with the learner's own progress, and following it."""

from urllib.parse import quote
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.models import CoursePath
from courses.queries import all_ready_paths, by_group, ready_paths
from learning.badges.queries import credential_of
from learning.models import OwnRoute
from learning.paths import walk_of
from learning.queries import line_of
from learning.services import follow_path
from people.models import User
from people.origin import same_origin_required
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, set_owner_cookie, signed_in


def _path(slug: str, route: OwnRoute | None) -> CoursePath:
    """One that is offered; who follows one that no longer is can still look at it."""
    path = all_ready_paths().filter(slug=slug).first()
    if path is None or (path.archived and (route is None or route.path_id != path.pk)):
        raise Http404
    return path


def _route_of(learner: User | None) -> OwnRoute | None:
    return OwnRoute.objects.filter(user=learner).first() if learner else None


@require_GET
@never_cache
def show_all(request: HttpRequest) -> HttpResponseBase:
    """Every ready route, for a trade, for the mbo and for owners, and how far one is in each."""
    learner = signed_in(request)
    line, route = line_of(learner), _route_of(learner)
    trade = request.COOKIES.get("vak", "")
    groups = [
        (group, [walk_of(path, line, route) for path in paths])
        for group, paths in by_group(list(ready_paths()), own_trade=trade)
    ]
    return render(request, "learning/paths.html", {"groups": groups, "trade": trade})


@require_GET
@never_cache
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One route: its lessons in order, and where one is."""
    learner = signed_in(request)
    route = _route_of(learner)
    path = _path(slug, route)
    walk = walk_of(path, line_of(learner), route)
    credential = credential_of(learner, path) if learner and walk.is_done else None
    return render(request, "learning/path.html", {"walk": walk, "path": path, "credential": credential})


@same_origin_required
@require_POST
@never_cache
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """'Volg deze route': it becomes the own line on home. Who is nobody yet becomes a nameless learner."""
    path = _path(slug, None)
    try:
        keep_as_learner(request, owner_in_cookie(request) or uuid4(), lambda user: follow_path(user=user, path=path))
    except SignInFirst:
        return redirect(f"{reverse('people:who')}?next={quote(reverse('learning:path', args=[slug]))}")
    messages.success(request, "Dit is nu jouw route. Je kunt altijd iets anders kiezen.")
    response = redirect("learning:home")
    if learner := signed_in(request):
        set_owner_cookie(response, learner)
    return response
