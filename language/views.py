from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.http import url_has_allowed_host_and_scheme

from language.models import GlossaryTerm


def word(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a word means: the page behind a dotted word where there is no script to open the sheet."""
    came_from = request.headers.get("Referer", "")
    back = came_from if url_has_allowed_host_and_scheme(came_from, {request.get_host()}) else "/lessen/"
    return render(request, "language/word.html", {"term": get_object_or_404(GlossaryTerm, slug=slug), "back": back})


def words(request: HttpRequest) -> HttpResponseBase:
    """The whole word list."""
    return render(request, "language/words.html", {"terms": GlossaryTerm.objects.all()})
