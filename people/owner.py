"""The owner cookie: it tells the phone's scripts whose answers they keep (docs/decisions/0008-owner-key.md)."""

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponseBase

from people.models import User
from people.services import get_or_create_nameless

COOKIE = "eigenaar"


def owner_in_cookie(request: HttpRequest) -> uuid.UUID | None:
    """The key the phone made for itself, if it has one."""
    try:
        return uuid.UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def set_owner_cookie(response: HttpResponseBase, user: User) -> None:
    """Readable by our scripts (they need it to keep outboxes apart), never sent to another site."""
    response.set_cookie(
        COOKIE,
        str(user.owner_key),
        max_age=settings.SESSION_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def learner_of(request: HttpRequest, owner_key: uuid.UUID) -> User | None:
    """Who sends this: the signed-in person, else this phone's nameless learner (made and signed in).

    Gives None when the key belongs to someone else, or to someone with an account who must sign in.
    """
    if isinstance(request.user, User):
        return request.user if request.user.owner_key == owner_key else None
    learner = get_or_create_nameless(owner_key=owner_key)
    if not learner.is_nameless:
        return None
    login(request, learner, backend="django.contrib.auth.backends.ModelBackend")
    return learner
