"""Someone becomes the one who learns on this phone, and takes along what was done here before."""

from urllib.parse import quote

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from people.cookies import set_cookie
from people.models import User
from people.owner import (
    BY_NICKNAME,
    begin_session,
    came_by_nickname,
    forget_owner,
    owner_in_cookie,
    set_owner_cookie,
    signed_in,
    take_words_along,
    with_owner_key,
)
from people.phone_book import SHARED_COOKIE, forget, learners_of, remember
from people.registry import holdings_of
from people.services import mark_came_in, merge_people, send_notice

SHARED_SECONDS = 12 * 3600
WAITING = "samenvoegen"  # in the session: the learner about whom the person is asked


def learner_here(request: HttpRequest) -> User | None:
    """Who learnt on this phone until now, without an account: in the session, else by the phone's own key.

    Not who came in by nickname: whoever takes the device next must not be asked whether those lessons are theirs.
    """
    if came_by_nickname(request):
        return None
    found = signed_in(request)
    if found is None and (key := owner_in_cookie(request)):
        found = with_owner_key(key)
    return None if found is None or found.can_sign_in else found


def bring_along(request: HttpRequest, response: HttpResponseBase, here: User | None, user: User) -> None:
    """After `user` signed in: what `here` did becomes theirs, or the response leads to where they are asked.

    Asked whenever both have something, and always when `here` has a name: a shared phone is no proof.
    """
    if here is None or here.pk == user.pk or not holdings_of(here):
        return
    if here.is_nameless and not holdings_of(user):
        what = ", ".join(holdings_of(here))
        forget(request, response, here)
        merge_people(source=here, target=user)
        take_words_along(response, here.owner_key, user.owner_key)
        send_notice(user=user, text=f"Van deze telefoon meegenomen: {what}.")
        return
    request.session[WAITING] = here.pk
    response["Location"] = reverse("people:merge")


def waiting_learner(request: HttpRequest) -> User | None:
    """The learner about whom this person still has to say whether it is them."""
    found = User.objects.filter(pk=request.session.get(WAITING) or 0).first()
    return None if found is None or found.can_sign_in else found


def arrive(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """This phone is `user`'s now."""
    begin_session(request, user)
    mark_came_in(user=user)
    settle(request, response, user)


def arrive_by_nickname(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """In by the door of a team: for the day, on a device that may be anyone's. The phone book does not know them."""
    here = learner_here(request)
    if here is not None and here.pk != user.pk:
        depart(request, response)
    begin_session(request, user)
    request.session[BY_NICKNAME] = True
    request.session.set_expiry(SHARED_SECONDS)
    settle(request, response, user)
    set_cookie(response, SHARED_COOKIE, "1")  # every page says who is here
    bring_along(request, response, here if here is not None and here.is_nameless else None, user)


def arrive_with_pictures(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """In by pictures. Lessons of nobody's name come along; those of someone with a name stay theirs, unasked.

    On a phone that others use too it lasts for the day; then the pictures are asked again.
    """
    here = learner_here(request)
    shared = any(learner.pk != user.pk for learner in learners_of(request))
    if here is not None and here.pk != user.pk:
        depart(request, response)
    arrive(request, response, user)
    if shared:
        request.session.set_expiry(SHARED_SECONDS)
    bring_along(request, response, here if here is not None and here.is_nameless else None, user)


def settle(request: HttpRequest, response: HttpResponseBase, user: User) -> None:
    """The cookies of someone who is signed in; after a nickname they end with the session."""
    if came_by_nickname(request):
        set_owner_cookie(response, user, SHARED_SECONDS)
    else:
        set_owner_cookie(response, user)
    remember(request, response, user)


def come_back(request: HttpRequest, here: User) -> HttpResponseBase:
    """The session ended: a nameless learner's phone is key enough, someone with a name is asked."""
    if not here.is_nameless:
        return redirect(f"{reverse('people:who')}?next={quote(request.path)}")
    response = redirect(request.path)
    if key := owner_in_cookie(request):
        take_words_along(response, key, here.owner_key)
    arrive(request, response, here)
    return response


def depart(request: HttpRequest, response: HttpResponseBase) -> None:
    """The way out: the phone keeps who was here in its phone book, and begins anew."""
    if here := learner_here(request):
        remember(request, response, here)
    request.session.flush()
    request.user = AnonymousUser()
    forget_owner(response)
