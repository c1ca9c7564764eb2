"""Three pictures in order, with which a learner comes in on any phone."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from people.models import Cohort, PictureCode, User, WrongTry
from people.pictures import CHOOSE, LENGTH, RESET, Drawn, as_sent
from people.queries import has_rights, learners_called, teaches
from people.services.audit import record_audit
from people.services.notices import send_notice


@dataclass(frozen=True)
class Tried:
    """What came of a try: `user` whose pictures these are, or None with how many tries are `left`."""

    user: User | None
    left: int = 0


@transaction.atomic
def choose_pictures(*, user: User, drawn: Drawn) -> PictureCode:
    """These are the learner's pictures from now on; what was counted or locked before begins anew.

    Raises ValueError for someone with more rights than a learner's, and for another number of pictures than three.
    """
    if len(set(drawn)) != LENGTH or has_rights(user):
        raise ValueError("three different pictures, for someone who only learns")
    User.objects.select_for_update().get(pk=user.pk)  # two tabs at once: one code
    salt = secrets.token_hex(16)
    kept = {"salt": salt, "digest": _digest(salt, drawn), "wrong": 0, "was_reset": False, "last_try": ""}
    code, _ = PictureCode.objects.update_or_create(user=user, defaults=kept)
    user.notices.filter(link=CHOOSE).delete()
    record_audit(actor=user, action="choose_pictures", person=user)
    return code


def try_pictures(*, people: Sequence[User], drawn: Drawn, form: str = "") -> Tried:
    """Who of these people has these pictures. Each try counts for all of them, until one is right.

    Someone without a code is counted too, so that they look like someone whose pictures were wrong. Five wrong ones
    lock a code. The same try of the same `form` (a double tap, a page loaded again) counts once.
    """
    for user in people:
        PictureCode.objects.get_or_create(user=user)
    return _try([user.pk for user in people], drawn, form)


@transaction.atomic
def try_nickname(*, cohort: Cohort, nickname: str, drawn: Drawn, form: str = "") -> Tried:
    """Who of this team has this nickname and these pictures; else how many tries are left for all together.

    A nickname that nobody has, someone without pictures, someone whose pictures are locked and pictures that are not
    right go the same way: the same answer, the same count, the same work. With the last try signing in closes.
    Tries at once wait for each other, so none is free.
    """
    held = Cohort.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=cohort.pk)
    if not (held.takes_nicknames and held.sign_in_is_open):
        return Tried(None)
    tried = _try(learners_called(held, nickname), drawn, form)
    if tried.user is not None:
        return tried
    opening = f"{held.pk}:{held.sign_in_since}"
    mark = _digest(f"{opening}:{form}:{nickname}", drawn) if form else secrets.token_hex(32)
    WrongTry.objects.get_or_create(cohort=held, mark=mark)
    left = _left(held)
    if left <= 0:
        Cohort.objects.filter(pk=held.pk).update(sign_in_until=None, sign_in_stopped=True)
        record_audit(actor=None, action="sign_in_closed_itself", about=held)
    return Tried(None, left)


def _left(cohort: Cohort) -> int:
    """How often this team may still be wrong, in this opening and in this week."""
    week = Q(at__gt=timezone.now() - WrongTry.WEEK)
    opening = Q(at__gte=cohort.sign_in_since) if cohort.sign_in_since else week
    found = cohort.wrong_tries.aggregate(opening=Count("pk", filter=opening), week=Count("pk", filter=week))
    return min(WrongTry.MOST_PER_OPENING - found["opening"], WrongTry.MOST_PER_WEEK - found["week"])


@transaction.atomic
def _try(people: Sequence[int], drawn: Drawn, form: str) -> Tried:
    """The first of these people for whom it is right; each for whom it was not, so far, is counted.

    So who takes the nickname of a colleague finds out nothing about the colleague's pictures for free, not even by
    choosing new ones and coming in with these: it counts for the colleague.
    """
    held = PictureCode.objects.select_for_update(of=("self",)).filter(user__in=[*people, 0]).select_related("user")
    codes = sorted((code for code in held if not code.is_locked), key=lambda code: people.index(code.user_id))
    right = [code for code in codes or [_NOBODYS] if _fits(code, drawn)]
    found = next((code for code in right if code.user.is_active and not has_rights(code.user)), None)
    this = _digest(form, drawn)
    wrong = codes[: codes.index(found)] if found else codes
    counted = [code.pk for code in wrong if not form or code.last_try != this]
    if found:
        PictureCode.objects.filter(pk=found.pk).update(wrong=0, last_try="")
    if counted or not found:
        PictureCode.objects.filter(pk__in=[*counted, 0]).update(wrong=F("wrong") + 1, last_try=this)
    left = [PictureCode.MOST_WRONG - code.wrong - (code.pk in counted) for code in wrong]
    return Tried(found.user) if found else Tried(None, left=min(left, default=0))


_NOBODYS = PictureCode()  # looked at where there is none, so that it takes as long


def _fits(code: PictureCode, drawn: Drawn) -> bool:
    return constant_time_compare(code.digest, _digest(code.salt, drawn))


@transaction.atomic
def reset_pictures(*, user: User, actor: User) -> None:
    """The old pictures stop and the lock is gone. New ones are chosen with the card, or where the learner is in.

    Raises ValueError unless the learner is in a class of the actor's: who leads at an employer resets nobody's.
    """
    if not teaches(actor, user):
        raise ValueError("only a teacher of this learner")
    PictureCode.objects.update_or_create(
        user=user, defaults={"salt": "", "digest": "", "wrong": 0, "was_reset": True, "last_try": ""}
    )
    send_notice(user=user, text=RESET, link=CHOOSE, replaces=True)
    record_audit(actor=actor, action="reset_pictures", person=user)


def _digest(salt: str, drawn: Drawn) -> str:
    """Worth nothing without the site's secret. A slow hash would add nothing: there are 1,320 codes (decision 0028)."""
    return salted_hmac("people.picture_codes", f"{salt}:{as_sent(drawn)}", algorithm="sha256").hexdigest()
