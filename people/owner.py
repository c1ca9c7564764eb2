"""The owner cookie: it tells the phone's scripts whose answers they keep (docs/decisions/0008-owner-key.md)."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
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


def signed_in(request: HttpRequest) -> User | None:
    """The person this request is from, nameless or not; None before anything was kept."""
    return request.user if isinstance(request.user, User) else None


@contextmanager
def learner_keeping(request: HttpRequest, owner_key: uuid.UUID) -> Iterator[User | None]:
    """Who keeps something now: the signed-in person, else this phone's nameless learner.

    A nameless learner is made here and signed in when the block ends well; raise NothingKept in it
    when nothing was kept, and nobody was made. Gives None when the key belongs to an account: its
    owner must sign in.
    """
    with suppress(NothingKept):
        if user := signed_in(request):
            yield user
            return
        with transaction.atomic():
            learner = get_or_create_nameless(owner_key=owner_key)
            if not learner.is_nameless:
                yield None
                return
            yield learner
            login(request, learner, backend="django.contrib.auth.backends.ModelBackend")


class NothingKept(Exception):
    """Raised inside `learner_keeping` to leave no trace of a learner."""
