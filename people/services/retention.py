"""Setting a term: between least and most, and a shorter one only after looking, and not at once."""

from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from people.models import Membership, Organisation, RetentionTerm, User
from people.purposes import Purpose, in_words
from people.services.audit import record_audit
from people.services.notices import send_notice
from people.terms import KEEPERS, count_with, days_of, may_set, step_with

GRACE = timedelta(days=7)  # in which a shorter term can be taken back, and others hear of it
MOST_TOLD = 20  # colleagues


class TermRefused(ValueError):
    """Why this term does not hold; the message is for who sets it."""


@transaction.atomic
def set_retention_term(
    *, purpose: Purpose, organisation: Organisation | None, days: int, actor: User, confirmed: bool = False
) -> RetentionTerm:
    """So many days from now on; a shorter term than holds now begins after GRACE, and can be taken back until then.

    confirmed: who sets it saw how much goes. Without that a shorter term by which anything goes is refused.
    Raises TermRefused, ValueError for who may not and for what cannot be a term here.
    """
    if not may_set(actor, organisation):
        raise ValueError("only an administrator or privacy officer of this organisation")
    if not purpose.least <= days <= purpose.most:
        raise TermRefused(f"Kies een aantal van {purpose.least} tot en met {purpose.most} dagen.")
    now = timezone.now()
    step = step_with(purpose, organisation, days, now)
    key = organisation.pk if organisation else None
    row = RetentionTerm.objects.select_for_update().filter(purpose=purpose.key, organisation=organisation).first()
    holds = days_of(purpose, key, now)
    if row and row.days == days:
        return row
    shorter = holds is None or days < holds
    if shorter and not confirmed and count_with(step, organisation, now):
        raise TermRefused("Kijk eerst wat er weggaat. Zet dan een vinkje.")
    if row is None:
        row = RetentionTerm(purpose=purpose.key, organisation=organisation)
    row.days, row.before, row.set_by, row.set_at = days, holds, actor, now
    row.starts_at = now + GRACE if shorter else now
    row.save()
    record_audit(
        actor=actor, action="set_retention_term", organisation=organisation, subject=purpose.key, days=days,
        before=holds or 0,
    )  # fmt: skip
    _tell_colleagues(row, purpose, actor)
    return row


def _tell_colleagues(row: RetentionTerm, purpose: Purpose, actor: User) -> None:
    """Who may set it too hears of it, in time to take it back."""
    roles = Membership.objects.filter(organisation=row.organisation, role__in=KEEPERS).values("user")
    keepers = User.objects.filter(pk__in=roles) if row.organisation else User.objects.filter(is_superuser=True)
    day = date_format(timezone.localtime(row.starts_at), "j F Y")
    text = f"De bewaartermijn van ‘{purpose.name}’ wordt {in_words(row.days)}. Dat gaat in op {day}."
    for colleague in keepers.filter(is_active=True).exclude(pk=actor.pk).distinct()[:MOST_TOLD]:
        send_notice(user=colleague, text=text, link=reverse("retention:home"))
