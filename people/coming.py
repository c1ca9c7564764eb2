"""Who is at the door: someone who said who they are, and has yet to show it with their pictures.

A signed cookie that scripts cannot read holds how they said it: by a card, by the list of a class, by the book of
this phone, by a nickname typed at the door of a team. What it says is looked up again at each step, so a card that was
renewed or a list that was closed meanwhile leads nowhere.
"""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponseBase

from people.cookies import set_cookie
from people.models import Cohort, CohortMember, User
from people.origin import on_this_site
from people.phone_book import learners_of
from people.queries import classes_of, find_card, find_join_code, sign_in_places

COOKIE = "komt"
SECONDS = 3600
SALT = "people.coming"


class By(StrEnum):
    """How someone said who they are."""

    CARD = "kaart"
    LIST = "lijst"
    PHONE = "telefoon"
    NICKNAME = "bijnaam"


@dataclass(frozen=True)
class Coming:
    """Someone at the door. `cohort` is the class of their card or list; `next` where they were going, on this site.

    Who typed a nickname at a team is nobody yet (`user` is None): `name` is what was typed, `code` that of the team.
    """

    user: User | None
    by: By
    cohort: Cohort | None = None
    next: str = ""
    name: str = ""
    code: str = ""

    @property
    def may_choose(self) -> bool:
        """True where no pictures stand before this learner and the card is proof enough to choose them now."""
        code = getattr(self.user, "picture_code", None)
        return self.by is By.CARD and (code is None or not code.digest)

    @property
    def has_teacher(self) -> bool:
        """True for who can ask a teacher for new pictures; a lead at an employer cannot give them."""
        return self.user is not None and (self.cohort is not None or bool(classes_of(self.user)))


def say_who(response: HttpResponseBase, by: By, what: str | int | list[str], then: str = "") -> None:
    """Someone said who they are: `what` is the text of a card, the number of a place in a class or of a user, or the
    code of a team and what was typed there."""
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
    return replace(found, next=on_this_site(then)) if found else found


def forget_who(response: HttpResponseBase) -> None:
    """Nobody is at the door any more."""
    response.delete_cookie(COOKIE)


def _known(user: User, by: By, cohort: Cohort | None = None) -> Coming:
    return Coming(user, by, cohort, name=user.first_name)


def _by_card(_: HttpRequest, token: Any) -> Coming | None:
    card = find_card(str(token))
    return _known(card.place.user, By.CARD, card.place.cohort) if card else None


def _by_list(_: HttpRequest, place_id: Any) -> Coming | None:
    place = CohortMember.objects.select_related("cohort__organisation").filter(pk=place_id).first()
    if place is None or not place.cohort.sign_in_is_open:
        return None
    user = next((one.user for one in sign_in_places(place.cohort) if one.pk == place.pk), None)
    return _known(user, By.LIST, place.cohort) if user else None


def _by_phone(request: HttpRequest, user_id: Any) -> Coming | None:
    user = next((one for one in learners_of(request) if one.pk == user_id), None)
    return _known(user, By.PHONE) if user else None


def _by_nickname(_: HttpRequest, said: Any) -> Coming | None:
    """Whether anybody has that nickname is not looked at here: it would show."""
    code, name = said
    found = find_join_code(code)
    if found is None or not found.is_open or not (found.cohort.takes_nicknames and found.cohort.sign_in_is_open):
        return None
    return Coming(None, By.NICKNAME, found.cohort, name=name, code=found.code)


_FIND = {By.CARD: _by_card, By.LIST: _by_list, By.PHONE: _by_phone, By.NICKNAME: _by_nickname}
