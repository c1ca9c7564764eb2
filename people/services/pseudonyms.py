"""The names under which record stores know people."""

from django.db import connection

from people.models import Pseudonym, User


def ensure_pseudonym(*, user: User, target: str = "") -> Pseudonym:
    """The random name under which `target` knows this person."""
    return Pseudonym.objects.get_or_create(user=user, target=target)[0]


def lock_pseudonym(user: User) -> Pseudonym | None:
    """The name for the record store of our own, locked until the transaction ends; None for who has none yet.

    By hand: it is asked of every batch of events, and to build this query anew costs more than to ask it.
    """
    lock = connection.ops.for_update_sql() if connection.features.has_select_for_update else ""
    query = f"SELECT * FROM people_pseudonym WHERE user_id = %s AND target = '' {lock}"  # noqa: S608
    return next(iter(Pseudonym.objects.raw(query, [user.pk])), None)
