"""GET /xapi/profile: what our own statements say, and never say, for machines (docs/reference/xapi-profile.md)."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from xapi.core.profile import profile
from xapi.gate import Refused, guarded


def _profile(request: HttpRequest) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        raise Refused(405, "This resource knows GET.")
    return JsonResponse(profile(settings.BASE_URL), content_type="application/ld+json")


view = guarded(_profile, "GET, HEAD, OPTIONS")
