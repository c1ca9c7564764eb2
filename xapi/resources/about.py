"""GET /xapi/about: which versions are spoken here; no key is needed (1.0.3 part 3 section 2.8)."""

from django.http import HttpRequest, HttpResponse, JsonResponse

from xapi.calls import call_of
from xapi.core import parameters
from xapi.core.versions import SPOKEN, Version, asked
from xapi.gate import Refused, guarded


def _about(request: HttpRequest) -> HttpResponse:
    call = call_of(request)
    if call.method not in ("GET", "HEAD"):
        raise Refused(405, "This resource knows GET.")
    parameters.known(call.parameters, ())
    version = asked(call.version_header) or Version.V2
    return JsonResponse({"version": SPOKEN}, headers={"X-Experience-API-Version": version.value})


view = guarded(_about, "GET, HEAD, OPTIONS")
