"""Who is at the door: someone who said who they are, and has yet to show it with their pictures.

A signed cookie that scripts cannot read holds how they said it: by a card, by the list of a class, by the book of
this phone. What it says is looked up again at each step, so a card that was renewed or a list that was closed
meanwhile leads nowhere.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from people.cookies import set_cookie
from people.models import Cohort, CohortMember, User
from people.phone_book import learners_of
from people.queries import find_card, sign_in_places

COOKIE = "komt"
SECONDS = 3600
SALT = "people.coming"


class By(StrEnum):
    """How someone said who they are."""

    CARD = "kaart"
    LIST = "lijst"
    PHONE = "telefoon"


@dataclass(frozen=True)
class Coming:
    """Someone at the door. `cohort` is the class of their card or list; `next` where they were going, on this site."""

    user: User
    by: By
    cohort: Cohort | None = None
    next: str = ""

    @property
    def may_choose(self) -> bool:
        """True where no pictures stand before this learner and the card is proof enough to choose them now."""
        code = getattr(self.user, "picture_code", None)
        return self.by is By.CARD and (code is None or not code.digest)


def say_who(response: HttpResponseBase, by: By, what: str | int, then: str = "") -> None:
    """Someone said who they are: `what` is the text of a card, or the number of a place in a class or of a user."""
    set_cookie(
        response,
        COOKIE,
        signing.dumps({"by": by, "what": what, "then": then}, salt=SALT),
        httponly=True,
        max_age=SECONDS,
    )


def who_comes(request: HttpRequest) -> Coming | None:
    """Who is at the door; None when nobody is, or when what let them stand there holds no more."""
    try:
        said = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=SECONDS)
        by, what, then = By(said["by"]), said["what"], str(said["then"])
    except (signing.BadSignature, ValueError, TypeError, KeyError):
        return None
    found = _FIND[by](request, what)
    if found is None:
        return None
    user, cohort = found
    return Coming(user, by, cohort, then if url_has_allowed_host_and_scheme(then, None) else "")


def forget_who(response: HttpResponseBase) -> None:
    """Nobody is at the door any more."""
    response.delete_cookie(COOKIE)


Found = tuple[User, Cohort | None] | None


def _by_card(_: HttpRequest, token: Any) -> Found:
    card = find_card(str(token))
    return (card.place.user, card.place.cohort) if card else None


def _by_list(_: HttpRequest, place_id: Any) -> Found:
    place = CohortMember.objects.select_related("cohort__organisation").filter(pk=place_id).first()
    if place is None or not place.cohort.sign_in_is_open:
        return None
    user = next((one.user for one in sign_in_places(place.cohort) if one.pk == place.pk), None)
    return (user, place.cohort) if user else None


def _by_phone(request: HttpRequest, user_id: Any) -> Found:
    user = next((one for one in learners_of(request) if one.pk == user_id), None)
    return (user, None) if user else None


_FIND = {By.CARD: _by_card, By.LIST: _by_list, By.PHONE: _by_phone}
