"""Into a cohort with its code, and out again."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from people.models import Cohort, CohortMember, PictureCode, User
from people.names import clean_name
from people.pictures import CHOOSE, OFFER
from people.services.audit import record_audit
from people.services.looks import note_place_ended
from people.services.notices import send_notice


class JoinRefused(ValueError):
    """Why someone cannot join now; the message is for them."""


@transaction.atomic
def join_cohort(*, user: User, cohort: Cohort, name: str = "") -> CohortMember:
    """Make someone a learner of this cohort; joining twice is joining once.

    A learner without a name takes `name`, which only a team does without. A learner who is not saved
    yet is saved here; IntegrityError when another request made them meanwhile. Raises JoinRefused.
    """
    cohort = Cohort.objects.select_for_update().get(pk=cohort.pk)
    if user.pk is None and User.objects.filter(owner_key=user.owner_key).exists():
        raise IntegrityError("this learner was made meanwhile")
    if cohort.closed_at is not None:
        raise JoinRefused(f"{cohort.name} is gestopt. Je kunt wel zonder groep leren.")
    is_new = user.pk is None
    place = None if is_new else cohort.members.filter(user=user).first()
    if place:
        return place
    lately = cohort.members.filter(joined_at__gt=timezone.now() - timedelta(hours=1), by_lead=False)
    if lately.count() >= settings.JOINS_PER_HOUR:
        raise JoinRefused("Er doen nu heel veel mensen tegelijk mee. Probeer het over een uur opnieuw.")
    named = user.is_nameless and _name(user, cohort, name)
    if is_new:
        user.save(force_insert=True)
    elif named:
        user.save(update_fields=["first_name", "is_nameless"])
    record_audit(actor=user, action="join_cohort", subject=f"cohort {cohort.pk}")
    offers = cohort.lets_sign_in and not user.is_nameless and not user.can_sign_in
    if offers and (is_new or not _has_pictures(user)):
        send_notice(user=user, text=OFFER, link=CHOOSE, replaces=not is_new)
    return CohortMember.objects.create(cohort=cohort, user=user, came_in=True)


def _has_pictures(user: User) -> bool:
    return PictureCode.objects.filter(user=user).exists()


def _name(user: User, cohort: Cohort, typed: str) -> bool:
    """Give the learner the typed name; False when a team member gave none."""
    if not typed.strip() and cohort.kind == Cohort.Kind.TEAM:
        return False
    try:
        name = clean_name(typed)
    except ValueError as error:
        raise JoinRefused(str(error)) from error
    # Where nobody sees names two may be the same, and a refusal would tell who is in.
    if cohort.shows_people and name.casefold() in names_in(cohort):
        raise JoinRefused("Er is al iemand met deze naam. Zet er een letter bij. Bijvoorbeeld een B.")
    user.first_name, user.is_nameless = name, False
    return True


def names_in(cohort: Cohort) -> set[str]:
    """The names of who learns here, as they are compared: nobody else may have them."""
    names = cohort.members.filter(leads=False, user__last_name="").values_list("user__first_name", flat=True)
    return {name.casefold() for name in names}


@transaction.atomic
def leave_cohort(*, user: User, cohort: Cohort) -> bool:
    """Out of the cohort: from now on its leads see nothing of this learner. False when not in it."""
    place = CohortMember.objects.filter(user=user, cohort=cohort, leads=False).first()
    if place is None or not CohortMember.objects.filter(pk=place.pk).delete()[0]:
        return False
    note_place_ended(place=place)
    record_audit(actor=user, action="leave_cohort", subject=f"cohort {cohort.pk}")
    return True


def mark_came_in(*, user: User) -> None:
    """A phone came in as this learner: their classes can count it. When it was is not kept."""
    CohortMember.objects.filter(user=user, came_in=False).update(came_in=True)
