from django.http import HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.views.decorators.http import require_safe

from media.views import manifest
from modules.models import ModulePage
from modules.speech import name_of


@require_safe
def lesson_sound(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What a published lesson sounds like: the same for everybody, so no session is read."""
    page = ModulePage.objects.live().filter(slug=slug).only("code").first()
    return manifest(request, name_of(page)) if page else HttpResponseNotFound(content_type="text/plain")
