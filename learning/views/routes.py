"""The ready routes: what there is, one of them with the learner's own progress, and following it."""

from urllib.parse import quote, urlsplit
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.files_out import file_answer
from courses.models import CoursePath, PathPage
from courses.queries import by_group, pages_of, paths_to_follow, ready_paths, start_of
from learning.badges.queries import credential_of
from learning.kept import to_keep
from learning.models import OwnRoute
from learning.paths import walk_of
from learning.queries import line_of
from learning.services import follow_path
from people.models import User
from people.origin import same_origin_required
from people.owner import SignInFirst, keep_as_learner, owner_in_cookie, set_owner_cookie, signed_in


def _path(slug: str, learner: User | None, route: OwnRoute | None) -> CoursePath:
    """One that is offered, to everybody or to the people of an organisation; who follows or does one keeps it."""
    path = paths_to_follow(learner, followed=route.path_id if route else None).filter(slug=slug).first()
    if path is None:
        raise Http404
    return path


def _route_of(learner: User | None) -> OwnRoute | None:
    return OwnRoute.objects.filter(user=learner).select_related("path__organisation").first() if learner else None


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
    own = route.path if route and route.path and route.path.organisation_id else None
    context = {"groups": groups, "trade": trade, "own": walk_of(own, line, route) if own else None}
    return render(request, "learning/paths.html", context)


@require_GET
@never_cache
def show(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One route: its lessons in order, and where one is."""
    learner = signed_in(request)
    route = _route_of(learner)
    path = _path(slug, learner, route)
    starts_on = start_of(learner, path) if learner and getattr(path, "with_group", False) else None
    walk = walk_of(path, line_of(learner), route, starts_on)
    credential = credential_of(learner, path) if learner and walk.is_done else None
    context = {
        "walk": walk,
        "path": path,
        "credential": credential,
        "to_keep": to_keep((at.stop for at in walk.stops), request.COOKIES.get("vak", "")),
    }
    return render(request, "learning/path.html", context)


@same_origin_required
@require_POST
@never_cache
def follow(request: HttpRequest, slug: str) -> HttpResponseBase:
    """'Volg deze route': it becomes the own line on home. Who is nobody yet becomes a nameless learner."""
    path = _path(slug, signed_in(request), None)
    try:
        keep_as_learner(request, owner_in_cookie(request) or uuid4(), lambda user: follow_path(user=user, path=path))
    except SignInFirst:
        return redirect(f"{reverse('people:who')}?next={quote(reverse('learning:path', args=[slug]))}")
    messages.success(request, "Dit is nu jouw route. Je kunt altijd iets anders kiezen.")
    response = redirect("learning:home")
    if learner := signed_in(request):
        set_owner_cookie(response, learner)
    return response


def _page(request: HttpRequest, slug: str, page_id: UUID) -> tuple[CoursePath, PathPage]:
    """An own page of a route that this learner may open."""
    learner = signed_in(request)
    path = _path(slug, learner, _route_of(learner))
    return path, get_object_or_404(pages_of(path), pk=page_id)


@require_GET
@never_cache
def page(request: HttpRequest, slug: str, page_id: UUID) -> HttpResponseBase:
    """A page or task of a teacher between the lessons."""
    path, found = _page(request, slug, page_id)
    context = {"path": path, "page": found, "host": urlsplit(found.link).netloc.removeprefix("www.")}
    return render(request, "learning/path_page.html", context)


@require_GET
@never_cache
def page_file(request: HttpRequest, slug: str, page_id: UUID) -> HttpResponseBase:
    """The file with it, as a download."""
    return file_answer(_page(request, slug, page_id)[1])
