"""Forms and posts on learner pages are guarded without a token, so that pages can be kept and cached.

A browser sends `Sec-Fetch-Site` and `Origin` and a page cannot forge them; the session cookie is
SameSite=Lax. Why no token: docs/decisions/0005-no-token-on-learner-pages.md. Source: Fetch Metadata
(W3C), OWASP cheat sheet on cross-site request forgery ('Fetch Metadata headers').
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def is_same_origin(request: HttpRequest) -> bool:
    """True when the browser says that one of our own pages sent this.

    Browsers without either header (older than 2020) must show a Referer of this host.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    sent_by = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(sent_by).netloc == request.get_host()
    except ValueError:
        return False


def on_this_site(wanted: str) -> str:
    """Where someone was going, as an address on this site; "" for anything else.

    Only what begins with a slash: to Django's `redirect` another word is the name of a view, and fails when there is
    none of that name.
    """
    return wanted if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, None) else ""


def same_origin_required(view: View[P]) -> View[P]:
    """Guards a view that changes something; takes the place of the CSRF token."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method not in ("GET", "HEAD", "OPTIONS") and not is_same_origin(request):
            return HttpResponse("Dit kwam van een andere site. Ga terug en probeer het opnieuw.", status=403)
        return view(request, *args, **kwargs)

    return cast(View[P], csrf_exempt(guarded))
