"""A route of an organisation as a learner will see it, for who builds it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from courses.models import CoursePath
from courses.queries import paths_to_build
from language.variant import Variant
from learning.paths import walk_of
from learning.queries import line_of
from people.desk import who_leads, words_of

VARIANTS = {"makkelijk": ("Makkelijk", Variant.MAKKELIJK), "gewoon": ("Gewoon", Variant.STANDAARD)}


def _path(request: HttpRequest, path_id: int) -> CoursePath:
    user, _ = who_leads(request)
    return get_object_or_404(paths_to_build(user).prefetch_related("lessons", "pages"), pk=path_id)


@require_GET
@login_required
@never_cache
def path_preview(request: HttpRequest, path_id: int) -> HttpResponseBase:
    """Two phones beside each other, one in each text."""
    path = _path(request, path_id)
    variants = [(name, label) for name, (label, _) in VARIANTS.items()]
    context = {"path": path, "words": words_of(path.owner), "variants": variants}
    return render(request, "learning/path_preview.html", context)


@require_GET
@login_required
@never_cache
def path_on_phone(request: HttpRequest, path_id: int, name: str) -> HttpResponseBase:
    """The page of the route in one text, of a learner who did nothing yet. What the teacher chose to read stays."""
    path = _path(request, path_id)
    if name not in VARIANTS:
        raise Http404
    label, variant = VARIANTS[name]
    context = {"path": path, "walk": walk_of(path, line_of(None), None), "variant": variant, "preview": label}
    return render(request, "learning/path.html", context)
