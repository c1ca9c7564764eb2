"""A cohort's code and its end."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.join_codes import make_code
from people.models import Cohort, JoinCode, User
from people.services.audit import record_audit
from people.services.notices import send_notice


@transaction.atomic
def renew_join_code(*, cohort: Cohort, actor: User | None) -> JoinCode:
    """A new code, good for JOIN_CODE_DAYS; the old one stops at once, also with two taps at once."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    now = timezone.now()
    cohort.join_codes.filter(expires_at__gt=now).update(expires_at=now)
    code = make_code(words_after=1)
    while JoinCode.objects.filter(code=code).exists():
        code = make_code(words_after=1)
    record_audit(actor=actor, action="renew_join_code", subject=f"cohort {cohort.pk}")
    return cohort.join_codes.create(code=code, expires_at=now + timedelta(days=settings.JOIN_CODE_DAYS))


@transaction.atomic
def open_sign_in(*, cohort: Cohort, minutes: int, actor: User) -> datetime:
    """Let who has the code of this class choose their name from a list, for so many minutes; gives until when.

    What stands open longer already stays so: a second tap changes nothing. Raises ValueError for a group whose names
    nobody may see.
    """
    if not cohort.shows_people:
        raise ValueError("the names of this group are shown to nobody")
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    until = timezone.now() + timedelta(minutes=minutes)
    if cohort.sign_in_is_open and cohort.sign_in_until:
        until = max(until, cohort.sign_in_until)
    Cohort.objects.filter(pk=cohort.pk, closed_at=None).update(sign_in_until=until)
    record_audit(actor=actor, action="open_sign_in", subject=f"cohort {cohort.pk}", minutes=minutes)
    return until


@transaction.atomic
def close_sign_in(*, cohort: Cohort, actor: User) -> None:
    """From now on the names of this class are on no list."""
    if Cohort.objects.filter(pk=cohort.pk).exclude(sign_in_until=None).update(sign_in_until=None):
        record_audit(actor=actor, action="close_sign_in", subject=f"cohort {cohort.pk}")


@transaction.atomic
def close_cohort(*, cohort: Cohort, actor: User | None) -> int:
    """End a cohort: its code stops, everyone is out and learners are told. Gives how many learners."""
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    Cohort.objects.filter(pk=cohort.pk, closed_at=None).update(closed_at=timezone.now())
    learners = [place.user for place in cohort.members.filter(leads=False).select_related("user")]
    for learner in learners:
        send_notice(user=learner, text=f"{cohort.name} is gestopt. Je lessen blijven van jou.")
    cohort.members.all().delete()
    record_audit(actor=actor, action="close_cohort", subject=f"cohort {cohort.pk}", learners=len(learners))
    return len(learners)
