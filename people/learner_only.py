"""A session that began without a password: by pictures, a card, or a phone that knows the learner.

Whoever it is and whatever rights their account has, such a session learns and does nothing else. It is kept in one
place: the session names this backend, the backend marks the person of each request, and `User.has_perm` and
`people.queries.cohorts_led_by` give a marked person nothing.
"""

from django.contrib.auth.backends import BaseBackend

from people.models import User

BACKEND = "people.learner_only.LearnerOnly"


class LearnerOnly(BaseBackend):
    """Signs nobody in; gives the person of a session that began so, marked."""

    def get_user(self, user_id: int) -> User | None:
        found = User.objects.filter(pk=user_id, is_active=True).first()
        if found is not None:
            found.only_learns = True
        return found
