"""Whom to tell of a hole in the security of this site, where researchers look for it (RFC 9116).

Nothing without SECURITY_CONTACT: an address that nobody reads is worse than none. What Kortwijs itself promises stands
in SECURITY.md.
"""

from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_GET

HOLDS = timedelta(days=180)  # RFC 9116, 2.5.5: less than a year


@require_GET
def security_txt(request: HttpRequest) -> HttpResponseBase:
    """For everybody. It never goes stale: who asks later gets a later day. Raises Http404 where no contact is set."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = (datetime.now(UTC) + HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {settings.BASE_URL}/.well-known/security.txt",
    )
    return HttpResponse("".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8")
