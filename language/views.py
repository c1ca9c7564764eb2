from itertools import groupby

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from language.models import GlossaryTerm
from language.queries import words_in_languages


def word(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a word means: the page behind a dotted word where there is no script to open the sheet."""
    came_from = request.headers.get("Referer", "")
    back = came_from if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else "/lessen/"
    term = get_object_or_404(GlossaryTerm.objects.prefetch_related("translations"), slug=slug)
    return render(request, "language/word.html", {"term": term, "back": back})


def words(request: HttpRequest) -> HttpResponseBase:
    """The whole word list, by letter."""
    terms = sorted(GlossaryTerm.objects.prefetch_related("translations"), key=lambda term: term.term.casefold())
    letters = [(letter, list(found)) for letter, found in groupby(terms, key=lambda term: term.term[0].upper())]
    return render(request, "language/words.html", {"letters": letters})


@require_safe
@cache_control(public=True, max_age=3600, stale_while_revalidate=86_400)
def languages(request: HttpRequest) -> HttpResponseBase:
    """Every word in every language at once: the same for everybody, no session is read and no cookie set."""
    return JsonResponse(words_in_languages(), json_dumps_params={"ensure_ascii": False, "separators": (",", ":")})
