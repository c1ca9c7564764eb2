"""People who were not here for a long time: who they are, and how they go. What is theirs goes with them, whole.

Who may do more than learn never goes by itself: their role ends first. Nor does who was seen since, by any sign of any
room. An organisation's term is for people without an account who learn there; of two organisations the longer counts.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from people.models import CohortMember, Membership, Role, User
from people.purposes import Batch, Scope
from people.registry import rooms


def nobody_saw(limit: datetime) -> QuerySet[User]:
    """Who only learns, and of whom nothing says that they were here since."""
    users = User.objects.filter(
        Q(last_login=None) | Q(last_login__lt=limit),
        Q(seen_on=None) | Q(seen_on__lt=limit.date()),
        date_joined__lt=limit, is_staff=False, is_superuser=False,
    )  # fmt: skip
    for more in _rights():
        users = users.exclude(Exists(more))
    for sign in (sign for room in rooms() for sign in room.signs):
        users = users.exclude(Exists(sign.since(limit)))
    return users


def _rights() -> "list[QuerySet[Any]]":
    person = {"user": OuterRef("pk")}
    return [
        User.groups.through._default_manager.filter(**person),
        User.user_permissions.through._default_manager.filter(**person),
        Membership.objects.filter(**person).exclude(role=Role.LEARNER),
        CohortMember.objects.filter(**person, leads=True),
    ]


UNUSABLE = "!"  # with what a password begins that is none (django.contrib.auth.hashers)
_ACCOUNT = Q(login_email__isnull=False) | ~Q(password__startswith=UNUSABLE)


def has_account(user: User) -> bool:
    """Whether someone can come back by themselves, on any phone: a password or an address, not only an organisation."""
    return user.has_usable_password() or user.login_email is not None


def _belongs(rows: Callable[[str], Q]) -> Q:
    """People with a place in a class or team, or a role, at an organisation of these."""
    places = CohortMember.objects.filter(rows("cohort__organisation"), user=OuterRef("pk"))
    roles = Membership.objects.filter(rows("organisation"), user=OuterRef("pk"))
    return Q(Exists(places)) | Q(Exists(roles))


def alone(limit: datetime, scope: Scope) -> QuerySet[User]:
    """Without an account, and at no organisation."""
    return nobody_saw(limit).exclude(_ACCOUNT).exclude(_belongs(lambda _: Q()))


def in_groups(limit: datetime, scope: Scope) -> QuerySet[User]:
    """Without an account, at an organisation of this term, and at none that keeps longer."""
    found = nobody_saw(limit).exclude(_ACCOUNT).filter(_belongs(scope.rows))
    return found.exclude(_belongs(scope.kept_longer))


def with_account(limit: datetime, scope: Scope) -> QuerySet[User]:
    """With an account of their own, whatever organisation they are at."""
    return nobody_saw(limit).filter(_ACCOUNT)


def erase(batch: Batch) -> int:
    """Each in a savepoint of their own, in every room, by the one way there is. Who came back meanwhile stays.

    Of whom it fails (the journal of erasures cannot be written) all stays, for another time.
    """
    from people.services.rights import erase_person

    gone = 0
    for key in batch.keys:
        try:
            with transaction.atomic():
                person = User.objects.select_for_update().filter(pk=key).first()
                if person is not None and batch.due.filter(pk=key).exists():
                    erase_person(user=person, actor=None)
                    gone += 1
        except (OSError, DatabaseError):
            logging.getLogger("people.retention").exception("somebody past the term could not be erased")
            batch.failed.append(key)
    return gone
