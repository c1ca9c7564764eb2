"""Leren zonder internet: keeping lessons on the phone with their sound, and making room again."""

from django.core.validators import slug_re
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.models import CoursePath
from courses.queries import paths_to_follow
from learning.kept import for_on_the_way, row_of, sound_sizes
from learning.paths import walk_of
from learning.queries import home_of
from people.owner import signed_in


@require_GET
@never_cache
def show(request: HttpRequest) -> HttpResponseBase:
    """What can be kept: the lessons that come next, or those of one route, and then all others."""
    learner, trade = signed_in(request), request.COOKIES.get("vak", "")
    own = home_of(learner)
    path: CoursePath | None = None
    first = for_on_the_way(own.line)
    if slug := request.GET.get("route"):
        offered = paths_to_follow(learner, followed=own.route.path_id if own.route else None)
        path = offered.filter(slug=slug).first() if slug_re.match(slug) else None
        if path is None:
            raise Http404
        first = [at.stop for at in walk_of(path, own.line, own.route).stops if at.stop]
    codes = {stop.module.code for stop in first}
    sizes = sound_sizes()
    context = {
        "path": path,
        "first": row_of(first, trade, sizes),
        "others": row_of((stop for stop in own.line.stops if stop.module.code not in codes), trade, sizes),
    }
    return render(request, "learning/kept.html", context)
