"""How a cookie of Kortwijs is set: never sent from another site, and safe wherever sessions are."""

from django.conf import settings
from django.http import HttpResponseBase


def set_cookie(
    response: HttpResponseBase,
    name: str,
    value: str,
    *,
    httponly: bool = False,
    max_age: int = settings.SESSION_COOKIE_AGE,
) -> None:
    """Set cookie `name` for `max_age` seconds; scripts of ours read it unless `httponly`."""
    response.set_cookie(
        name, value, max_age=max_age, httponly=httponly, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
