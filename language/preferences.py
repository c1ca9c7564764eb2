"""Which variant someone reads: only their own choice, kept on the phone, never beside data of a person.

Who chose nothing yet gets Makkelijk: it shuts nobody out, and Gewoon is one tap away
(docs/decisions/0009-variant-first-shown.md).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers

from language.variant import Variant

COOKIE = PARAMETER = "soort"
_IN_ADDRESS = {"makkelijk": Variant.MAKKELIJK, "gewoon": Variant.STANDAARD}


def chosen_in_address(request: HttpRequest) -> Variant | None:
    """The variant asked for by '?soort=': how the switch works without JavaScript."""
    return _IN_ADDRESS.get(request.GET.get(PARAMETER, ""))


def variant_of(request: HttpRequest) -> Variant:
    """The variant to show now."""
    chosen = chosen_in_address(request) or _IN_ADDRESS.get(request.COOKIES.get(COOKIE, ""))
    return chosen or Variant.MAKKELIJK


def variant_for_templates(request: HttpRequest) -> dict[str, Variant]:
    """Context processor: `variant`."""
    return {"variant": variant_of(request)}


def remember_variant(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: a choice in the address becomes the choice of this phone."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not response.get("Content-Type", "").startswith("text/html"):
            return response  # sound and data are for everybody: no cookie there
        patch_vary_headers(response, ["Cookie"])
        if chosen_in_address(request):
            response.set_cookie(
                COOKIE,
                request.GET[PARAMETER],
                max_age=settings.SESSION_COOKIE_AGE,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        return response

    return middleware
