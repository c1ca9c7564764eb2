"""Three pictures in order, with which a learner comes in on any phone."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.crypto import constant_time_compare, salted_hmac

from people.models import PictureCode, User
from people.pictures import CHOOSE, LENGTH, RESET, Drawn, as_sent
from people.queries import has_rights
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
    record_audit(actor=user, action="choose_pictures", subject=f"user {user.pk}")
    return code


def try_pictures(*, people: Sequence[User], drawn: Drawn, form: str = "") -> Tried:
    """Who of these people has these pictures. Each try counts for all of them, until one is right.

    Someone without a code is counted too, so that they look like someone whose pictures were wrong. Five wrong ones
    lock a code. The same try of the same `form` (a double tap, a page loaded again) counts once.
    """
    for user in people:
        PictureCode.objects.get_or_create(user=user)
    return _try(people, drawn, form)


@transaction.atomic
def _try(people: Sequence[User], drawn: Drawn, form: str) -> Tried:
    locked = PictureCode.objects.select_for_update(of=("self",)).filter(user__in=people).select_related("user")
    codes = [code for code in locked.order_by("pk") if not code.is_locked]
    right = [
        code
        for code in codes
        if constant_time_compare(code.digest, _digest(code.salt, drawn)) and not has_rights(code.user)
    ]
    if len(right) == 1 and right[0].user.is_active:
        PictureCode.objects.filter(pk=right[0].pk).update(wrong=0, last_try="")
        return Tried(right[0].user)
    this = _digest(form, drawn)
    counted = [code.pk for code in codes if not form or code.last_try != this]
    PictureCode.objects.filter(pk__in=[*counted, 0]).update(wrong=F("wrong") + 1, last_try=this)
    left = [PictureCode.MOST_WRONG - code.wrong - (code.pk in counted) for code in codes]
    return Tried(None, left=min(left, default=0))


@transaction.atomic
def reset_pictures(*, user: User, actor: User) -> None:
    """The old pictures stop and the lock is gone. New ones are chosen with the card, or where the learner is in."""
    PictureCode.objects.update_or_create(
        user=user, defaults={"salt": "", "digest": "", "wrong": 0, "was_reset": True, "last_try": ""}
    )
    send_notice(user=user, text=RESET, link=CHOOSE, replaces=True)
    record_audit(actor=actor, action="reset_pictures", subject=f"user {user.pk}")


def _digest(salt: str, drawn: Drawn) -> str:
    """Worth nothing without the site's secret. A slow hash would add nothing: there are 1,320 codes (decision 0028)."""
    return salted_hmac("people.picture_codes", f"{salt}:{as_sent(drawn)}", algorithm="sha256").hexdigest()
