"""Who learnt on this phone before: learners without an account, who come back by saying 'dat ben ik'.

A signed cookie that scripts cannot read holds their owner keys. Someone with an account is not in it:
they sign in.
"""

import uuid

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from people.cookies import set_cookie
from people.models import FormerKey, User
from people.owner import came_by_nickname

COOKIE = "telefoon"
SHARED_COOKIE = "gedeeld"  # more than one learner here: a lesson then says who is learning
TAKEN_OFF_COOKIE = "weg"  # for a script of ours: whose memory of lessons goes from the phone (lms/site.js)
TAKEN_OFF_SECONDS = 24 * 3600
SALT = "people.phone_book"
MOST = 6


def learners_of(request: HttpRequest) -> list[User]:
    """The learners this phone knows, each once, the last one first; who is gone or has an account by now is left out.

    Who became one with another without an account is that other.
    """
    keys = _keys(request)
    if not keys:
        return []
    found = {user.owner_key: user for user in User.objects.filter(owner_key__in=keys)}
    found |= {former.key: former.user for former in FormerKey.objects.filter(key__in=keys).select_related("user")}
    return list(dict.fromkeys(found[key] for key in keys if key in found and not found[key].can_sign_in))


def remember(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Put this learner on top; who was here longest ago makes room.

    Nobody who came in by nickname: on a device of a team the book would be a list of who is in it.
    """
    if not user.can_sign_in and not came_by_nickname(request):
        _write(request, response, [user.owner_key, *(key for key in _keys(request) if key != user.owner_key)][:MOST])


def forget(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Take this learner out of the book, under every key they had."""
    theirs = _keys_of(user)
    _write(request, response, [key for key in _keys(request) if key not in theirs])


def take_off(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """Take this learner off the phone: out of the book, and what its scripts remember too."""
    forget(request, response, user)
    set_cookie(
        response,
        TAKEN_OFF_COOKIE,
        ".".join(str(key) for key in _keys_of(user)),
        max_age=TAKEN_OFF_SECONDS,
    )


def _keys_of(user: User) -> list[uuid.UUID]:
    return [user.owner_key, *FormerKey.objects.filter(user_id=user.pk).values_list("key", flat=True)]


def _keys(request: HttpRequest) -> list[uuid.UUID]:
    """As the phone sent them, or as they were written since in this request."""
    written: list[uuid.UUID] | None = getattr(request, "_phone_book", None)
    if written is not None:
        return written
    try:
        return [uuid.UUID(key) for key in signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT)]
    except (signing.BadSignature, ValueError, TypeError, AttributeError):
        return []


def _write(request: HttpRequest, response: HttpResponseBase, keys: list[uuid.UUID]) -> None:
    request._phone_book = keys  # type: ignore[attr-defined]
    set_cookie(response, COOKIE, signing.dumps([str(key) for key in keys], salt=SALT), httponly=True)
    if len(keys) > 1:
        set_cookie(response, SHARED_COOKIE, "1")
    else:
        response.delete_cookie(SHARED_COOKIE)
