"""The owner cookie: it tells the phone's scripts whose answers they keep (docs/decisions/0008-owner-key.md)."""

import uuid
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.db.models import Q, Subquery
from django.http import HttpRequest, HttpResponseBase

from people.cookies import set_cookie
from people.learner_only import BACKEND
from people.models import FormerKey, User

COOKIE, NAME_COOKIE = "eigenaar", "naam"
JOINED_COOKIE = "samen"  # for a script of ours: whose own words on this phone go along to which key (lms/site.js)
JOINED_SECONDS = 24 * 3600
ON_YOUR_OWN = "Dat kan alleen op je eigen telefoon."
BY_NICKNAME = "bijnaam"  # in the session: it began at the door of a team
BY_PLATFORM = "leeromgeving"  # in the session: a learning system said who it is
T = TypeVar("T")


def owner_in_cookie(request: HttpRequest) -> uuid.UUID | None:
    """The key the phone made for itself, if it has one."""
    try:
        return uuid.UUID(request.COOKIES.get(COOKIE, ""))
    except ValueError:
        return None


def came_by_nickname(request: HttpRequest) -> bool:
    """True in a session of a team that began with a nickname and pictures, on a device that may be anyone's.

    It learns and does nothing else: no new pictures, no e-mail address, no way to another phone. Else who finds the
    device in use, such as the one who leads the team, could make the account theirs.
    """
    return BY_NICKNAME in request.session


def may_be_anyones(request: HttpRequest) -> bool:
    """True where nothing but a nickname and pictures says who this is: then nothing of theirs is shown to others.

    A learning system that signed them in says more.
    """
    return came_by_nickname(request) and BY_PLATFORM not in request.session


def set_owner_cookie(response: HttpResponseBase, user: User, max_age: int = settings.SESSION_COOKIE_AGE) -> None:
    """Readable by our scripts, never sent to another site: the key, to keep outboxes apart, and the first
    name, so that a lesson can show who is learning."""
    set_cookie(response, COOKIE, str(user.owner_key), max_age=max_age)
    if user.first_name:
        set_cookie(response, NAME_COOKIE, quote(user.first_name), max_age=max_age)
    else:
        response.delete_cookie(NAME_COOKIE)


def take_words_along(response: HttpResponseBase, before: uuid.UUID, now: uuid.UUID) -> None:
    """What was written for oneself on this phone under the key `before` is to be found under `now`.

    Only for keys of one person: the phone believes it.
    """
    if before != now:
        set_cookie(response, JOINED_COOKIE, f"{before}.{now}", max_age=JOINED_SECONDS)


def forget_owner(response: HttpResponseBase) -> None:
    """The next one on this phone begins as someone new."""
    response.delete_cookie(COOKIE)
    response.delete_cookie(NAME_COOKIE)


def with_owner_key(key: uuid.UUID) -> User | None:
    """Whose key this is, also when it was theirs before they became one with another learner."""
    former = FormerKey.objects.filter(key=key).values("user")  # by itself, so that both find their index
    return User.objects.filter(Q(owner_key=key) | Q(pk=Subquery(former))).first()


def signed_in(request: HttpRequest) -> User | None:
    """The person this request is from, nameless or not; None before anything was kept."""
    return request.user if isinstance(request.user, User) else None


def keep_as_learner(request: HttpRequest, owner_key: uuid.UUID, keep: Callable[[User], T]) -> T:
    """What `keep` gives for the signed-in person, else for this phone's nameless learner.

    A learner who is not there yet is given to `keep` unsaved; where `keep` saved them they are signed
    in, else nobody was made. Raises SignInFirst when the key belongs to someone with a name.
    """
    if user := signed_in(request):
        try:
            return keep(user)
        except IntegrityError:
            if User.objects.filter(pk=user.pk).exists():
                raise
            request.session.flush()  # meanwhile this learner became one with another, who has the key now
            request.user = AnonymousUser()
    try:
        return _keep_nameless(request, owner_key, keep)
    except IntegrityError:  # two first batches at once: by now the other made the learner
        return _keep_nameless(request, owner_key, keep)


class SignInFirst(Exception):
    """The phone's key belongs to someone with a name, and nobody is signed in."""


def _keep_nameless(request: HttpRequest, owner_key: uuid.UUID, keep: Callable[[User], T]) -> T:
    learner = with_owner_key(owner_key) or User.objects.new_nameless(owner_key)
    if not learner.is_nameless:
        raise SignInFirst
    kept = keep(learner)
    if learner.pk is not None:
        begin_session(request, learner)
    return kept


def begin_session(request: HttpRequest, learner: User) -> None:
    """Django's `login` for someone who never signs in: one insert, and no last_login to update.

    Whatever rights their account has, they only learn in it.
    """
    session = request.session
    if SESSION_KEY in session:
        session.flush()
    learner.only_learns = True
    session[SESSION_KEY] = str(learner.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = learner.get_session_auth_hash()
    session.cycle_key()
    request.user = learner
