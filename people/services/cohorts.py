"""A cohort's code and its end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.join_codes import make_code
from people.models import Cohort, JoinCode, User
from people.queries import sign_in_rests_until
from people.services.audit import record_audit
from people.services.looks import note_place_ended
from people.services.notices import send_notice


class SignInRests(Exception):
    """In this team too much was tried wrong this week; `until` is when signing in can be opened again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(f"signing in rests until {until:%Y-%m-%d %H:%M}")
        self.until = until


@transaction.atomic
def renew_join_code(*, cohort: Cohort, actor: User | None) -> JoinCode:
    """A new code, good for JOIN_CODE_DAYS; the old one stops at once, also with two taps at once."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    now = timezone.now()
    cohort.join_codes.filter(expires_at__gt=now).update(expires_at=now)
    code = make_code(words_after=1)
    while JoinCode.objects.filter(code=code).exists():
        code = make_code(words_after=1)
    record_audit(actor=actor, action="renew_join_code", about=cohort)
    return cohort.join_codes.create(code=code, expires_at=now + timedelta(days=settings.JOIN_CODE_DAYS))


@transaction.atomic
def open_sign_in(*, cohort: Cohort, minutes: int, actor: User) -> datetime:
    """Let who has the code of this class choose their name from a list, for so many minutes; gives until when.
    In a team they type their nickname: there is no list.

    What stands open longer already stays so: a second tap changes nothing, and in a team what was tried wrong goes on
    counting. Raises ValueError for a group that has neither, SignInRests for a team where too much was tried.
    """
    if not cohort.lets_sign_in:
        raise ValueError("nobody comes into this group with pictures")
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    now = timezone.now()
    if rests := sign_in_rests_until(cohort, now):
        raise SignInRests(rests)
    since, until = now, now + timedelta(minutes=minutes)
    if cohort.sign_in_is_open and cohort.sign_in_until:
        since, until = cohort.sign_in_since or now, max(until, cohort.sign_in_until)
    Cohort.objects.filter(pk=cohort.pk, closed_at=None).update(
        sign_in_since=since, sign_in_until=until, sign_in_stopped=False
    )
    record_audit(actor=actor, action="open_sign_in", about=cohort, minutes=minutes)
    return until


@transaction.atomic
def close_sign_in(*, cohort: Cohort, actor: User) -> None:
    """From now on the names of this class are on no list, and nobody comes into this team by nickname."""
    if Cohort.objects.filter(pk=cohort.pk).exclude(sign_in_until=None).update(sign_in_until=None):
        record_audit(actor=actor, action="close_sign_in", about=cohort)


@transaction.atomic
def close_cohort(*, cohort: Cohort, actor: User | None) -> int:
    """End a cohort: its code stops, everyone is out and learners are told. Gives how many learners."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    Cohort.objects.filter(pk=cohort.pk, closed_at=None).update(closed_at=timezone.now())
    places = list(cohort.members.filter(leads=False).select_related("user"))
    for place in places:
        note_place_ended(place=place)
        send_notice(user=place.user, text=f"{cohort.name} is gestopt. Je lessen blijven van jou.")
    cohort.members.all().delete()
    record_audit(actor=actor, action="close_cohort", about=cohort, learners=len(places))
    return len(places)
