"""The names under which record stores know people."""

from people.models import Pseudonym, User


def ensure_pseudonym(*, user: User, target: str = "") -> Pseudonym:
    """The random name under which `target` knows this person."""
    return Pseudonym.objects.get_or_create(user=user, target=target)[0]
