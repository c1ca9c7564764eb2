"""One learner, a second phone."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from people.join_codes import make_code
from people.models import HandOver, User


@transaction.atomic
def make_hand_over(*, user: User) -> HandOver:
    """A code to go on on another phone; an earlier one of this learner stops.

    Raises ValueError for someone with an account: they sign in there.
    """
    if user.can_sign_in:
        raise ValueError("who has an account signs in")
    User.objects.select_for_update().get(pk=user.pk)  # two taps at once: one code
    HandOver.objects.filter(user=user).delete()
    code = make_code(words_after=2)
    while HandOver.objects.filter(code=code).exists():
        code = make_code(words_after=2)
    expires_at = timezone.now() + timedelta(minutes=settings.HAND_OVER_MINUTES)
    return HandOver.objects.create(user=user, code=code, expires_at=expires_at)


@transaction.atomic
def take_hand_over(*, code: str) -> User | None:
    """Whose code this is, once; None when it is unknown, used or too old, or they have an account by now."""
    found = HandOver.objects.select_for_update(of=("self",)).select_related("user").filter(code=code).first()
    if found is None or not found.is_open or found.user.can_sign_in:
        return None
    found.delete()
    return found.user
