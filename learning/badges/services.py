"""Writes of credentials: only its learner makes, shows and removes one; an administrator revokes."""

import hashlib
import secrets

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import CoursePath
from learning.badges.queries import credential_of, lessons_done
from learning.badges.signing import signed
from learning.models import Credential, StatusSlot
from people.models import User
from people.names import clean_name
from people.services import record_audit

TRIES = 20


class NotDone(Exception):
    """A lesson that belongs to the path is not done yet."""


def make_credential(*, user: User, path: CoursePath) -> Credential:
    """The credential of this learner for this path; the one that is there already stays as it is.

    Two taps at once make one. Raises NotDone while a lesson that belongs to the path is not done. The caller saw to
    it that this learner may open the path.
    """
    if found := credential_of(user, path):
        return found
    lessons = lessons_done(user, path)
    if lessons is None:
        raise NotDone
    try:
        with transaction.atomic():
            made = Credential(
                user=user,
                path=path,
                title=path.title,
                lessons=lessons,
                content_version=_version(path, lessons),
                made_on=timezone.localdate(),
                slot=take_slot(),
            )
            made.token = signed(made)
            made.save(force_insert=True)
            return made
    except IntegrityError:
        if found := credential_of(user, path):
            return found
        raise


def show_credential(*, credential: Credential, name: str = "") -> Credential:
    """From now on anyone with its address can see it, with this name beside it or with none.

    Raises ValueError, in Dutch for who typed it, for what is no name.
    """
    credential.shown_name = clean_name(name) if name.strip() else ""
    credential.is_shown = True
    credential.save(update_fields=["is_shown", "shown_name"])
    return credential


def hide_credential(*, credential: Credential) -> Credential:
    """Its address shows nothing any more; the name that was typed goes."""
    credential.is_shown, credential.shown_name = False, ""
    credential.save(update_fields=["is_shown", "shown_name"])
    return credential


@transaction.atomic
def remove_credential(*, credential: Credential) -> None:
    """Its learner wants it gone: what was downloaded of it counts no more either. It can be made anew."""
    _revoke(credential.slot)
    credential.delete()


@transaction.atomic
def revoke_credential(*, credential: Credential, actor: User | None) -> bool:
    """It was given wrongly. Its learner keeps seeing it, as revoked, and gets no other for this path.

    False when that was done before.
    """
    if credential.is_revoked:
        return False
    _revoke(credential.slot)
    record_audit(actor=actor, action="revoke_credential", subject=f"credential {credential.pk}")
    return True


def _revoke(slot: StatusSlot) -> None:
    slot.revoked_on = slot.revoked_on or timezone.localdate()
    slot.save(update_fields=["revoked_on"])


def take_slot() -> StatusSlot:
    """A place at random, so that nobody can tell from it who was before whom; another list when one is half full."""
    number = 1
    while StatusSlot.objects.filter(number=number).count() >= StatusSlot.SIZE // 2:
        number += 1
    for _ in range(TRIES):
        slot, is_new = StatusSlot.objects.get_or_create(number=number, place=secrets.randbelow(StatusSlot.SIZE))
        if is_new:
            return slot
    raise RuntimeError("no free place in a list that is half empty")


def _version(path: CoursePath, lessons: list[dict[str, object]]) -> str:
    """Which texts these were: the version of the path, and a digest of the revisions that were taken."""
    taken = " ".join(f"{one['code']}:{one['revision']}" for one in lessons)
    return f"{path.version}.{hashlib.sha256(taken.encode()).hexdigest()[:12]}"
